import type { DescribedStack, PlatformDescription } from '../../stacks/description/description';
import type { Cell } from './cells';
import type { Row } from './rows';
import { type ChangeMarks, keys } from './marks';
import { inOrder } from './text';

/** Stacks with a mark of their own, of which nothing that is drawn has one. */
export function unseenStacks(description: PlatformDescription, marks: ChangeMarks): DescribedStack[] {
  const { machines, devices, balancers, links, stacks } = description;
  const seen = new Set([
    ...machines.flatMap((one) => (marks.machines[keys.machine(one)] ? [one.stack] : [])),
    ...devices.flatMap((one) => (marks.devices[keys.device(one)] ? [one.stack] : [])),
    ...balancers.flatMap((one) => (marks.balancers[keys.balancer(one)] ? [one.stack] : [])),
    // The box of a link takes the mark of its stack.
    ...links.map(({ stack }) => stack),
  ]);
  const marked = stacks.filter((stack) => marks.stacks[keys.stack(stack)] && !seen.has(stack.id));
  return inOrder(marked, ({ id }) => id);
}

/** One row for those of a site. */
export function stackRow(description: PlatformDescription, marks: ChangeMarks, site: string): Row[] {
  const own = unseenStacks(description, marks).filter(({ sites }) => sites.length === 1 && sites[0] === site);
  if (own.length === 0) return [];
  const cells = own.map((stack) => stackCell(stack, marks));
  const label = `changed stacks of ${site}`;
  return [{ id: `fleet:${site}/stacks`, kind: 'fleet', caption: 'stacks', label, details: [['site', site]], cells }];
}

export function stackCell(stack: DescribedStack, marks: ChangeMarks): Cell {
  const { id, title, store } = stack;
  return {
    ...{ id: `stack:${id}`, kind: 'stack', text: id, half: 'all', mark: marks.stacks[keys.stack(stack)] },
    label: `stack ${id}: ${title}`,
    details: [
      ['holds', title],
      ['state in', `${store.id} (${store.kind}, ${store.failureDomain})`],
    ],
  };
}
