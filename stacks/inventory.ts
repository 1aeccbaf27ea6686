import type { MachineSize } from '../constructs/contract/machines';
import type { Place } from '../constructs/contract/place';
import { halves } from '../constructs/contract/site';
import { needsRouterPair } from '../constructs/hub';
import { gatewayAddress, gatewayDemand } from '../constructs/selfhosted/link-end';
import { machinesOfHalf } from './live/machines';
import { liveAtSite } from './live/model';
import { liveStackId } from './live/stacks';
import { linksOfGateways } from './platform/links';
import type { Platform } from './platform/platform';
import { routerMachine } from './site/router';
import type { LiveInput } from './topology/schema';

/** A machine, or a fleet of like machines, as a topology amounts to it. */
export interface InventoryEntry {
  readonly site: string;
  readonly stack: string;
  readonly name: string;
  readonly role: string;
  /** `a` or `b`; `all` for an elastic fleet. */
  readonly half: string;
  /** Planned address; absent where the provider gives one to each machine of a fleet. */
  readonly address?: string;
  readonly machineType: string;
  readonly count: string;
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
    return { site, stack, name, role, half, address, machineType: typeOf(place, size, role, name), count: '1' };
  });
}

function gateways(platform: Platform, place: Place): InventoryEntry[] {
  const site = place.site.id;
  return linksOfGateways(platform.links, place).flatMap(({ link, peer }) => {
    const number = platform.places[peer]?.site.plan.number ?? 0;
    return halves.map((half) => {
      const { name, role, size } = gatewayDemand(peer, half);
      const address = gatewayAddress(place, half, number);
      const stack = `link-${link.id}`;
      return { site, stack, name, role, half, address, machineType: typeOf(place, size, role, name), count: '1' };
    });
  });
}

function liveMachines(platform: Platform, place: Place, name: string, input: LiveInput): InventoryEntry[] {
  const site = place.site.id;
  if (!input.sites.includes(site)) return [];
  const { topology } = platform;
  const live = liveAtSite(name, input, place, topology.domain, topology.operators.sshAuthority);
  const stack = liveStackId(site, name);
  const fixed = halves.flatMap((half) =>
    machinesOfHalf(live, half).map(({ name: machine, role, address, size }) => ({
      site,
      stack: `${stack}-${half}`,
      name: machine,
      role,
      half: half as string,
      address,
      machineType: typeOf(place, size, role, machine),
      count: '1',
    })),
  );
  if (!live.edges || 'elastic' in live.edges) return fixed;
  const { min, max } = live.edges;
  const machineType = typeOf(place, input.edge.size, 'edge');
  return [
    ...fixed,
    { site, stack, name: `${name}-edge`, role: 'edge', half: 'all', machineType, count: `${min} to ${max}` },
  ];
}
