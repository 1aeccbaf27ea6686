import { groupBy } from '../../../constructs/util/group';
import { idOf } from '../report';
import { type Subject, valuesAfter, valuesBefore } from './subject';

/** Something that goes and something that comes, which may be one thing. */
export interface Pair {
  readonly from: Subject;
  readonly to: Subject;
  /** Part of the known values of the new one that the old one has, 0 to 1. */
  readonly likeness: number;
  /** Top-level attributes in which they differ. */
  readonly differences: readonly string[];
}

export interface Likenesses {
  readonly pairs: readonly Pair[];
  /** Things that are equally like several others: it is not for a program to choose. */
  readonly ambiguous: readonly { readonly from: Subject; readonly candidates: readonly Subject[] }[];
}

/** What a rename may change beside the address; two things that differ in anything else are two things. */
const naming =
  /^(name|tags|tags_all|labels|effective_labels|terraform_labels|description|display_name|display_text|comment)$/;
/** Below this share of values in common, names are most of what there is. */
const leastLikeness = 0.5;
/** From this share on, two things of one kind are worth a word although they differ in more than names. */
const greatLikeness = 0.8;
/** With a single known value in common, any two resources of a type are alike. */
const leastValues = 2;

/** Comparisons within one type beyond which nobody looks for renames: a change that large is none. */
const mostComparisons = 250_000;

/**
 * Pairs of which each is the other's best, and only, match; in each type by itself.
 * @param differing what two of a pair may differ in
 */
export function likenesses(
  going: readonly Subject[],
  coming: readonly Subject[],
  differing: 'in names' | 'in more' = 'in names',
): Likenesses {
  const arrivals = groupBy(
    coming.map((subject) => ({ subject, values: leaves(valuesAfter(subject)) })),
    ({ subject }) => subject.planned.type,
  );
  const departures = groupBy(going, ({ planned }) => planned.type);
  const choices = going.map((from) => {
    const { type } = from.planned;
    const candidates = arrivals.get(type) ?? [];
    const isTooMuch = candidates.length * (departures.get(type)?.length ?? 0) > mostComparisons;
    const old = leaves(valuesBefore(from));
    const pairs = isTooMuch ? [] : candidates.flatMap((to) => pairOf(from, old, to, differing));
    const best = Math.max(0, ...pairs.map(({ likeness }) => likeness));
    return { from, best: pairs.filter(({ likeness }) => likeness === best) };
  });
  const wanted = groupBy(
    choices.flatMap(({ best }) => best),
    ({ to }) => idOf(to),
  );
  const isSure = (best: readonly Pair[]): boolean =>
    best.length === 1 && best.every(({ to }) => wanted.get(idOf(to))?.length === 1);
  return {
    pairs: choices.flatMap(({ best }) => (isSure(best) ? best : [])),
    ambiguous: choices.flatMap(({ from, best }) =>
      best.length === 0 || isSure(best) ? [] : [{ from, candidates: best.map(({ to }) => to) }],
    ),
  };
}

interface Arrival {
  readonly subject: Subject;
  readonly values: ReadonlyMap<string, string>;
}

function pairOf(
  from: Subject,
  old: ReadonlyMap<string, string>,
  { subject: to, values }: Arrival,
  differing: 'in names' | 'in more',
): Pair[] {
  const known = [...values].filter(([, value]) => value !== 'null');
  if (known.length < leastValues) return [];
  const different = known.filter(([path, value]) => old.get(path) !== value).map(([path]) => path);
  const likeness = 1 - different.length / known.length;
  const differences = [...new Set(different.map((path) => path.split('.')[0] ?? path))];
  const inNames = likeness >= leastLikeness && differences.every((name) => naming.test(name));
  const isSame = inNames || (differing === 'in more' && likeness >= greatLikeness);
  return isSame ? [{ from, to, likeness, differences }] : [];
}

/** Values by path. */
function leaves(value: unknown, at = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) leaves(inner, at === '' ? name : `${at}.${name}`, found);
  else found.set(at, JSON.stringify(value));
  return found;
}
