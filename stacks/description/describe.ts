import type { Provider } from '../../constructs/contract/adapter';
import type { Place } from '../../constructs/contract/place';
import { halves } from '../../constructs/contract/site';
import type { SimulatedSeed } from '../../constructs/contract/simulation';
import type { StackSpec } from '../../constructs/contract/stack';
import { sortedEntries } from '../../constructs/util/group';
import { neededNames } from '../dns/dns';
import { neededImages } from '../images';
import { inventory } from '../inventory';
import { type LiveAtSite, balancerPairs, liveAtSite, pairName } from '../live/model';
import { liveStackId } from '../live/stacks';
import type { PlatformLink } from '../platform/links';
import type { Platform } from '../platform/platform';
import type { LiveInput } from '../topology/schema';
import { describeBilling } from './billing';
import {
  type DescribedBalancer,
  type DescribedDevice,
  type DescribedLink,
  type DescribedSite,
  type DescribedStack,
  type PlatformDescription,
  descriptionFormat,
} from './description';

/** Everything here is sorted by the topology's own order, so that the same topology gives the same text. */
export function describePlatform(
  platform: Platform,
  specs: readonly StackSpec[],
  providers: Readonly<Record<string, Provider>>,
): PlatformDescription {
  const places = Object.values(platform.places);
  return {
    format: descriptionFormat,
    topology: platform.topology.name,
    domain: platform.topology.domain,
    sites: places.map((place) => describeSite(platform, place)),
    stacks: specs.map((spec) => describeStack(platform, spec)),
    machines: inventory(platform),
    devices: places.flatMap(describeDevices),
    balancers: describeBalancers(platform),
    links: platform.links.map(describeLink),
    names: neededNames(platform),
    expected: expectedObjects(platform, providers),
    billing: describeBilling(platform, providers),
  };
}

/** What is there at each site of a platform before anybody deploys: images that it boots, machines in racks. */
export function expectedObjects(
  platform: Platform,
  providers: Readonly<Record<string, Provider>>,
): Readonly<Record<string, readonly SimulatedSeed[]>> {
  const needed = neededImages(platform);
  const sites = Object.values(platform.places).map((place) => {
    const images = needed.filter((each) => each.place === place).map(({ image }) => image);
    return [place.site.id, providers[place.site.provider]?.seeds(place.site, images) ?? []] as const;
  });
  return Object.fromEntries(sites);
}

function describeSite({ topology }: Platform, { site, retired, transit }: Place): DescribedSite {
  const { id, label, provider, profile, asn, plan } = site;
  const failureDomain = topology.sites[id]?.failureDomain ?? '';
  return { id, label, provider, profile, number: plan.number, cidr: plan.cidr, asn, failureDomain, retired, transit };
}

function describeStack({ topology }: Platform, spec: StackSpec): DescribedStack {
  const { id, kind, title, sites, half, dependsOn, after, handleKeys, empty } = spec;
  const { kind: storeKind = '', failureDomain = '' } = topology.stores[spec.store] ?? {};
  const system = Object.keys(topology.systems).find((name) => sites.some((site) => isOfSystem(spec, site, name)));
  return {
    ...{ id, kind, title, sites, ...(half && { half }), ...(system === undefined ? {} : { system }) },
    ...{ dependsOn, after, handleKeys, empty },
    store: { id: spec.store, kind: storeKind, failureDomain },
  };
}

function isOfSystem({ id, kind }: StackSpec, site: string, system: string): boolean {
  const own = liveStackId(site, system);
  if (kind === 'system') return id === own;
  return kind === 'half' && halves.some((half) => id === `${own}-${half}`);
}

function describeDevices({ site, adapter, retired }: Place): DescribedDevice[] {
  const devices = retired ? [] : (adapter.devices?.(site) ?? []);
  return devices.map(({ id, half }) => ({ site: site.id, id, half, stack: `${site.id}-${id}` }));
}

function describeBalancers(platform: Platform): DescribedBalancer[] {
  const { topology, places } = platform;
  return sortedEntries(topology.systems).flatMap(([name, input]) =>
    [...input.sites].sort().flatMap((id) => {
      const place = places[id] as Place;
      return balancersOf(liveAtSite(name, input as LiveInput, place, topology.domain, ''));
    }),
  );
}

function balancersOf(live: LiveAtSite): DescribedBalancer[] {
  const { site } = live.place;
  const pairs = balancerPairs(live);
  // A hardware pair has one device in each half; the cluster that they form is a device of the contract, not a box.
  const boxes = describeDevices(live.place).filter(({ id }) => /-[ab]$/.test(id));
  const describe = (role: DescribedBalancer['role'], shards: readonly string[]): DescribedBalancer => {
    const pair = pairs.find((one) => one.role === role);
    const members = pair ? halves.map((half) => pairName(live, pair, half)) : boxes.map(({ id }) => id);
    const kind = pair ? 'pair' : 'native';
    return { site: site.id, system: live.name, stack: liveStackId(site.id, live.name), role, kind, members, shards };
  };
  return [
    ...(live.shards.length > 0
      ? [
          describe(
            'ingest',
            live.shards.map(({ name }) => name),
          ),
        ]
      : []),
    ...(live.edges ? [describe('viewers', [])] : []),
  ];
}

function describeLink({ id, ends, layer, paths, retired }: PlatformLink): DescribedLink {
  const own = retired ? [] : (paths[ends[0]] ?? []);
  return {
    id,
    stack: `link-${id}`,
    ends,
    layer,
    paths: own.map((path) => {
      const parts = path.kind === 'vpn' ? path.tunnels : path.kind === 'circuit' ? path.circuits : [];
      return {
        ...{ id: path.id, kind: path.kind, mtu: path.mtu },
        parts: parts.map((part) => ({ id: part.id, ...('half' in part ? { half: part.half } : {}) })),
      };
    }),
  };
}
