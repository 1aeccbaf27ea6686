import type { Provider } from '../../constructs/contract/adapter';
import type { Problem } from '../../constructs/contract/problem';
import type { Platform } from './platform';

/** A contract for own hardware means nothing where machines are rented by a list: they would be paid for twice. */
export function checkCosts({ topology, places }: Platform, providers: Readonly<Record<string, Provider>>): Problem[] {
  return Object.entries(places).flatMap(([id, { site }]) => {
    const hardware = topology.sites[id]?.costs?.hardware;
    if (!hardware || providers[site.provider]?.pricing.billed(site).ownHardware) return [];
    return [
      {
        path: `sites.${id}.costs.hardware`,
        message: `machines of ${site.provider} (profile ${site.profile}) are rented, and billed by its price list`,
        value: hardware.basis,
        bound: 'sites on own hardware',
        fix: 'Leave it out.',
      },
    ];
  });
}
