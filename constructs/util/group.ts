/** Values by key, keys in order of first appearance. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

/** Entries of a record in the order of their keys, numbers within keys compared as numbers (`s2` before `s10`). */
export function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => compareNatural(a, b));
}

/** The same on every machine: no locale. */
export function compareNatural(a: string, b: string): number {
  const one = splitNumber(a);
  const other = splitNumber(b);
  if (one.head !== other.head) return one.head < other.head ? -1 : 1;
  return one.tail - other.tail || (a < b ? -1 : a > b ? 1 : 0);
}

function splitNumber(text: string): { head: string; tail: number } {
  const match = /^(.*?)(\d+)$/.exec(text);
  return match ? { head: match[1] ?? '', tail: Number(match[2]) } : { head: text, tail: -1 };
}
