import { joinChanges } from './plan-summary';
import type { StackOutcome } from './stack-work';

/** What came of one stack that was worked on twice. */
export function joinOutcomes(before: StackOutcome, after: StackOutcome): StackOutcome {
  const both = before.changed && after.changed;
  const summary = both ? `${before.summary}; then ${after.summary}` : (before.changed ? before : after).summary;
  return {
    ...after,
    summary,
    changed: before.changed || after.changed,
    changes: joinChanges(before.changes, after.changes),
    startedAt: before.startedAt,
    seconds: before.seconds + after.seconds,
  };
}
