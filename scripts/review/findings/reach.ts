import { groupBy } from '../../../constructs/util/group';
import type { StackReview, Finding } from '../report';
import { counted, finding, type ReviewContext } from './context';

/** How far a change reaches: shown for each site, also where nothing comes of it. */
export function reachFindings({ platform, changes }: ReviewContext, stacks: readonly StackReview[]): Finding[] {
  if (!platform) return [];
  // A link's stack belongs to both of its ends; what is changed at one end reaches that one.
  const reached = groupBy(changes, ({ stack }) => stack);
  const touched = stacks
    .filter(({ configurationChanged, outcome }) => configurationChanged || outcome === 'changes')
    .map((stack) => {
      const sites = new Set((reached.get(stack.id) ?? []).flatMap(({ place }) => place.sites));
      return sites.size === 0 ? stack : { ...stack, sites: [...sites] };
    });
  const sites = [...new Set(touched.flatMap((stack) => stack.sites))].sort();
  if (sites.length < 2) return [];
  return [
    finding({
      rule: 'everywhere',
      title: `The change reaches ${sites.length} sites`,
      details: sites.map((site) => `${site}: ${describeSite(touched.filter((stack) => stack.sites.includes(site)))}`),
    }),
  ];
}

function describeSite(stacks: readonly StackReview[]): string {
  const changing = stacks.filter(({ outcome }) => outcome === 'changes');
  const failed = stacks.filter(({ outcome }) => outcome === 'failed');
  const still = stacks.length - changing.length - failed.length;
  return [
    ...changing.map(({ id, counts }) => `${id} (${countsText(counts)})`),
    ...failed.map(({ id }) => `${id} (cannot be planned)`),
    ...(still > 0 ? [`nothing changes in ${counted(still, 'stack')} whose text differs`] : []),
  ].join(', ');
}

export function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.map(([action, count]) => `${count} to ${action}`).join(', ') || 'outputs only';
}

/** Stacks of the base that the head does not have: no deployment destroys them. */
export function leftBehind(stacks: readonly StackReview[]): Finding[] {
  const gone = stacks.filter(({ outcome, resources }) => outcome === 'removed' && resources > 0);
  return gone.map(({ id, resources }) =>
    finding({
      rule: 'left-behind',
      decision: true,
      stack: id,
      title: `${id} is not in the topology any more, and its ${counted(resources, 'resource')} stay`,
      details: [
        'Nothing destroys a stack that is left out. Empty it first: take the placement away and keep the site on the list, or set `retired: true`; deploy; then leave it out.',
      ],
    }),
  );
}

/** Plans in which Terraform has put something off. */
export function unfinished(
  stacks: readonly { readonly id: string; readonly result?: { readonly isWhole: boolean } }[],
): Finding[] {
  const open = stacks.filter(({ result }) => result && !result.isWhole);
  return open.map(({ id }) =>
    finding({
      rule: 'plan-failed',
      decision: true,
      stack: id,
      title: `The plan of ${id} is not whole: Terraform has put changes off`,
      details: ['Apply this part, plan again, and review that.'],
    }),
  );
}

/** Errors of one stack that are shown: the rest is of the same kind. */
const shownErrors = 5;

function shortened(text: string): string[] {
  const errors = text.split(/\n\n(?=Error: )/);
  const rest = errors.length - shownErrors;
  return rest <= 0 ? errors : [...errors.slice(0, shownErrors), `... and ${counted(rest, 'error')} more`];
}

/** How the engine says that it has not tried. */
const notPlanned = 'It was not planned';

/** Stacks that Terraform could not plan, or whose plan the simulated cloud would not apply. */
export function failures(
  stacks: readonly {
    readonly id: string;
    readonly error?: string | undefined;
    readonly applyError?: string | undefined;
  }[],
): Finding[] {
  return stacks.flatMap(({ id, error, applyError }) => [
    ...(error === undefined
      ? []
      : [
          finding({
            rule: 'plan-failed',
            decision: true,
            stack: id,
            title: error.startsWith(notPlanned) ? `${id} was not planned` : `${id} cannot be planned`,
            details: shortened(error),
          }),
        ]),
    ...(applyError === undefined
      ? []
      : [
          finding({
            rule: 'apply-failed',
            decision: true,
            stack: id,
            title: `${id} is planned well and fails when it is applied`,
            details: shortened(applyError),
          }),
        ]),
  ]);
}
