import type { MachineDemand, MachineSize, MachineSpec } from '../../constructs/contract/machines';
import type { Tier } from '../../constructs/contract/plan';
import type { Half } from '../../constructs/contract/site';
import { hubRoutes } from '../../constructs/hub';
import type { MachineBase } from '../../constructs/machine-base';
import { imageFor } from '../../constructs/images';
import { fittingUserData } from '../../constructs/user-data';
import { edgeConfiguration } from './edge';
import {
  type LiveAtSite,
  type PairRole,
  type Shard,
  balancerPairs,
  defaultBalancerSize,
  edgeName,
  ingestPair,
  originName,
  pairName,
  peakEdges,
} from './model';
import { originConfiguration } from './origin';
import { pairConfiguration, pairPublicSlot } from './pair';

const everybody = ['0.0.0.0/0'];

/** The fixed machines of one half of a site: origins, balancer pairs, and edges where the fleet is fixed. */
export function machinesOfHalf(live: LiveAtSite, half: Half): MachineSpec[] {
  return [
    ...live.shards.map((shard) => originMachine(live, shard, half)),
    ...balancerPairs(live).map((pair) => pairMachine(live, pair, half)),
    ...peakEdges(live)
      .filter((edge) => edge.half === half)
      .map((edge) => edgeMachine(live, edge)),
  ];
}

/** The same machines, before they have addresses, images and configurations. */
export function demandOfHalf(live: LiveAtSite, half: Half): MachineDemand[] {
  const { origin, edge, balancerSize = defaultBalancerSize } = live.input;
  const edges = peakEdges(live).filter((one) => one.half === half);
  return [
    ...live.shards.map((shard) => demandOf(originName(live, shard, half), 'origin', half, origin.size)),
    ...balancerPairs(live).map((pair) => demandOf(pairName(live, pair, half), 'balancer', half, balancerSize)),
    ...edges.map(({ number }) => demandOf(edgeName(live, number), 'edge', half, edge.size)),
  ];
}

const demandOf = (name: string, role: string, half: Half, size: MachineSize): MachineDemand => ({
  name,
  role,
  half,
  size,
});

/** User data of an edge: the same for every machine of an elastic fleet. */
export function edgeUserData(live: LiveAtSite, hostname = '', half: Half = 'a'): string {
  const { facts } = live.place.adapter;
  return fittingUserData(
    live.place,
    hostname || `${live.name}-edge`,
    edgeConfiguration({
      base: baseOf(live, hostname, half),
      originsDomain: `origin.${live.name}.${live.domain}`,
      drainSeconds: live.input.edge.drainSeconds,
      ...(facts.terminationNotice ? { terminationNotice: facts.terminationNotice } : {}),
      viewers: everybody,
    }),
  );
}

/** What every machine of the site starts from. */
export function baseOf(live: LiveAtSite, hostname: string, half: Half): MachineBase {
  const { site, adapter } = live.place;
  return {
    hostname,
    half,
    sshAuthority: live.sshAuthority,
    operators: site.operators,
    healthSources: [site.supernet, ...adapter.facts.healthCheckSources.value],
    routes: hubRoutes(live.place),
  };
}

function originMachine(live: LiveAtSite, shard: Shard, half: Half): MachineSpec {
  const { site } = live.place;
  const name = originName(live, shard, half);
  const configuration = originConfiguration({
    base: baseOf(live, hostnameOf(live, name), half),
    peerAddress: site.plan.machine('origin', half === 'a' ? 'b' : 'a', shard.number),
    publishers: live.origins === 'native' ? everybody : [site.plan.tiers.balancer.cidr],
    edges: [site.supernet],
  });
  const userData = fittingUserData(live.place, name, configuration);
  return {
    ...specOf(live, demandOf(name, 'origin', half, live.input.origin.size), 'origin', userData),
    address: site.plan.machine('origin', half, shard.number),
    antiAffinity: `${live.name}-origin-${shard.name}`,
  };
}

function pairMachine(live: LiveAtSite, pair: PairRole, half: Half): MachineSpec {
  const name = pairName(live, pair, half);
  const configuration = pairConfiguration(live, pair, half, pairBase(live, pair, name, half));
  const size = live.input.balancerSize ?? defaultBalancerSize;
  const userData = fittingUserData(live.place, name, configuration);
  const own = floatsInPublicBlock(live, pair) ? { public: true, publicAddressSlot: pairPublicSlot(pair, half) } : {};
  return {
    ...specOf(live, demandOf(name, 'balancer', half, size), 'balancer', userData),
    ...own,
    address: live.place.site.plan.machine('balancer', half, pair.slot),
    antiAffinity: `${live.name}-${pair.role}`,
  };
}

/** Floating public addresses need an interface in the public network, and then the way out is there. */
function floatsInPublicBlock(live: LiveAtSite, pair: PairRole): boolean {
  const balancing = pair === ingestPair ? live.origins : live.viewers;
  return balancing === 'pair-with-floating-addresses' && live.place.site.plan.public !== undefined;
}

function pairBase(live: LiveAtSite, pair: PairRole, name: string, half: Half): MachineBase {
  const base = baseOf(live, hostnameOf(live, name), half);
  if (!floatsInPublicBlock(live, pair)) return base;
  const { site } = live.place;
  return { ...base, routes: [{ cidr: site.supernet, via: site.plan.tiers.balancer.gateway }] };
}

function edgeMachine(
  live: LiveAtSite,
  edge: { readonly number: number; readonly half: Half; readonly slot: number },
): MachineSpec {
  const name = edgeName(live, edge.number);
  const userData = edgeUserData(live, hostnameOf(live, name), edge.half);
  return {
    ...specOf(live, demandOf(name, 'edge', edge.half, live.input.edge.size), 'edge', userData),
    address: live.place.site.plan.machine('edge', edge.half, edge.slot),
    antiAffinity: `${live.name}-edge`,
  };
}

const hostnameOf = (live: LiveAtSite, name: string): string => `${live.place.site.id}-${name}`;

type Unplaced = Omit<MachineSpec, 'address' | 'antiAffinity'>;

function specOf({ place }: LiveAtSite, demand: MachineDemand, tier: Tier, userData: string): Unplaced {
  return {
    ...demand,
    image: imageFor(place, demand.role, demand.size, demand.name),
    tier,
    userData,
    stateful: false,
    public: false,
    router: false,
  };
}
