import type { Problem } from '../../constructs/contract/problem';
import { machineWishes } from './machine-wishes';
import type { Platform } from './platform';

/** What is wrong with all fixed machines of a site taken together: routers, gateways, and those of the systems. */
export function checkMachines(platform: Platform): Problem[] {
  const wishes = machineWishes(platform);
  return Object.entries(platform.places).flatMap(([id, place]) => {
    const demands = wishes.flatMap((wish) => (wish.place === place && wish.demand ? [wish.demand] : []));
    const problems = place.adapter.checkMachines?.(place.site, demands) ?? [];
    return problems.map((problem) => ({ ...problem, path: `sites.${id}.${problem.path}` }));
  });
}
