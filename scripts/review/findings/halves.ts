import { groupBy } from '../../../constructs/util/group';
import type { Finding, ResourceChange, ResourcePlace } from '../report';
import { finding, type ReviewContext } from './context';

/** Classes in which a resource is away for a while, or for good. */
const away = new Set<ResourceChange['risk']>(['data-loss', 'downtime', 'destroyed', 'behind-sibling']);
export const isAway = ({ risk }: Pick<ResourceChange, 'risk'>): boolean => away.has(risk);

/** Both members of something redundant in one change: what one does wrong, the other has done too when it is noticed. */
export function bothHalves({ changes }: ReviewContext): Finding[] {
  const hit = changes.filter((change) => isAway(change) && isHalf(change.place.half) && change.place.role !== 'edge');
  const pairs = [...groupBy(hit, ({ place }) => pairKey(place)).values()].filter(
    (members) => new Set(members.map(({ place }) => place.half)).size > 1,
  );
  const bySite = groupBy(pairs, ([member]) => JSON.stringify([member?.place.sites, goes(member)]));
  return [...bySite.values()].map(describe);
}

const isHalf = (half: string | undefined): boolean => half === 'a' || half === 'b';
const goes = (change: ResourceChange | undefined): boolean =>
  change?.risk === 'destroyed' || change?.risk === 'data-loss';

const pairKey = ({ sites, system, role, shard, link, machine }: ResourcePlace): string =>
  JSON.stringify([sites, system, role, shard, link, pairName(machine)]);

const pairName = (machine: string | undefined): string | undefined => machine?.replace(/-[ab]$/, '');

/** All pairs of a site that have the same fate. */
function describe(pairs: readonly (readonly ResourceChange[])[]): Finding {
  const members = pairs.flat();
  const [first] = members as [ResourceChange];
  const { sites } = first.place;
  const names = [...new Set(pairs.map(([member]) => nameOf(member?.place)))].sort().join(', ');
  return finding(
    {
      rule: 'both-halves',
      decision: true,
      title: goes(first)
        ? `Both halves of ${names} at ${sites.join(', ')} go away`
        : `Both halves of ${names} at ${sites.join(', ')} are replaced or stopped in this change`,
      details: goes(first)
        ? []
        : [
            'A deployment takes one after the other and waits for health between; a mistake in the new one reaches both.',
          ],
      ...(sites.length === 1 ? { site: sites[0] as string } : {}),
    },
    members,
  );
}

const nameOf = (place: ResourcePlace | undefined): string =>
  pairName(place?.machine) ?? [place?.role, place?.shard, place?.link].filter(Boolean).join(' ');
