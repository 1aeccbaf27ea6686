import { Fn, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { buildBalancer, entryServices } from '../../constructs/balancing';
import type { BalancerMember, BalancerService, BalancerSpec } from '../../constructs/contract/balancer';
import type { MachineSpec } from '../../constructs/contract/machines';
import type { Place } from '../../constructs/contract/place';
import { type Half, type Handles, halves } from '../../constructs/contract/site';
import type { StackSpec } from '../../constructs/contract/stack';
import type { Platform } from '../platform/platform';
import { networkStackId, sharedDevices } from '../site/network';
import type { LiveInput } from '../topology/schema';
import { elasticEdges } from './fleet';
import { demandOfHalf, machinesOfHalf } from './machines';
import { rtmpPort } from './media-server';
import {
  type LiveAtSite,
  edgeName,
  edgePort,
  healthCheck,
  ingestPair,
  idleSeconds,
  liveAtSite,
  originName,
  pairName,
  peakEdges,
  shardAddressSlot,
  shardPort,
  type PairRole,
  viewerAddressSlot,
  viewerPair,
} from './model';

/** Stacks of one live system at all its sites: at each, one for either half of the fixed machines, then balancer and edges. */
export function liveStacks(platform: Platform, name: string, input: LiveInput): StackSpec[] {
  return [...input.sites].sort().flatMap((site) => {
    const place = platform.places[site] as Place;
    const { topology } = platform;
    const live = liveAtSite(name, input, place, topology.domain, topology.operators.sshAuthority);
    const store = topology.sites[site]?.store ?? '';
    return [...halves.map((half) => halfStack(live, half, store)), systemStack(live, store)];
  });
}

export const liveStackId = (site: string, name: string): string => `${site}-${name}`;
/** Services with a public address: each shard's ingest and the viewers' entry. */
export const edgeService = 'edge';

function halfStack(live: LiveAtSite, half: Half, store: string): StackSpec {
  const { site, adapter } = live.place;
  const network = networkStackId(site.id);
  const machines = (): readonly MachineSpec[] => machinesOfHalf(live, half);
  const names = demandOfHalf(live, half).map(({ name }) => name);
  const keys = adapter.machineHandles(site);
  return {
    id: `${liveStackId(site.id, live.name)}-${half}`,
    kind: 'half',
    title: `${live.name} at ${site.id}, half ${half}`,
    sites: [site.id],
    half,
    store,
    // The standby first: half a changes only after half b stands again.
    dependsOn: [network, ...(half === 'a' ? [`${liveStackId(site.id, live.name)}-b`] : [])],
    after: [],
    devices: [],
    handleKeys: names.flatMap((machine) => keys.map((key) => `${machine}.${key}`)),
    empty: names.length === 0,
    build: (stack, read) => {
      adapter.configure(stack, site);
      if (names.length === 0) return {};
      const made = adapter.machines(stack, 'machines', { site, network: read(network), machines: machines() });
      return Object.fromEntries(
        made.flatMap((machine) => keys.map((key) => [`${machine.name}.${key}`, machine.handles[key] ?? ''])),
      );
    },
  };
}

function systemStack(live: LiveAtSite, store: string): StackSpec {
  const { site, adapter } = live.place;
  const own = liveStackId(site.id, live.name);
  const services = serviceNames(live);
  const devices = adapter.devices?.(site) ?? [];
  return {
    id: own,
    kind: 'system',
    title: `${live.name} at ${site.id}`,
    sites: [site.id],
    store,
    // Devices come before by their order alone: one of a pair may be dead, and the other is still written to.
    dependsOn: [networkStackId(site.id), `${own}-a`, `${own}-b`],
    after: [],
    devices: devices.length > 0 ? sharedDevices(live.place) : [],
    handleKeys: services.map((service) => `addresses.${service}`),
    empty: services.length === 0,
    build: (stack, read) => {
      adapter.configure(stack, site);
      return services.length === 0 ? {} : buildSystem(stack, live, read);
    },
  };
}

function serviceNames(live: LiveAtSite): string[] {
  return [...live.shards.map((shard) => shard.name), ...(live.edges ? [edgeService] : [])];
}

function buildSystem(stack: Construct, live: LiveAtSite, read: (stackId: string) => Handles): Handles {
  const network = read(networkStackId(live.place.site.id));
  const member = memberReader(live, read);
  const addresses = { ...buildIngest(stack, live, network, member), ...buildViewers(stack, live, network, member) };
  return Object.fromEntries(
    Object.entries(addresses).map(([service, list]) => [`addresses.${service}`, Fn.join(',', [...list])]),
  );
}

type MemberOf = (name: string, half: Half, address: string) => BalancerMember;

/** A machine of a half's stack as a balancer sees it. */
function memberReader(live: LiveAtSite, read: (stackId: string) => Handles): MemberOf {
  const { site, adapter } = live.place;
  return (name, half, address) => {
    const handles = read(`${liveStackId(site.id, live.name)}-${half}`);
    return {
      name,
      half,
      address,
      handles: Object.fromEntries(adapter.machineHandles(site).map((key) => [key, handles[`${name}.${key}`] ?? ''])),
    };
  };
}

function commonSpec(
  live: LiveAtSite,
  network: Handles,
): Pick<BalancerSpec, 'site' | 'network' | 'exposure' | 'idleSeconds' | 'failback'> {
  return { site: live.place.site, network, exposure: 'public', idleSeconds, failback: live.input.failback ?? 'hold' };
}

function buildIngest(
  stack: Construct,
  live: LiveAtSite,
  network: Handles,
  member: MemberOf,
): Readonly<Record<string, readonly string[]>> {
  if (live.shards.length === 0) return {};
  const { plan } = live.place.site;
  const services = live.shards.map((shard): BalancerService => ({
    name: shard.name,
    port: rtmpPort,
    memberPort: rtmpPort,
    healthCheck,
    members: halves.map((half) =>
      member(originName(live, shard, half), half, plan.machine('origin', half, shard.number)),
    ),
    addressSlot: shardAddressSlot(shard.number),
  }));
  const portOf = (service: string): number =>
    shardPort(live.shards.find((shard) => shard.name === service)?.number ?? 0);
  const native = live.origins === 'native';
  const offered = native
    ? services
    : entryServices(live.place, services, pairMembers(live, ingestPair, member), portOf, healthCheck);
  const mode = native ? 'active-standby' : 'balanced';
  return buildBalancer(stack, 'ingest', live.place, live.origins, {
    ...commonSpec(live, network),
    name: `${live.name}-ingest`,
    mode,
    services: offered,
    drainSeconds: 0,
  }).addresses;
}

function pairMembers(live: LiveAtSite, pair: PairRole, member: MemberOf): BalancerMember[] {
  return halves.map((half) =>
    member(pairName(live, pair, half), half, live.place.site.plan.machine('balancer', half, pair.slot)),
  );
}

function buildViewers(
  stack: Construct,
  live: LiveAtSite,
  network: Handles,
  member: MemberOf,
): Readonly<Record<string, readonly string[]>> {
  if (!live.edges) return {};
  if (!('elastic' in live.edges)) return { [edgeService]: elasticEdges(stack, live, live.edges, network).addresses };
  const { plan } = live.place.site;
  const service: BalancerService = {
    name: edgeService,
    port: rtmpPort,
    memberPort: rtmpPort,
    healthCheck,
    members: peakEdges(live).map((edge) =>
      member(edgeName(live, edge.number), edge.half, plan.machine('edge', edge.half, edge.slot)),
    ),
    addressSlot: viewerAddressSlot,
  };
  const offered =
    live.viewers === 'native'
      ? [service]
      : entryServices(live.place, [service], pairMembers(live, viewerPair, member), () => edgePort, healthCheck);
  return buildBalancer(stack, 'viewers', live.place, live.viewers, {
    ...commonSpec(live, network),
    name: `${live.name}-edge`,
    mode: 'balanced',
    services: offered,
    drainSeconds: live.input.edge.drainSeconds,
  }).addresses;
}

/** Addresses of a service as the stack of its site exports them: a list token. */
export function readAddresses(handles: Handles, service: string): string[] {
  return Token.asList(Fn.split(',', handles[`addresses.${service}`] ?? ''));
}
