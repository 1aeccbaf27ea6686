import { registry } from '../../../constructs/providers/registry';
import { pickLabel } from './names';
import type { Random } from './random';
import type { Draft, DraftSite } from './draft';

/** Every provider with every profile. */
export const kinds: readonly { readonly provider: keyof typeof registry; readonly profile: string }[] = Object.entries(
  registry,
).flatMap(([provider, { profiles }]) =>
  Object.keys(profiles).map((profile) => ({ provider: provider as keyof typeof registry, profile })),
);

/** Lengths of adopted networks: the narrow ones have room for few machines or for none. */
const adoptedLengths = [20, 20, 20, 20, 20, 21, 22, 23, 24];
const publicLengths = [24, 24, 24, 24, 25, 26, 27];

export function addSite(random: Random, draft: Draft, id: string, number: number, kind: (typeof kinds)[number]): void {
  const site: DraftSite = {
    number,
    label: pickLabel(random),
    provider: kind.provider,
    ...(kind.profile === 'standard' && random.chance(70) ? {} : { profile: kind.profile }),
    failureDomain: `domain-${id}`,
    store: random.pick(Object.keys(draft.stores)),
    settings: structuredClone(exampleOf(kind).settings) as DraftSite['settings'],
    ...ranges(random, number, kind),
  };
  if (kind.provider === 'metal' || kind.profile === 'private') ownEquipment(site);
  draft.sites[id] = site;
}

export function exampleOf({ provider, profile }: (typeof kinds)[number]) {
  const example = registry[provider].examples[profile as never] as
    (typeof registry)[typeof provider]['examples'][never] | undefined;
  if (!example) throw new Error(`${provider} has no example of profile ${profile}`);
  return example as { readonly settings: unknown; readonly adoptedNetwork?: string; readonly publicBlock?: string };
}

/** An adopted network lies in the site's own block, a public one is different at each site. */
function ranges(random: Random, number: number, kind: (typeof kinds)[number]): Partial<DraftSite> {
  const { adoptedNetwork, publicBlock } = exampleOf(kind);
  return {
    ...(adoptedNetwork ? { adoptedNetwork: `10.${64 + number}.0.0/${random.pick(adoptedLengths)}` } : {}),
    ...(publicBlock ? { publicBlock: `203.0.${number}.0/${random.pick(publicLengths)}` } : {}),
  };
}

/** Two cages share no switch, no balancer and no public block; two private clouds have each their own API. */
function ownEquipment(site: DraftSite): void {
  const text = JSON.stringify(site.settings)
    .replaceAll('"192.0.2.', `"192.${site.number}.2.`)
    .replaceAll('203.0.113.0/24', String(site.publicBlock))
    .replaceAll('203.0.113.', `203.0.${site.number}.`)
    .replaceAll('example.net', `site${site.number}.example.net`);
  site.settings = JSON.parse(text) as DraftSite['settings'];
}
