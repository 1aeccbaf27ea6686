import type { MachineSize } from '../constructs/contract/machines';
import type { Place } from '../constructs/contract/place';
import { type Half, halves } from '../constructs/contract/site';
import { needsRouterPair } from '../constructs/hub';
import { gatewayAddress, gatewayDemand } from '../constructs/selfhosted/link-end';
import { machinesOfHalf } from './live/machines';
import { type LiveAtSite, liveAtSite, originName } from './live/model';
import { liveStackId } from './live/stacks';
import { linksOfGateways } from './platform/links';
import type { Platform } from './platform/platform';
import { routerMachine } from './site/router';
import type { LiveInput } from './topology/schema';

/** A machine, or an elastic fleet of like machines, as a topology amounts to it. */
export interface InventoryEntry {
  readonly site: string;
  readonly stack: string;
  readonly name: string;
  readonly role: string;
  /** `a` or `b`; `all` for an elastic fleet. */
  readonly half: Half | 'all';
  /** System that it is a part of; absent where it belongs to the site itself. */
  readonly system?: string;
  readonly shard?: string;
  /** Site at the other end of the link that a gateway serves. */
  readonly peer?: string;
  /** Planned address; absent where the provider gives one to each machine of a fleet. */
  readonly address?: string;
  readonly machineType: string;
  /** Machines at least and at most: of an elastic fleet alone they differ from 1. */
  readonly min: number;
  readonly max: number;
  /** What one machine serves to viewers, in Mbit/s; of edges only. */
  readonly servesMbps?: number;
}

/** Every machine of a platform, in the order of sites. */
export function inventory(platform: Platform): InventoryEntry[] {
  return Object.values(platform.places).flatMap((place) => [
    ...routers(platform, place),
    ...gateways(platform, place),
    ...Object.entries(platform.topology.systems).flatMap(([name, input]) =>
      liveMachines(platform, place, name, input as LiveInput),
    ),
  ]);
}

function typeOf(place: Place, size: MachineSize, role: string, machine?: string): string {
  return place.adapter.machineType(place.site, size, role, machine)?.name ?? 'none fits';
}

function routers(platform: Platform, place: Place): InventoryEntry[] {
  if (place.retired || !needsRouterPair(place)) return [];
  const site = place.site.id;
  return halves.map((half) => {
    const { name, role, address, size } = routerMachine(platform, place, half);
    const stack = `${site}-gateway-${half}`;
    return { site, stack, name, role, half, address, machineType: typeOf(place, size, role, name), ...one };
  });
}

const one = { min: 1, max: 1 } as const;

function gateways(platform: Platform, place: Place): InventoryEntry[] {
  const site = place.site.id;
  return linksOfGateways(platform.links, place).flatMap(({ link, peer }) => {
    const number = platform.places[peer]?.site.plan.number ?? 0;
    return halves.map((half) => {
      const { name, role, size } = gatewayDemand(peer, half);
      const address = gatewayAddress(place, half, number);
      const stack = `link-${link.id}`;
      return { site, stack, name, role, half, peer, address, machineType: typeOf(place, size, role, name), ...one };
    });
  });
}

function liveMachines(platform: Platform, place: Place, name: string, input: LiveInput): InventoryEntry[] {
  const site = place.site.id;
  if (!input.sites.includes(site)) return [];
  const { topology } = platform;
  const live = liveAtSite(name, input, place, topology.domain, topology.operators.sshAuthority);
  const stack = liveStackId(site, name);
  const { edge } = input;
  const fixed = halves.flatMap((half) =>
    fixedMachines(live, half).map(({ name: machine, role, address, size, shard }) => ({
      site,
      stack: `${stack}-${half}`,
      name: machine,
      role,
      half,
      system: name,
      ...(shard === undefined ? {} : { shard }),
      address,
      machineType: typeOf(place, size, role, machine),
      ...one,
      ...(role === 'edge' ? { servesMbps: edge.egressMbps } : {}),
    })),
  );
  if (!live.edges || 'elastic' in live.edges) return fixed;
  const { min, max } = live.edges;
  const machineType = typeOf(place, edge.size, 'edge');
  const fleet = { name: `${name}-edge`, role: 'edge', half: 'all', system: name } as const;
  return [...fixed, { site, stack, ...fleet, machineType, min, max, servesMbps: edge.egressMbps }];
}

/** Machines of a half with the shard that an origin belongs to. */
function fixedMachines(live: LiveAtSite, half: Half) {
  const shards = new Map(live.shards.map((shard) => [originName(live, shard, half), shard.name]));
  return machinesOfHalf(live, half).map((machine) => ({ ...machine, shard: shards.get(machine.name) }));
}
