import type { MachineDemand } from '../../constructs/contract/machines';
import type { Place } from '../../constructs/contract/place';
import type { Problem } from '../../constructs/contract/problem';
import { halves } from '../../constructs/contract/site';
import { needsRouterPair } from '../../constructs/hub';
import { gatewayDemand } from '../../constructs/selfhosted/link-end';
import { demandOfHalf } from '../live/machines';
import { liveAtSite } from '../live/model';
import { routerDemand } from '../site/router';
import type { LiveInput } from '../topology/schema';
import { linksOfGateways } from './links';
import type { Platform } from './platform';

/** What is wrong with all fixed machines of a site taken together. */
export function checkMachines(platform: Platform): Problem[] {
  return Object.entries(platform.places).flatMap(([id, place]) => {
    const problems = place.adapter.checkMachines?.(place.site, demandAt(platform, place)) ?? [];
    return problems.map((problem) => ({ ...problem, path: `sites.${id}.${problem.path}` }));
  });
}

/** Every fixed machine that a topology asks of a site: routers, gateways, and those of the systems. */
function demandAt(platform: Platform, place: Place): MachineDemand[] {
  const routers = place.retired || !needsRouterPair(place) ? [] : halves.map(routerDemand);
  const gateways = linksOfGateways(platform.links, place).flatMap(({ peer }) =>
    halves.map((half) => gatewayDemand(peer, half)),
  );
  const { systems, domain, operators } = platform.topology;
  const own = Object.entries(systems).filter(([, { sites }]) => sites.includes(place.site.id));
  const live = own.map(([name, input]) => liveAtSite(name, input as LiveInput, place, domain, operators.sshAuthority));
  return [...routers, ...gateways, ...live.flatMap((one) => halves.flatMap((half) => demandOfHalf(one, half)))];
}
