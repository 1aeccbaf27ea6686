/** One entry of `resource_changes` in `terraform show -json` of a plan. */
export interface PlannedChange {
  readonly address: string;
  readonly change: { readonly after: unknown; readonly after_unknown: unknown };
}

export interface Agreement {
  readonly same: number;
  readonly all: number;
  /** `address.attribute: real, own`. */
  readonly differences: readonly string[];
}

/** Compares two plans attribute by attribute; what one does not mention counts as null. */
export function agreement(real: readonly PlannedChange[], own: readonly PlannedChange[]): Agreement {
  const [theirs, ours] = [leavesOf(real), leavesOf(own)];
  const paths = [...new Set([...theirs.keys(), ...ours.keys()])].sort();
  const differing = paths.filter((path) => (theirs.get(path) ?? 'null') !== (ours.get(path) ?? 'null'));
  const differences = differing.map((path) => `${path}: ${theirs.get(path) ?? 'null'}, ${ours.get(path) ?? 'null'}`);
  return { same: paths.length - differing.length, all: paths.length, differences };
}

function leavesOf(changes: readonly PlannedChange[]): ReadonlyMap<string, string> {
  return new Map(changes.flatMap(({ address, change }) => leaves(change.after, change.after_unknown, address)));
}

function leaves(value: unknown, unknown: unknown, path: string): readonly (readonly [string, string])[] {
  if (unknown === true) return [[path, '(known after apply)']];
  if (!isContainer(value) && !isContainer(unknown)) return [[path, JSON.stringify(value)]];
  const [known, open] = [partsOf(value), partsOf(unknown)];
  const names = [...new Set([...Object.keys(known), ...Object.keys(open)])];
  if (names.length === 0) return [[path, Array.isArray(value ?? unknown) ? '[]' : '{}']];
  return names.flatMap((name) => leaves(known[name] ?? null, open[name], `${path}.${name}`));
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function partsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isContainer(value) ? (value as Record<string, unknown>) : {};
}
