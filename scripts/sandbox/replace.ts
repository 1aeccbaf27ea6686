import type { BlockFacts, TypeFacts } from './facts';
import { isLegacy } from './facts';
import type { Step } from './diagnostics';
import { typeOfBlock } from './schema';
import type { Fields, Type, Value } from './values';
import { canonical, equal, equalSets, isFields, isList, isUnknown } from './values';

/** The paths whose change makes the provider replace the object. */
export function replacements(type: TypeFacts, prior: Fields, planned: Fields): readonly (readonly Step[])[] {
  const legacy = isLegacy(type);
  return (type.force_new ?? []).flatMap((path) => {
    const wanted: Wanted = { steps: path.split('.'), legacy };
    return changes(wanted, prior, planned, typeOfBlock(type.block), type.block, []);
  });
}

interface Wanted {
  readonly steps: readonly string[];
  readonly legacy: boolean;
}

/** Where prior and planned differ along a path without indices. */
function changes(
  { steps, legacy }: Wanted,
  prior: Value,
  planned: Value,
  type: Type,
  block: BlockFacts | undefined,
  at: readonly Step[],
): readonly (readonly Step[])[] {
  const [name, ...rest] = steps;
  if (name === undefined) return same(prior, planned, type) ? [] : [at];
  if (!isFields(prior) || !isFields(planned)) return isAbsent(prior) === isAbsent(planned) ? [] : [at];
  const [before, after] = [prior[name] ?? null, planned[name] ?? null];
  const inner = memberOf(type, name);
  const here = [...at, name];
  const nested = block?.block_types?.[name];
  if (rest.length === 0 && nested && (legacy || nested.nesting_mode === 'single')) {
    return countOf(before) === countOf(after) ? [] : [here];
  }
  const next = { steps: rest, legacy };
  return rest.length === 0
    ? changes(next, before, after, inner, undefined, here)
    : descend(next, before, after, inner, nested?.block, here);
}

function descend(
  wanted: Wanted,
  before: Value,
  after: Value,
  type: Type,
  block: BlockFacts | undefined,
  at: readonly Step[],
): readonly (readonly Step[])[] {
  if (!isList(before) || !isList(after)) return changes(wanted, before, after, type, block, at);
  const element = elementOf(type);
  if (type[0] === 'set') return sameProjection(wanted.steps, before, after) ? [] : [at];
  const shared = Math.min(before.length, after.length);
  return Array.from({ length: shared }, (_, index) => index).flatMap((index) => {
    return changes(wanted, before[index] ?? null, after[index] ?? null, element, block, [...at, index]);
  });
}

/** Elements of a set have no place of their own: what counts is which values the path has over all of them. */
function sameProjection(steps: readonly string[], before: readonly Value[], after: readonly Value[]): boolean {
  const values = (items: readonly Value[]): readonly string[] =>
    items.map((item) => canonical(project(item, steps))).sort();
  const [old, fresh] = [values(before), values(after)];
  const shared = Math.min(old.length, fresh.length);
  return old.length === fresh.length ? old.join() === fresh.join() : shared === 0 || isContained(old, fresh);
}

function isContained(a: readonly string[], b: readonly string[]): boolean {
  const [small, large] = a.length < b.length ? [a, new Set(b)] : [b, new Set(a)];
  return small.every((item) => large.has(item));
}

function project(value: Value, steps: readonly string[]): Value {
  const [name, ...rest] = steps;
  if (name === undefined) return value;
  if (isList(value)) return value.map((item) => project(item, steps));
  return isFields(value) ? project(value[name] ?? null, rest) : null;
}

function same(prior: Value, planned: Value, type: Type): boolean {
  if (isUnknown(planned)) return false;
  if (type[0] === 'set' && isList(prior) && isList(planned)) return equalSets(prior, planned);
  return equal(prior, planned);
}

function isAbsent(value: Value): boolean {
  return value === null;
}

function countOf(value: Value): number {
  if (isList(value)) return value.length;
  return value === null ? 0 : 1;
}

function memberOf(type: Type, name: string): Type {
  if (typeof type !== 'string' && type[0] === 'object') return type[1][name] ?? 'dynamic';
  return typeof type !== 'string' && type[0] === 'map' ? type[1] : 'dynamic';
}

function elementOf(type: Type): Type {
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set') ? (type[1] as Type) : 'dynamic';
}
