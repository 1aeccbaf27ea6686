import type { PlanInHand } from '../engine/engine';
import { TerraformFailure } from '../engine/plan-stack';
import type { CheckResult, OutputChange } from '../findings/context';
import { type StackFingerprint, fingerprintOf } from '../fingerprint';
import type { ConfiguredResource, PlanFile, PlannedResource } from '../plan/plan-file';
import type { ResourceChange } from '../report';
import { attributeChanges, secretsOf } from '../values/diff';
import { maskText } from '../values/mask';
import { type References, referencesOf } from '../values/references';
import { type Renames, renamesIn } from './renames';
import { riskOf } from './risk';
import { type PlanOrigin, type Subject, subjectsOf } from './subject';

/** What a review keeps of one plan. */
export interface StackPlan {
  readonly subjects: readonly Subject[];
  /** The same, in the same order, without a secret. */
  readonly changes: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  readonly checks: readonly CheckResult[];
  readonly drift: readonly Subject[];
  readonly renames: Renames;
  /** Managed resources before the change. */
  readonly size: number;
  /** Managed resources before and after, with their values: what costs are reckoned of. */
  readonly resources: { readonly before: readonly PricedResource[]; readonly after: readonly PricedResource[] };
  readonly fingerprint: StackFingerprint;
  /** Texts that must not be shown wherever they stand. */
  readonly secrets: readonly string[];
  /** False where Terraform has put something off, which this plan does not show. */
  readonly isWhole: boolean;
}

export interface PricedResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** @param configuration hash of what the plan was made from */
export async function readStackPlan(
  plan: PlanFile,
  origin: PlanOrigin,
  configuration: string,
  planWithMoves?: PlanInHand['planWithMoves'],
): Promise<StackPlan> {
  const subjects = subjectsOf(plan, origin);
  const configured = new Map(
    (plan.configuration?.root_module?.resources ?? []).map((one) => [one.address, one] as const),
  );
  const secrets = allSecrets(plan);
  return {
    subjects,
    changes: subjects.map((subject) => describe(subject, origin, configured, secrets)),
    outputs: outputChanges(plan, origin.stack.id),
    checks: failedChecks(plan, origin.stack.id, secrets),
    drift: subjectsOf({ ...plan, resource_changes: plan.resource_drift ?? [] }, origin),
    renames: await renamesOf(subjects, planWithMoves),
    size: managed(plan).filter(({ change }) => isThere(change.before)).length,
    resources: { before: priced(plan, 'before'), after: priced(plan, 'after') },
    fingerprint: fingerprintOf(configuration, plan),
    secrets,
    isWhole: plan.complete !== false && (plan.deferred_changes ?? []).length === 0,
  };
}

/** A secret that one resource marks is one wherever it stands. */
function allSecrets(plan: PlanFile): string[] {
  const resources = [...(plan.resource_changes ?? []), ...(plan.resource_drift ?? [])];
  const declared = plan.configuration?.root_module?.variables ?? {};
  const variables = Object.entries(plan.variables ?? {}).flatMap(([name, { value }]) =>
    secretsOf({
      type: '',
      before: null,
      after: { [name]: value },
      afterSensitive: { [name]: declared[name]?.sensitive === true },
    }),
  );
  const outputs = Object.entries(plan.output_changes ?? {}).flatMap(([name, { before, after, ...marks }]) => {
    const [beforeSensitive, afterSensitive] = [{ [name]: marks.before_sensitive }, { [name]: marks.after_sensitive }];
    return secretsOf({
      type: '',
      before: { [name]: before },
      after: { [name]: after },
      beforeSensitive,
      afterSensitive,
    });
  });
  return [
    ...new Set([
      ...resources.flatMap(({ type, change }) => secretsOf(valuesOf(type, change))),
      ...variables,
      ...outputs,
    ]),
  ];
}

const valuesOf = (type: string, change: PlannedResource['change']) => ({
  type,
  before: change.before,
  after: change.after,
  afterUnknown: change.after_unknown,
  beforeSensitive: change.before_sensitive,
  afterSensitive: change.after_sensitive,
  replacePaths: change.replace_paths,
});

/** What stays untold of a new or a leaving resource: its whole content. */
const told = new Set<Subject['action']>(['update', 'replace', 'import', 'move']);

