import { stableHash } from '../../constructs/util/hash';
import type { PlanFile, PlannedResource } from './plan/plan-file';
import type { Fingerprint } from './report';

export type StackFingerprint = Fingerprint['stacks'][string];
export type ChangeFingerprint = StackFingerprint['changes'][string];

const hashLength = 20;

/**
 * What matters of one stack's plan, and nothing that depends on ids which a provider allocates.
 * @param configuration hash of all that Terraform reads of the stack (`StackFiles.hash`)
 */
export function fingerprintOf(configuration: string, plan: PlanFile): StackFingerprint {
  const configured = new Map(
    (plan.configuration?.root_module?.resources ?? []).map(({ address, expressions }) => [
      address,
      keysOf(expressions),
    ]),
  );
  const entries = (plan.resource_changes ?? []).filter(isChange).map((resource) => {
    const { address, deposed } = resource;
    const own = configured.get(address) ?? configured.get(address.replace(/\[[^\]]*\]$/, '')) ?? [];
    return [deposed === undefined ? address : `${address} (deposed)`, changeOf(resource, own)] as const;
  });
  return { configuration, changes: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const isChange = ({ mode, change, previous_address }: PlannedResource): boolean =>
  mode === 'managed' &&
  (change.importing !== undefined ||
    previous_address !== undefined ||
    !change.actions.every((action) => action === 'no-op'));

/** What is done, and which of the attributes that the configuration sets differ: the rest is the provider's. */
function changeOf(
  { change, previous_address: former }: PlannedResource,
  configured: readonly string[],
): ChangeFingerprint {
  const paths = (change.replace_paths ?? []).map((path) => path.join('.')).sort();
  const importing = change.importing === undefined ? [] : ['import'];
  const from = former === undefined ? [] : [`from ${former}`];
  const does = [...change.actions, ...importing, ...from, ...paths.map((path) => `because of ${path}`)].join(', ');
  const [before, after] = [change.before, change.after].map(fieldsOf) as [Fields, Fields];
  const unknown = fieldsOf(change.after_unknown);
  const differs = (name: string): boolean =>
    hasUnknown(unknown[name]) || JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null);
  const isUpdate = change.actions.includes('update');
  return { does, attributes: isUpdate ? configured.filter(differs).sort() : [] };
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const keysOf = (value: unknown): string[] => Object.keys(fieldsOf(value));

const hasUnknown = (value: unknown): boolean =>
  value === true || (typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown));

/** Over all stacks that were planned. Its name begins with a word: YAML would take digits for a number. */
export function joinFingerprints(stacks: Readonly<Record<string, StackFingerprint>>): Fingerprint {
  const sorted = Object.fromEntries(Object.entries(stacks).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { change: `plan-${stableHash(JSON.stringify(sorted), hashLength)}`, stacks: sorted };
}

/** Whether what is planned now is what was reviewed, or a part of it, as when an earlier run has done the rest. */
export function isCovered(planned: ChangeFingerprint, reviewed: ChangeFingerprint | undefined): boolean {
  if (planned.does !== reviewed?.does) return false;
  return planned.attributes.every((name) => reviewed.attributes.includes(name));
}
