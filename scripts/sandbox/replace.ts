import type { BlockFacts, TypeFacts } from './facts';
import { isLegacy } from './facts';
import type { Step } from './diagnostics';
import { typeOfBlock } from './schema';
import type { Fields, Type, Value } from './values';
import { canonical, equal, equalSets, isFields, isList, isUnknown, isVoid } from './values';

/** The paths whose change makes the provider replace the object. */
export function replacements(type: TypeFacts, prior: Fields, planned: Fields): readonly (readonly Step[])[] {
  const legacy = isLegacy(type);
  const all = type.force_new ?? [];
  return all.flatMap((path) => {
    const members = all.filter((other) => other.startsWith(`${path}.`)).map((other) => other.slice(path.length + 1));
    const wanted: Wanted = { steps: path.split('.'), legacy, members };
    return changes(wanted, prior, planned, typeOfBlock(type.block), type.block, []);
  });
}

interface Wanted {
  readonly steps: readonly string[];
  readonly legacy: boolean;
  /** What of it replaces the object, where the facts tell. */
  readonly members: readonly string[];
}

/** Where prior and planned differ along a path without indices. */
function changes(
  { steps, legacy, members }: Wanted,
  prior: Value,
  planned: Value,
  type: Type,
  block: BlockFacts | undefined,
  at: readonly Step[],
): readonly (readonly Step[])[] {
  const [name, ...rest] = steps;
  if (name === undefined) return same(prior, planned, type, legacy) ? [] : [at];
  if (!isFields(prior) && !isFields(planned)) return [];
  if (!isFields(prior) || !isFields(planned)) {
    if (!legacy) return block ? [at] : [];
    if (rest.length === 0 && !block?.block_types?.[name]) return ofLonelyBlock(name, prior, planned, block, at);
  }
  const [before, after] = [memberAt(prior, name), memberAt(planned, name)];
  const inner = memberOf(type, name);
  const here = [...at, name];
  const nested = block?.block_types?.[name];
  if (rest.length === 0 && nested && (legacy || nested.nesting_mode === 'single')) {
    return countOf(before) === countOf(after) ? [] : [here];
  }
  const next = { steps: rest, legacy, members };
  const attributes = rest.length === 0 && !isFields(before) && block?.attributes?.[name]?.nested_type?.attributes;
  if (attributes && isFields(after)) return givenIn(after, members).map((member) => [...here, member]);
  return rest.length === 0
    ? changes(next, before, after, inner, undefined, here)
    : descend(next, before, after, inner, nested?.block, here);
}

/** An argument of a block that comes or goes: what the cloud computes does not count, a zero does. */
function ofLonelyBlock(
  name: string,
  prior: Value,
  planned: Value,
  block: BlockFacts | undefined,
  at: readonly Step[],
): readonly (readonly Step[])[] {
  const value = isFields(planned) ? (planned[name] ?? null) : memberAt(prior, name);
  const isComputed = Boolean(block?.attributes?.[name]?.computed);
  const isNothing = isFields(planned) && (value === 0 || value === false) ? false : isVoid(value);
  return isNothing || (isComputed && !isFields(planned)) ? [] : [[...at, name]];
}

/** Newer providers name each argument of an attribute that was not there. */
function givenIn(fields: Fields, members: readonly string[]): string[] {
  const given = Object.keys(fields).filter((name) => fields[name] !== null);
  return members.length === 0 ? given : given.filter((name) => members.includes(name));
}

function memberAt(value: Value, name: string): Value {
  return isFields(value) ? (value[name] ?? null) : null;
}

/** The older SDK asks each argument of a block that comes or goes too. */
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
  const asked = wanted.legacy ? Math.max(before.length, after.length) : Math.min(before.length, after.length);
  return Array.from({ length: asked }, (_, index) => index).flatMap((index) => {
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

/** To the older SDK nothing and an empty value are the same. */
function same(prior: Value, planned: Value, type: Type, legacy: boolean): boolean {
  if (isUnknown(planned)) return false;
  if (legacy && isVoid(prior) && isVoid(planned)) return true;
  if (type[0] === 'set' && isList(prior) && isList(planned)) return equalSets(prior, planned);
  return equal(prior, planned);
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
