import { groupBy } from '../../../constructs/util/group';
import type { Finding, ResourceChange } from '../report';
import { counted, finding, type ReviewContext } from './context';

/** From which share of a stack on its loss needs an explicit word. */
export interface FusePolicy {
  /** Per cent of a stack's resources that may be deleted or replaced. */
  readonly percent: number;
  /** Stacks with fewer resources than this blow no fuse by share. */
  readonly least: number;
}

/** A small stack is often replaced in whole; from ten resources on that is no everyday change. */
export const defaultFuse: FusePolicy = { percent: 30, least: 10 };

/**
 * What needs an acknowledgement in the change itself, resource by resource: a large part of a stack, anything stateful, a whole
 * site, both halves of something redundant.
 */
export function fuseFindings(context: ReviewContext, halves: readonly Finding[], policy: FusePolicy): Finding[] {
  return [...byShare(context, policy), ...stateful(context), ...wholeSites(context), ...halves.map(asFuse)];
}

const goes = ({ action }: ResourceChange): boolean => action === 'delete' || action === 'replace';

function byShare({ changes, sizes }: ReviewContext, { percent, least }: FusePolicy): Finding[] {
  return [...groupBy(changes.filter(goes), ({ stack }) => stack)].flatMap(([stack, going]) => {
    const size = sizes.get(stack) ?? 0;
    if (size < least || going.length * 100 <= size * percent) return [];
    const share = Math.round((going.length * 100) / size);
    return [
      finding(
        {
          rule: 'fuse',
          decision: true,
          stack,
          title: `${share} % of ${stack} is deleted or replaced: ${going.length} of ${counted(size, 'resource')}`,
          details: [`More than ${percent} % of at least ${least} resources needs an acknowledgement.`],
        },
        going,
      ),
    ];
  });
}

function stateful({ changes }: ReviewContext): Finding[] {
  return changes
    .filter((change) => goes(change) && change.stateful)
    .map((change) =>
      finding(
        {
          rule: 'fuse',
          decision: true,
          stack: change.stack,
          title: `${change.address} holds data and is ${change.action === 'delete' ? 'deleted' : 'replaced'}`,
        },
        [change],
      ),
    );
}

/** Every machine of a site, or the site itself. */
function wholeSites({ platform, changes }: ReviewContext): Finding[] {
  if (!platform) return [];
  const gone = platform.base.sites.filter((site) => !platform.head.sites.some(({ id }) => id === site.id));
  const emptied = platform.base.sites.flatMap(({ id }) => {
    const machines = platform.base.machines.filter(({ site }) => site === id);
    const going = changes.filter((change) => goes(change) && change.place.sites.includes(id));
    const hit = new Set(going.flatMap(({ place }) => place.machine ?? []));
    return machines.length > 1 && machines.every(({ name }) => hit.has(name)) ? [{ id, going }] : [];
  });
  return [
    ...gone.map(({ id }) =>
      finding({
        ...{ rule: 'whole-site', decision: true, site: id, title: `The site ${id} is left out of the topology` },
        // It has no resource of its own; this is what an acknowledgement names.
        addresses: [`site/${id}`],
      }),
    ),
    ...emptied.map(({ id, going }) =>
      finding(
        { rule: 'whole-site', decision: true, site: id, title: `Every machine of ${id} is deleted or replaced` },
        going,
      ),
    ),
  ];
}

const asFuse = ({ title, addresses, site }: Finding): Finding => ({
  rule: 'fuse',
  decision: true,
  title,
  details: [],
  addresses,
  ...(site === undefined ? {} : { site }),
});
