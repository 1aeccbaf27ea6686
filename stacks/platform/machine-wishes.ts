import type { MachineDemand, MachineSize } from '../../constructs/contract/machines';
import type { Place } from '../../constructs/contract/place';
import { halves } from '../../constructs/contract/site';
import { needsRouterPair } from '../../constructs/hub';
import { gatewayDemand } from '../../constructs/selfhosted/link-end';
import { demandOfHalf } from '../live/machines';
import { liveAtSite } from '../live/model';
import { routerDemand } from '../site/router';
import type { LiveInput } from '../topology/schema';
import { linksOfGateways } from './links';
import type { Platform } from './platform';

/** A machine, or an elastic fleet, that a topology asks of a site: before it has an address, an image and a configuration. */
export interface MachineWish {
  /** Where its size is written; sizes of gateways are Watari's own. */
  readonly path: string;
  readonly place: Place;
  readonly role: string;
  readonly size: MachineSize;
  /** The machine itself; absent for a fleet. */
  readonly demand?: MachineDemand;
}

/** What every machine of a platform will ask for. */
export function machineWishes(platform: Platform): MachineWish[] {
  return Object.values(platform.places).flatMap((place) => [
    ...gatewayWishes(platform, place),
    ...Object.entries(platform.topology.systems).flatMap(([name, input]) =>
      liveWishes(platform, place, name, input as LiveInput),
    ),
  ]);
}

function gatewayWishes({ links }: Platform, place: Place): MachineWish[] {
  const path = `sites.${place.site.id}.settings`;
  const routers = place.retired || !needsRouterPair(place) ? [] : halves.map(routerDemand);
  const gateways = linksOfGateways(links, place).flatMap(({ peer }) => halves.map((half) => gatewayDemand(peer, half)));
  return [...routers, ...gateways].map((demand) => wishOf(path, place, demand));
}

const wishOf = (path: string, place: Place, demand: MachineDemand): MachineWish => ({
  ...{ path, place, demand },
  ...{ role: demand.role, size: demand.size },
});

const sizePaths: Readonly<Record<string, string>> = {
  origin: 'origin.size',
  edge: 'edge.size',
  balancer: 'balancerSize',
};

function liveWishes({ topology }: Platform, place: Place, name: string, input: LiveInput): MachineWish[] {
  if (!input.sites.includes(place.site.id)) return [];
  const live = liveAtSite(name, input, place, topology.domain, topology.operators.sshAuthority);
  const path = (role: string): string => `systems.${name}.${sizePaths[role] ?? role}`;
  const fixed = halves.flatMap((half) => demandOfHalf(live, half));
  const fleet: MachineWish = { path: path('edge'), place, role: 'edge', size: input.edge.size };
  return [
    ...fixed.map((demand) => wishOf(path(demand.role), place, demand)),
    ...(live.edges && !('elastic' in live.edges) ? [fleet] : []),
  ];
}
