import type { StackSpec } from '../../constructs/contract/stack';
import { type Problem, refuse } from '../../constructs/contract/problem';
import { groupBy } from '../../constructs/util/group';
import type { Platform } from '../../stacks/platform/platform';
import { deployedStacks } from './orphans';

/** Provider and profile of each site of a stack: `{ gcp: 'gcp, profile standard' }`. */
export type SiteProviders = Readonly<Record<string, string>>;

export function providersOf({ places }: Platform, { sites }: Pick<StackSpec, 'sites'>): SiteProviders {
  return Object.fromEntries(
    sites.flatMap((id) => {
      const site = places[id]?.site;
      return site ? [[id, `${site.provider}, profile ${site.profile}`]] : [];
    }),
  );
}

/**
 * A site that is on another provider than when its stacks were made: its states hold what only the former one can take
 * away. Sites without resources may change.
 * @throws ProblemsError
 */
export function refuseChangedProviders(record: string, platform: Platform): void {
  const changed = deployedStacks(record)
    .filter(({ resources }) => resources !== 0)
    .flatMap(({ stack, providers = {} }) =>
      Object.entries(providers).map(([site, former]) => ({ stack, site, former, now: now(platform, site) })),
    )
    .filter(({ former, now: present }) => present !== undefined && present !== former);
  refuse([...groupBy(changed, ({ site }) => site).values()].map(problemOf));
}

const now = (platform: Platform, site: string): string | undefined => providersOf(platform, { sites: [site] })[site];

function problemOf(
  stacks: readonly { readonly stack: string; readonly site: string; readonly former: string; readonly now?: unknown }[],
): Problem {
  const [{ site, former, now: present }] = stacks as [(typeof stacks)[number]];
  return {
    path: `sites.${site}.provider`,
    message: `the site was made on ${former}, and still has resources there in ${stacks.map(({ stack }) => stack).join(', ')}`,
    value: present,
    bound: 'one provider and profile for a site id as long as it has resources',
    fix: `Put ${former} back at "${site}". Add the new site under another id and number, move its placements there, then write retired: true at "${site}" and deploy.`,
  };
}
