import type { Provider } from '../../constructs/contract/adapter';
import type { Problem } from '../../constructs/contract/problem';
import { groupBy } from '../../constructs/util/group';
import { checkAddresses } from './check-addresses';
import { checkOrderedEnds } from './check-circuits';
import { checkCosts } from './check-costs';
import { checkImages } from './check-images';
import { checkLinks } from './check-links';
import { checkMachines } from './check-machines';
import { checkSystems } from './check-systems';
import type { ImageLock } from './image-lock';
import { either } from './link-kinds';
import type { Platform } from './platform';

/** What is wrong with a platform, all at once: ranges, sites, links, placements, images. */
export function checkPlatform(
  platform: Platform,
  providers: Readonly<Record<string, Provider>>,
  lock: ImageLock,
): Problem[] {
  return [
    ...checkAddresses(platform),
    ...checkSites(platform),
    ...checkRouting(platform),
    ...checkLinks(platform, providers),
    ...checkOrderedEnds(platform),
    ...checkSystems(platform),
    ...checkMachines(platform),
    ...checkImages(platform, lock),
    ...checkCosts(platform, providers),
  ];
}

function checkSites(platform: Platform): Problem[] {
  return Object.entries(platform.places).flatMap(([id, { site, adapter }]) =>
    adapter
      .check(site)
      .map((problem) => ({ ...problem, path: `sites.${id}${problem.path ? `.${problem.path}` : ''}` })),
  );
}

/** Two hubs of one number take each other's routes for their own and drop them (RFC 4271, 9.1.2). */
function checkRouting({ places }: Platform): Problem[] {
  const routed = Object.entries(places).filter(([, { adapter }]) => adapter.facts.hub.kind !== 'none');
  const shared = [...groupBy(routed, ([, { site }]) => String(site.asn)).values()].flatMap(([first, ...others]) =>
    others.map(([id, { site }]) => ({
      path: `sites.${id}.asn`,
      message: `is the autonomous system number of site "${first?.[0]}" too`,
      value: site.asn,
      bound: 'each number once',
      fix: 'Leave it out for 64512 + number, or use another private one.',
    })),
  );
  const able = Object.keys(places).filter((id) => places[id]?.adapter.facts.hub.transit);
  const unable = Object.entries(places).filter(([, { transit, adapter }]) => transit && !adapter.facts.hub.transit);
  return [
    ...shared,
    ...unable.map(([id, { site }]) => ({
      path: `sites.${id}.transit`,
      message: `${site.provider} (profile ${site.profile}) cannot carry traffic between two links`,
      value: true,
      bound: 'capability transit between links',
      fix:
        able.length > 0 ? `Leave it out. Of these sites ${either(able)} can.` : 'Leave it out, and add links instead.',
    })),
  ];
}