function describe(
  subject: Subject,
  { platform }: PlanOrigin,
  configured: ReadonlyMap<string, ConfiguredResource>,
  secrets: readonly string[],
): ResourceChange {
  const { planned, address, stack, action, place, path, createFirst, reviewed } = subject;
  const { type, previous_address: former, change, action_reason: reason } = planned;
  const { risk, why } = riskOf(subject, platform?.head);
  const references = referencesAt(address, configured);
  const attributes = told.has(action) ? attributeChanges({ ...valuesOf(type, change), references, secrets }) : [];
  const words = reason === undefined ? undefined : reasons[reason];
  return {
    stack,
    address,
    ...(former === undefined ? {} : { previousAddress: former }),
    type,
    action,
    risk,
    why,
    ...(words === undefined ? {} : { reason: words }),
    ...(createFirst ? { createFirst } : {}),
    ...(reviewed.stateful ? { stateful: true } : {}),
    place,
    ...(path === undefined ? {} : { path }),
    attributes,
  };
}

function referencesAt(address: string, configured: ReadonlyMap<string, ConfiguredResource>): References | undefined {
  const resource = configured.get(address) ?? configured.get(address.replace(/\[[^\]]*\]$/, ''));
  return resource && referencesOf(resource.expressions);
}

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation, `action_reason`. */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is marked as tainted',
  replace_because_cannot_update: 'the provider cannot change it where it stands',
  replace_by_request: 'its replacement was asked for',
  replace_by_triggers: 'replace_triggered_by',
  delete_because_no_resource_config: 'it is not in the configuration any more',
  delete_because_no_module: 'its module is not in the configuration any more',
  delete_because_wrong_repetition: 'count or for_each is used otherwise',
  delete_because_count_index: 'count is smaller',
  delete_because_each_key: 'its key is not in for_each any more',
  delete_because_no_move_target: 'it was moved to where nothing is configured',
};

function outputChanges({ output_changes: outputs = {} }: PlanFile, stack: string): OutputChange[] {
  return Object.entries(outputs).flatMap(([name, { actions, before, after, after_unknown: unknown, ...marks }]) => {
    if (actions.every((action) => action === 'no-op')) return [];
    // What is below a sensitive output is sensitive, its keys too.
    if (marks.before_sensitive === true || marks.after_sensitive === true)
      return [{ stack, key: name, change: changeOf(before, after, unknown) }];
    if (!isRecord(before) && !isRecord(after) && !isRecord(unknown))
      return [{ stack, key: name, change: changeOf(before, after, unknown) }];
    const [from, to, open] = [before, after, unknown].map((value) => (isRecord(value) ? value : {})) as Values[];
    const keys = [...new Set([from, to, open].flatMap((value) => Object.keys(value ?? {})))].sort();
    return keys.flatMap((key) => {
      const change = changeOf(from?.[key], to?.[key], open?.[key] ?? unknown === true);
      const same = change === 'changed' && JSON.stringify(from?.[key]) === JSON.stringify(to?.[key]);
      return same ? [] : [{ stack, key: `${name}.${key}`, change }];
    });
  });
}

type Values = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isThere = (value: unknown): boolean => value !== undefined && value !== null;

function changeOf(before: unknown, after: unknown, unknown: unknown): OutputChange['change'] {
  if (unknown === true) return 'unknown';
  if (!isThere(before)) return 'added';
  return isThere(after) ? 'changed' : 'removed';
}

function failedChecks({ checks = [] }: PlanFile, stack: string, secrets: readonly string[]): CheckResult[] {
  return checks.flatMap(({ address, status, instances = [] }) => {
    if (status === 'pass') return [];
    const messages = instances.flatMap(({ problems = [] }) =>
      problems.map(({ message }) => maskText(message, secrets)),
    );
    return [{ stack, address: address.to_display ?? 'a check', status, messages }];
  });
}

async function renamesOf(subjects: readonly Subject[], planWithMoves?: PlanInHand['planWithMoves']): Promise<Renames> {
  try {
    return await renamesIn(subjects, planWithMoves);
  } catch (error) {
    // Terraform refuses a move between kinds of things: then it is none.
    if (error instanceof TerraformFailure) return { renames: [], ambiguous: [] };
    throw error;
  }
}

const managed = ({ resource_changes: resources = [] }: PlanFile): PlannedResource[] =>
  resources.filter(({ mode }) => mode === 'managed');

function priced(plan: PlanFile, side: 'before' | 'after'): PricedResource[] {
  return managed(plan).flatMap(({ address, type, change }) => {
    const values = change[side];
    return isRecord(values) ? [{ address, type, values }] : [];
  });
}
