import { tiers } from '../../constructs/contract/plan';
import type { Problem } from '../../constructs/contract/problem';
import { groupBy } from '../../constructs/util/group';
import type { LinkPathInput } from '../topology/schema';
import type { Platform } from './platform';

/** One end of an ordered line or of a stretched segment, as the topology says it. */
interface OrderedEnd {
  readonly path: string;
  readonly site: string;
  readonly vlan: number;
  readonly end: unknown;
  readonly kind: 'circuit' | 'segment';
}

/** Ends that get in each other's way: one VLAN of one port serves one line, and tiers keep theirs. */
export function checkOrderedEnds(platform: Platform): Problem[] {
  const ends = Object.entries(platform.topology.links).flatMap(([key, link]) => [
    ...endsOf(`links.${key}.primary`, link.primary, link.ends),
    ...(link.backup ? endsOf(`links.${key}.backup`, link.backup, link.ends) : []),
  ]);
  return [...checkShared(ends), ...ends.flatMap((end) => checkTierVlan(platform, end))];
}

function endsOf(path: string, input: LinkPathInput, sites: readonly string[]): OrderedEnd[] {
  if (input.kind === 'vpn') return [];
  if (input.kind === 'segment')
    return sites.map((site) => ({
      path: `${path}.vlan`,
      site,
      vlan: input.vlan,
      end: input.ends[site],
      kind: 'segment',
    }));
  return Object.entries(input.circuits).flatMap(([id, circuit]) =>
    sites.map((site) => ({
      path: `${path}.circuits.${id}.vlan`,
      site,
      vlan: circuit.vlan,
      // The two halves are two devices, whose ports may have one name.
      end: [circuit.half, circuit.ends[site]],
      kind: 'circuit',
    })),
  );
}

function checkShared(ends: readonly OrderedEnd[]): Problem[] {
  const same = groupBy(ends, ({ site, vlan, end }) => JSON.stringify([site, vlan, end]));
  return [...same.values()].flatMap(([first, ...others]) =>
    others.map(({ path, site, vlan }) => ({
      path,
      message: `has the VLAN of ${first?.path ?? ''} on the same port at "${site}"`,
      value: vlan,
      bound: 'one line for each VLAN of a port',
      fix: 'Write the VLAN and the end as they were ordered.',
    })),
  );
}

/** Where tiers are VLANs of the site's own switches, a stretched segment needs one that no tier has. */
function checkTierVlan(platform: Platform, { path, site, vlan, kind }: OrderedEnd): Problem[] {
  const place = platform.places[site];
  if (kind !== 'segment' || place?.adapter.facts.paths.segment !== 'native') return [];
  const tier = tiers.find((name) => place.site.plan.tiers[name].vlan === vlan);
  if (!tier) return [];
  const bound = `not ${tiers.map((name) => place.site.plan.tiers[name].vlan).join(', ')}`;
  const fix = 'Use another VLAN, or move the tiers with `vlanBase`.';
  return [{ path, message: `is the VLAN of tier ${tier} at "${site}"`, value: vlan, bound, fix }];
}
