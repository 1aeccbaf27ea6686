import { foreignStack } from '../../../scripts/review/plan/foreign-stack';
import type { PlanFile, PlannedResource } from '../../../scripts/review/plan/plan-file';
import type { PlatformDescription } from '../../../stacks/description/description';
import { describe as describePlatform } from '../../../stacks/main';
import type { Editable } from '../../support/topologies';
import { platformOf } from '../../support/topologies';
import type { Subject } from '../../../scripts/review/analysis/subject';
import { subjectsOf } from '../../../scripts/review/analysis/subject';
import type { ReviewContext } from '../../../scripts/review/findings/context';

/** One resource of a plan, as short as a test wants it. */
export function resource(
  address: string,
  actions: readonly string[],
  change: Partial<PlannedResource['change']> = {},
  more: Partial<PlannedResource> = {},
): PlannedResource {
  const [type = '', name = ''] = address.split('.');
  return { address, mode: 'managed', type, name, change: { actions: [...actions], ...change }, ...more };
}

export const planOf = (...resources: readonly PlannedResource[]): PlanFile => ({
  format_version: '1.2',
  resource_changes: [...resources],
});

export const describedReference = (edit?: (topology: Editable) => void): PlatformDescription =>
  describePlatform(platformOf(edit));

export const subjects = (...resources: readonly PlannedResource[]): Subject[] =>
  subjectsOf(planOf(...resources), { stack: foreignStack('foreign') });

/** What findings look at, of some subjects and nothing else. */
export const contextOf = (found: readonly Subject[], more: Partial<ReviewContext> = {}): ReviewContext => ({
  files: { base: new Map(), head: new Map() },
  subjects: found,
  changes: [],
  outputs: [],
  checks: [],
  drift: [],
  sizes: new Map(),
  ...more,
});
