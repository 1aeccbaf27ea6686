import { identityAt, identityOf, overlap } from './identity';
import { canonical, isFields, isList, type Node } from './node';

/** Pairs that are tried for the best overlap: the time grows with the square. */
const mostTries = 2500;
/** The part of the fields that two elements must share to be the same one. */
const leastOverlap = 0.5;

export interface Matching {
  /** Indices of elements that are equal, in the order of the former list. */
  readonly equal: readonly (readonly [number, number])[];
  /** Indices of elements that are the same thing with other values. */
  readonly changed: readonly (readonly [number, number])[];
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/** Which elements of two lists belong together, wherever they stand. */
export function matchLists(before: readonly Node[], after: readonly Node[]): Matching {
  const equal = matchEqual(before, after);
  const former = without(before, new Set(equal.map(([index]) => index)));
  const later = without(after, new Set(equal.map(([, index]) => index)));
  const changed = matchChanged(before, after, former, later);
  const gone = new Set(changed.map(([index]) => index));
  const come = new Set(changed.map(([, index]) => index));
  return {
    equal,
    changed,
    removed: former.filter((index) => !gone.has(index)),
    added: later.filter((index) => !come.has(index)),
  };
}

/** Whether elements that are equal stand in another order. */
export function isReordered({ equal }: Matching): boolean {
  return equal.some(([, index], position) => index < (equal[position - 1]?.[1] ?? -1));
}

function matchEqual(before: readonly Node[], after: readonly Node[]): (readonly [number, number])[] {
  const places = new Map<string, number[]>();
  after.forEach((node, index) => {
    const key = canonical(node);
    const list = places.get(key);
    if (list) list.push(index);
    else places.set(key, [index]);
  });
  for (const list of places.values()) list.reverse();
  return before.flatMap((node, index) => {
    const place = places.get(canonical(node))?.pop();
    return place === undefined ? [] : [[index, place] as const];
  });
}

const without = (list: readonly Node[], taken: ReadonlySet<number>): number[] =>
  list.map((_, index) => index).filter((index) => !taken.has(index));

function matchChanged(
  before: readonly Node[],
  after: readonly Node[],
  former: readonly number[],
  later: readonly number[],
): (readonly [number, number])[] {
  const [first = 0] = former;
  const [other = 0] = later;
  if (before.length === 1 && after.length === 1 && former.length === 1) return [[first, other]];
  const attribute = identityOf(before, after);
  return attribute === undefined
    ? matchByOverlap(before, after, former, later)
    : matchByIdentity(before, after, former, later, attribute);
}

function matchByIdentity(
  before: readonly Node[],
  after: readonly Node[],
  former: readonly number[],
  later: readonly number[],
  attribute: string,
): (readonly [number, number])[] {
  const places = new Map(later.map((index) => [identityAt(after[index] ?? null, attribute), index]));
  return former.flatMap((index) => {
    const place = places.get(identityAt(before[index] ?? null, attribute));
    return place === undefined ? [] : [[index, place] as const];
  });
}

function matchByOverlap(
  before: readonly Node[],
  after: readonly Node[],
  former: readonly number[],
  later: readonly number[],
): (readonly [number, number])[] {
  if (former.length * later.length > mostTries) return [];
  const texts = new Map<Node | undefined, string>();
  const textFor = (node: Node | undefined): string => {
    if (!isFields(node) && !isList(node)) return canonical(node);
    const text = texts.get(node) ?? canonical(node);
    texts.set(node, text);
    return text;
  };
  const equal = (one: Node | undefined, other: Node | undefined): boolean => textFor(one) === textFor(other);
  const scored = former.flatMap((one) =>
    later.map((other) => ({ one, other, score: overlap(before[one] ?? null, after[other] ?? null, equal) })),
  );
  const best = scored.filter(({ score }) => score >= leastOverlap).sort((a, b) => b.score - a.score);
  const taken = { one: new Set<number>(), other: new Set<number>() };
  return best.flatMap(({ one, other }) => {
    if (taken.one.has(one) || taken.other.has(other)) return [];
    taken.one.add(one);
    taken.other.add(other);
    return [[one, other] as const];
  });
}
