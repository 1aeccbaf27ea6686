import { type Balancing, chooseBalancing } from '../../constructs/balancing';
import type { HealthCheck } from '../../constructs/contract/balancer';
import type { MachineSize } from '../../constructs/contract/machines';
import type { Place } from '../../constructs/contract/place';
import type { Half } from '../../constructs/contract/site';
import { healthPort } from '../../constructs/machine-base';
import { sortedEntries } from '../../constructs/util/group';
import type { LiveInput } from '../topology/schema';
import { shardNumber } from './placement';

/** What `live` has at one site. */
export interface LiveAtSite {
  readonly name: string;
  readonly place: Place;
  readonly input: LiveInput;
  readonly domain: string;
  readonly sshAuthority: string;
  /** Shards whose origins stand here. */
  readonly shards: readonly Shard[];
  readonly edges?: LiveInput['edges'][string];
  readonly origins: Balancing;
  readonly viewers: Balancing;
}

export interface Shard {
  readonly name: string;
  readonly number: number;
}

/** Two failures in a row, two seconds apart: long enough for a lost packet, short enough for a publisher to come back. */
export const healthCheck: HealthCheck = {
  protocol: 'http',
  port: healthPort,
  path: '/health',
  intervalSeconds: 2,
  fall: 2,
  rise: 2,
};
/** A publisher that says nothing for this long is gone; phones in tunnels come back sooner. */
export const idleSeconds = 120;
/** Enough for a TLS-free TCP proxy at 10 Gbit/s; the topology may say otherwise. */
export const defaultBalancerSize: MachineSize = { vcpu: 2, memoryGiB: 4, diskGiB: 20, egressMbps: 1000 };
export const defaultBootSeconds = 180;

/** Every shard has a port of its own on a self-hosted balancer, whether or not it is placed: nothing grows with shards. */
const firstShardPort = 20000;
export const edgePort = firstShardPort;
export const shardPort = (number: number): number => firstShardPort + number;

/** Places of public addresses in a site's own block, see docs/topology.md: 4 viewers, 8 + n shard n. */
export const viewerAddressSlot = 4;
export const shardAddressSlot = (number: number): number => 8 + number;

export function liveAtSite(
  name: string,
  input: LiveInput,
  place: Place,
  domain: string,
  sshAuthority: string,
): LiveAtSite {
  const shards = sortedEntries(input.shards).flatMap(([shard, { site }]) =>
    site === place.site.id ? [{ name: shard, number: shardNumber(shard) }] : [],
  );
  const edges = place.retired ? undefined : input.edges[place.site.id];
  return {
    name,
    place,
    input,
    domain,
    sshAuthority,
    shards: place.retired ? [] : shards,
    ...(edges === undefined ? {} : { edges }),
    origins: chooseBalancing(place, 'active-standby', healthCheck),
    viewers: chooseBalancing(place, 'balanced', healthCheck),
  };
}

export const originName = (live: LiveAtSite, shard: Shard, half: Half): string =>
  `${live.name}-origin-${shard.name}-${half}`;
export const edgeName = (live: LiveAtSite, number: number): string => `${live.name}-edge-${number}`;

/**
 * Self-hosted balancer pairs, one for publishers and one for viewers: the viewers' traffic never slows the ingest down.
 * The slot is the pair's place in the balancer tier.
 */
export interface PairRole {
  readonly role: 'ingest' | 'viewers';
  readonly slot: number;
}
export const ingestPair: PairRole = { role: 'ingest', slot: 1 };
export const viewerPair: PairRole = { role: 'viewers', slot: 2 };
export const pairName = (live: LiveAtSite, pair: PairRole, half: Half): string => `${live.name}-${pair.role}-${half}`;

/** A machine of a fixed fleet, and its place in the tier of its half. */
export interface FixedEdge {
  readonly number: number;
  readonly half: Half;
  readonly slot: number;
}

/** Machines of a fleet that is fixed at the peak. */
export function peakEdges({ edges }: LiveAtSite): FixedEdge[] {
  return edges && 'elastic' in edges ? edgesUpTo(edges.count) : [];
}

/** Alternating between the halves: 1 in a, 2 in b, 3 in a. */
export function edgesUpTo(count: number): FixedEdge[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    half: index % 2 === 0 ? 'a' : 'b',
    slot: Math.floor(index / 2) + 1,
  }));
}

/** Pairs of HAProxies that stand here because the provider's own balancer cannot do what is asked. */
export function balancerPairs(live: LiveAtSite): PairRole[] {
  const ingest = live.shards.length > 0 && live.origins !== 'native';
  const viewers = peakEdges(live).length > 0 && live.viewers !== 'native';
  return [...(ingest ? [ingestPair] : []), ...(viewers ? [viewerPair] : [])];
}
