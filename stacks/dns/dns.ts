import type { DnsMember } from '../../constructs/contract/adapter';
import type { DnsAddressRecord, DnsSpec } from '../../constructs/contract/dns';
import type { Place } from '../../constructs/contract/place';
import { type Half, type Handles, halves } from '../../constructs/contract/site';
import type { StackSpec } from '../../constructs/contract/stack';
import { sortedEntries } from '../../constructs/util/group';
import { shardNumber } from '../live/placement';
import { edgeService, liveStackId, readAddresses } from '../live/stacks';
import type { Platform } from '../platform/platform';
import type { DnsInput, Topology } from '../topology/topology';

type Live = Topology['systems'][string];
type Read = (stackId: string) => Handles;

/** Seconds that a resolver may keep an answer: half a minute bounds how long a move takes to be seen. */
const defaultTtlSeconds = 30;
const mostWeight = 255;

/** Global names, which follow the placements; the zone outlives every site that it names. */
export function dnsStacks(platform: Platform, member: DnsMember | undefined): StackSpec[] {
  const { topology } = platform;
  const input = topology.dns;
  if (!input || !member) return [];
  const readers = Object.entries(topology.systems).flatMap(([name, live]) =>
    placedSites(live).map((site) => liveStackId(site, name)),
  );
  const spec = (records: readonly DnsAddressRecord[]): DnsSpec => dnsSpec(topology, input, records);
  return [
    {
      id: 'dns',
      kind: 'global',
      title: 'global names',
      sites: [],
      store: input.store,
      dependsOn: readers.sort(),
      after: [],
      devices: [],
      handleKeys: [],
      empty: readers.length === 0,
      build: (stack, read) => {
        member.configure(stack, spec([]));
        member.records(stack, 'records', spec(allRecords(platform, read, input)));
        return {};
      },
    },
  ];
}

/** A name that must resolve, with its addresses where they are planned; the others are allocated with the stacks. */
export interface NeededName {
  readonly name: string;
  /** Who resolves it: publishers, edges or viewers. */
  readonly use: 'ingest' | 'origin' | 'viewers';
  readonly system: string;
  readonly shard?: string;
  readonly half?: Half;
  readonly sites: readonly string[];
  readonly address?: string;
}

/** Names of all systems: where no `dns` is declared, people make these records elsewhere. */
export function neededNames(platform: Platform): NeededName[] {
  const { topology, places } = platform;
  return sortedEntries(topology.systems).flatMap(([name, live]) => [
    ...sortedEntries(live.shards).flatMap(([shard, { site }]) => [
      {
        name: `${shard}.ingest.${name}.${topology.domain}`,
        use: 'ingest' as const,
        system: name,
        shard,
        sites: [site],
      },
      ...halves.map((half) => ({
        name: `${half}.${shard}.origin.${name}.${topology.domain}`,
        use: 'origin' as const,
        system: name,
        shard,
        half,
        sites: [site],
        address: (places[site] as Place).site.plan.machine('origin', half, shardNumber(shard)),
      })),
    ]),
    ...(Object.keys(live.edges).length > 0
      ? [
          {
            name: `play.${name}.${topology.domain}`,
            use: 'viewers' as const,
            system: name,
            sites: Object.keys(live.edges).sort(),
          },
        ]
      : []),
  ]);
}

function dnsSpec(topology: Topology, input: DnsInput, records: readonly DnsAddressRecord[]): DnsSpec {
  const labels = { platform: topology.name, owner: topology.owner, cost: topology.cost };
  return { platform: topology.name, labels, domain: topology.domain, settings: input.settings, records };
}

const placedSites = (live: Live): string[] =>
  [...new Set([...Object.values(live.shards).map((shard) => String(shard.site)), ...Object.keys(live.edges)])].sort();

function allRecords(platform: Platform, read: Read, input: DnsInput): DnsAddressRecord[] {
  const ttlSeconds = input.ttlSeconds ?? defaultTtlSeconds;
  return sortedEntries(platform.topology.systems).flatMap(([name, live]) => [
    ...shardRecords(platform, name, live, read, ttlSeconds),
    ...viewerRecords(name, live, read, ttlSeconds),
  ]);
}

/** `s1.ingest.live`: where a broadcaster sends; `a.s1.origin.live`: where edges find both origins of a shard. */
function shardRecords(
  platform: Platform,
  name: string,
  live: Live,
  read: Read,
  ttlSeconds: number,
): DnsAddressRecord[] {
  return sortedEntries(live.shards).flatMap(([shard, { site }]) => {
    const place = platform.places[String(site)] as Place;
    const answer = (addresses: readonly string[]) => [{ id: String(site), weight: 1, addresses }];
    const ingest = {
      name: `${shard}.ingest.${name}`,
      ttlSeconds,
      answers: answer(readAddresses(read(liveStackId(String(site), name)), shard)),
    };
    const origins = halves.map((half) => ({
      name: `${half}.${shard}.origin.${name}`,
      ttlSeconds,
      answers: answer([place.site.plan.machine('origin', half, shardNumber(shard))]),
    }));
    return [ingest, ...origins];
  });
}

/** `play.live`: spread over the sites with edges, by weight. */
function viewerRecords(name: string, live: Live, read: Read, ttlSeconds: number): DnsAddressRecord[] {
  const fleets = sortedEntries(live.edges);
  if (fleets.length === 0) return [];
  const answers = fleets.map(([site, fleet]) => ({
    id: site,
    weight: fleet?.weight ?? capacityOf(fleet),
    addresses: readAddresses(read(liveStackId(site, name)), edgeService),
  }));
  return [{ name: `play.${name}`, ttlSeconds, answers }];
}

function capacityOf(fleet: Live['edges'][string]): number {
  if (!fleet) return 0;
  return Math.min(mostWeight, 'elastic' in fleet ? fleet.count : fleet.max);
}
