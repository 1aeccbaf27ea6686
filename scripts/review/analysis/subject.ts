import type { ReviewedType } from '../../../constructs/contract/review';
import { registry } from '../../../constructs/providers/registry';
import type { DescribedStack, PlatformDescription } from '../../../stacks/description/description';
import type { StackFiles } from '../engine/stack-files';
import type { PlanFile, PlannedResource } from '../plan/plan-file';
import type { Action, ResourcePlace } from '../report';
import { placeOf } from './place';

/** One resource that a plan changes, with all that is known of it; values are as the plan has them, secrets included. */
export interface Subject {
  readonly stack: string;
  readonly address: string;
  readonly planned: PlannedResource;
  readonly action: Action;
  /** The new one stands before the old one goes. */
  readonly createFirst: boolean;
  readonly reviewed: ReviewedType;
  readonly place: ResourcePlace;
  readonly path?: string;
}

/** Where a plan comes from; a foreign one has neither platform nor files. */
export interface PlanOrigin {
  readonly stack: DescribedStack;
  readonly platform?: { readonly base: PlatformDescription; readonly head: PlatformDescription };
  readonly files?: { readonly base?: StackFiles; readonly head?: StackFiles };
}

const unknownType: ReviewedType = { kind: 'machine' };
/** Terraform's own: it holds values and triggers others. */
const builtIn: ReviewedType = { kind: 'trigger' };

const reviewedTypes = new Map<string, ReviewedType>(
  Object.values(registry).flatMap(({ reviewed }) => Object.entries(reviewed)),
);

export function reviewedType(type: string): ReviewedType {
  return reviewedTypes.get(type) ?? (type === 'terraform_data' ? builtIn : unknownType);
}

export const isKnownType = (type: string): boolean => reviewedTypes.has(type) || reviewedType(type) === builtIn;

/** Everything that a plan changes among managed resources, moves and imports included. */
export function subjectsOf(plan: PlanFile, origin: PlanOrigin): Subject[] {
  return (plan.resource_changes ?? []).flatMap((planned) => {
    const action = actionOf(planned);
    return planned.mode === 'managed' && action !== 'no-op' ? [subjectOf(planned, action, origin)] : [];
  });
}

function subjectOf(planned: PlannedResource, action: Action, { stack, platform, files }: PlanOrigin): Subject {
  // What goes away is where it was.
  const side = action === 'delete' || action === 'forget' ? 'base' : 'head';
  const bare = planned.address.replace(/\[[^\]]*\]$/, '');
  const path = files?.[side]?.paths.get(bare) ?? files?.head?.paths.get(bare) ?? files?.base?.paths.get(bare);
  const provider = files?.[side]?.providers.get(bare);
  const place = platform ? placeOf({ stack, path, provider }, platform[side]) : { sites: [...stack.sites] };
  return {
    stack: stack.id,
    address: planned.address,
    planned,
    action,
    createFirst: planned.change.actions[0] === 'create' && planned.change.actions.length === 2,
    reviewed: reviewedType(planned.type),
    place,
    ...(path === undefined ? {} : { path }),
  };
}

function actionOf({ previous_address: former, change }: PlannedResource): Action {
  const { actions, importing } = change;
  // A new one is made, and the old one is deleted or left behind: whoever uses it gets the new one.
  if (actions.includes('create') && actions.length > 1) return 'replace';
  const [action = 'no-op'] = actions;
  if (importing !== undefined && (action === 'no-op' || action === 'read')) return 'import';
  if (action === 'no-op' || action === 'read') return former === undefined ? 'no-op' : 'move';
  return isAction(action) ? action : 'update';
}

const isAction = (text: string): text is Action => ['create', 'update', 'delete', 'forget'].includes(text);

export const valuesBefore = ({ planned }: Subject): Readonly<Record<string, unknown>> =>
  fieldsOf(planned.change.before);
export const valuesAfter = ({ planned }: Subject): Readonly<Record<string, unknown>> => fieldsOf(planned.change.after);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
