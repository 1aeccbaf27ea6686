import { stableHash } from '../../constructs/util/hash';
import type { PlannedResource } from './plan/plan-file';
import type { Fingerprint } from './report';

/** What matters of one stack's plan, and nothing that depends on ids which a provider allocates. */
export interface StackFingerprint {
  /** Hash of the stack's configuration. */
  readonly configuration: string;
  /** By address: what is done to it, from which address it comes, and what forces a replacement. */
  readonly changes: Readonly<Record<string, string>>;
}

const hashLength = 20;

/** @param configuration hash of all that Terraform reads of the stack (`StackFiles.hash`) */
export function fingerprintOf(configuration: string, resources: readonly PlannedResource[]): StackFingerprint {
  const changed = resources.filter(
    ({ mode, change, previous_address }) =>
      mode === 'managed' &&
      (change.importing !== undefined ||
        previous_address !== undefined ||
        !change.actions.every((action) => action === 'no-op')),
  );
  const entries = changed.map(({ address, previous_address: former, change }) => {
    const paths = (change.replace_paths ?? []).map((path) => path.join('.')).sort();
    const parts = [change.actions.join('+'), former ?? '', change.importing === undefined ? '' : 'import', ...paths];
    return [address, stableHash(JSON.stringify(parts), hashLength)] as const;
  });
  return { configuration, changes: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Over all stacks that the change does something to. Its name begins with a word: YAML would take digits for a number. */
export function joinFingerprints(stacks: Readonly<Record<string, StackFingerprint>>): Fingerprint {
  const sorted = Object.fromEntries(Object.entries(stacks).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { change: `plan-${stableHash(JSON.stringify(sorted), hashLength)}`, stacks: sorted as Fingerprint['stacks'] };
}
