import { equal, isFields, isList, isUnknown, type Type, type Value } from '../sandbox/values';

/** A planned value in two plans of one change. */
export interface Leaf {
  /** Without indices. */
  readonly path: string;
  readonly real: Value;
  readonly own: Value;
  readonly isSame: boolean;
}

/** One place in both plans and in the configuration. */
interface Place {
  readonly type: Type;
  readonly path: string;
  readonly real: Value;
  readonly own: Value;
  readonly config: Value;
}

/**
 * The values of two plans side by side, without what both leave null or empty and what both copied from the configuration.
 * Elements of a set are paired by how much they have in common.
 */
export function leavesOf(type: Type, real: Value, own: Value, config: Value): Leaf[] {
  return at({ type, path: '', real, own, config });
}

function at(place: Place): Leaf[] {
  const { type, path, real, own, config } = place;
  if (isUnknown(real) || isUnknown(own)) {
    const isSame = isUnknown(real) && isUnknown(own);
    return isSame && isUnknown(config) ? [] : [{ path, real, own, isSame }];
  }
  if (isEmpty(real) && isEmpty(own)) {
    return (real === null) === (own === null) ? [] : [{ path, real, own, isSame: false }];
  }
  if (typeof type !== 'string') return inside(place, type);
  const isSame = equal(real, own);
  return isSame && equal(real, config) ? [] : [{ path, real, own, isSame }];
}

function isEmpty(value: Value): boolean {
  return (
    value === null || (isList(value) && value.length === 0) || (isFields(value) && Object.keys(value).length === 0)
  );
}

function inside({ path, real, own, config }: Place, type: Exclude<Type, string>): Leaf[] {
  if (type[0] === 'object' || type[0] === 'map') {
    const [theirs, ours, given] = [real, own, config].map((value) => (isFields(value) ? value : {}));
    const inner = (name: string): Type => memberOf(type, name);
    const names = Object.keys(type[0] === 'object' ? type[1] : { ...theirs, ...ours });
    return names.flatMap((name) => {
      const member = { real: theirs?.[name] ?? null, own: ours?.[name] ?? null, config: given?.[name] ?? null };
      return at({ ...member, type: inner(name), path: path ? `${path}.${name}` : name });
    });
  }
  const [theirs, ours, given] = [real, own, config].map((value) => (isList(value) ? value : []));
  const rows = type[0] === 'set' ? paired(theirs ?? [], ours ?? [], given ?? []) : aligned(theirs, ours, given);
  return rows.flatMap(([one, other, configured], index) => {
    const element: Type = type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : type[1];
    return at({ type: element, path, real: one, own: other, config: configured });
  });
}

type Row = readonly [Value, Value, Value];

function aligned(real: readonly Value[] = [], own: readonly Value[] = [], config: readonly Value[] = []): Row[] {
  const longest = Math.max(real.length, own.length);
  return Array.from({ length: longest }, (_, at) => [real[at] ?? null, own[at] ?? null, config[at] ?? null] as const);
}

function paired(real: readonly Value[], own: readonly Value[], config: readonly Value[]): Row[] {
  const [ours, given] = [[...own], [...config]];
  const rows = real.map((one): Row => [one, takeClosest(ours, one), takeClosest(given, one)]);
  return [...rows, ...ours.map((left): Row => [null, left, null])];
}

/** Takes the element that has most in common out of a list; null from an empty one. */
function takeClosest(list: Value[], to: Value): Value {
  const scores = list.map((item) => likeness(item, to));
  const best = scores.indexOf(Math.max(...scores));
  return best < 0 ? null : (list.splice(best, 1)[0] ?? null);
}

function likeness(a: Value, b: Value): number {
  if (!isFields(a) || !isFields(b)) return equal(a, b) ? 1 : 0;
  return Object.keys(a).filter((name) => equal(a[name], b[name])).length;
}

function memberOf(type: Exclude<Type, string>, name: string): Type {
  if (type[0] === 'object') return type[1][name] ?? 'dynamic';
  return type[0] === 'map' ? type[1] : 'dynamic';
}
