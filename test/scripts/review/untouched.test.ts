import type { Report } from '../../../scripts/review/report';
import { type PreparedChange, preparedChanges } from './prepared-changes';
import { Reviewer } from './reviewed';

let reviewer: Reviewer;
beforeAll(() => {
  reviewer = new Reviewer();
});
afterAll(() => reviewer.close());

/** What a report says of a change, but for the number of stacks that were looked at. */
function saidOf({ verdict, risks, findings, changes, order, fingerprint }: Report): unknown {
  return { verdict, risks, findings, changes, order, change: fingerprint?.change };
}

function prepared(title: string): PreparedChange {
  const found = preparedChanges.find((change) => change.title === title);
  if (!found) throw new Error(`there is no prepared change "${title}"`);
  return found;
}

/** A system on two sites and names, a network that others read, and two things at once to save time. */
const changes: readonly PreparedChange[] = [
  prepared('a shard moves to another site'),
  prepared('one origin gets another machine'),
  {
    ...prepared('shared code changes without an effect'),
    ...{ title: 'an image is another one, and shared code changes', lock: prepared('an image is another one').lock },
  } as PreparedChange,
];

describe('a stack that a change cannot touch need not be planned', () => {
  it.each(changes.map((change) => [change.title, change] as const))(
    'when %s',
    async (_, change) => {
      const { report: quick } = await reviewer.review(change);
      const { report: whole } = await reviewer.review(change, '--all');
      const skipped = quick.stacks.filter(({ outcome }) => outcome === 'untouched').map(({ id }) => id);
      expect(skipped.length).toBeGreaterThan(10);
      const planned = whole.stacks.filter(({ id }) => skipped.includes(id)).map(({ outcome }) => outcome);
      expect(planned).toEqual(skipped.map(() => 'unchanged'));
      expect(saidOf(quick)).toEqual(saidOf(whole));
      const others = (report: Report) => report.stacks.filter(({ id }) => !skipped.includes(id));
      expect(others(quick)).toEqual(others(whole));
    },
    120_000,
  );
});
