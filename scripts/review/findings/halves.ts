import { groupBy } from '../../../constructs/util/group';
import type { Finding, ResourceChange, ResourcePlace } from '../report';
import { finding, type ReviewContext } from './context';

/** Classes in which a resource is away for a while, or for good. */
const away = new Set<ResourceChange['risk']>(['data-loss', 'downtime', 'destroyed', 'behind-sibling']);
export const isAway = ({ risk }: Pick<ResourceChange, 'risk'>): boolean => away.has(risk);

/** Both members of something redundant in one change: what one does wrong, the other has done too when it is noticed. */
export function bothHalves({ changes }: ReviewContext): Finding[] {
  const hit = changes.filter((change) => isAway(change) && isHalf(change.place.half) && change.place.role !== 'edge');
  return [...groupBy(hit, ({ place }) => pairKey(place))].flatMap(([, members]) => {
    const halves = new Set(members.map(({ place }) => place.half));
    return halves.size < 2 ? [] : [describe(members)];
  });
}

const isHalf = (half: string | undefined): boolean => half === 'a' || half === 'b';

const pairKey = ({ sites, system, role, shard, link, machine }: ResourcePlace): string =>
  JSON.stringify([sites, system, role, shard, link, machine?.replace(/-[ab]$/, '')]);

function describe(members: readonly ResourceChange[]): Finding {
  const [{ place }] = members as [ResourceChange];
  const what = [place.role, place.shard, place.link].filter(Boolean).join(' ');
  const named = place.machine?.replace(/-[ab]$/, '') ?? what;
  const goes = members.every(({ risk }) => risk === 'destroyed' || risk === 'data-loss');
  return finding(
    {
      rule: 'both-halves',
      decision: true,
      title: goes
        ? `Both halves of ${named} at ${place.sites.join(', ')} go away`
        : `Both halves of ${named} at ${place.sites.join(', ')} are replaced or stopped in this change`,
      details: goes
        ? []
        : [
            'A deployment takes one after the other and waits for health between; a mistake in the new one reaches both.',
          ],
      ...(place.sites.length === 1 ? { site: place.sites[0] as string } : {}),
    },
    members,
  );
}
