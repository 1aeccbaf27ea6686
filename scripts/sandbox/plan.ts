import type { AttributeFacts, BlockFacts, NestedBlockFacts, NestedFacts, TypeFacts } from './facts';
import { isLegacy } from './facts';
import { entries } from './schema';
import type { Fields, Type, Value } from './values';
import { equal, equalSets, isFields, isList, isUnknown, isVoid, UNKNOWN } from './values';

/** What a plan needs to know of a type. */
interface Planning {
  readonly type: TypeFacts;
  readonly isLegacy: boolean;
  /** Blocks, by path, that the cloud fills in where there are none. */
  readonly filled: ReadonlySet<string>;
}

/** One block as it is, as it is configured, and as core proposes it. */
interface Change {
  readonly prior: Fields | null;
  readonly proposed: Fields;
  readonly config: Fields;
  /**
   * Whether a block without a prior one belongs to an object that exists: of those in lists the older SDK leaves single
   * values that are computed as they are, which is null.
   */
  readonly isAdded: boolean;
  /** Whether it is part of an element of a set, of which the older SDK makes everything anew. */
  readonly isInSet: boolean;
}

/**
 * The planned state of a resource: defaults filled in, what only the cloud can know left unknown.
 * @param filled blocks that the cloud fills in, beside those of the facts
 */
export function planOf(
  type: TypeFacts,
  { prior, proposed, config }: Omit<Change, 'isAdded' | 'isInSet'>,
  filled: readonly string[] = [],
): Record<string, Value> {
  const planning = { type, isLegacy: isLegacy(type), filled: new Set([...(type.computed_blocks ?? []), ...filled]) };
  return planBlock(planning, type.block, '', { prior, proposed, config, isAdded: false, isInSet: false });
}

function planBlock(planning: Planning, block: BlockFacts, at: string, change: Change): Record<string, Value> {
  const planned = planAttributes(planning, block.attributes, at, change);
  for (const [name, nested] of entries(block.block_types)) {
    planned[name] = planBlocks(planning, nested, at + name, change, name);
  }
  return planned;
}

function planAttributes(
  planning: Planning,
  attributes: Readonly<Record<string, AttributeFacts>> | undefined,
  at: string,
  change: Change,
): Record<string, Value> {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of entries(attributes)) {
    planned[name] = planAttribute(planning, attribute, at + name, change, name);
  }
  return planned;
}

function planAttribute(planning: Planning, facts: AttributeFacts, path: string, change: Change, name: string): Value {
  const config = change.config[name] ?? null;
  const proposed = change.proposed[name] ?? null;
  if (facts.write_only) return null;
  if (facts.nested_type && config !== null) return planNested(planning, facts.nested_type, path, change, name);
  if (planning.isLegacy && facts.computed && config === '') return change.prior?.[name] || UNKNOWN;
  if (config !== null)
    return planning.isLegacy
      ? asLegacy(proposed, facts.type, change.isInSet ? [] : (change.prior?.[name] ?? null))
      : proposed;
  return omitted(planning, facts, path, change, name);
}

/**
 * The older SDK knows no set of which a part is unknown, takes an empty one for none, and knows no null inside of blocks
 * that are written as attributes.
 */
function asLegacy(value: Value, type: Type | undefined, prior: Value): Value {
  if (type === undefined || typeof type === 'string' || !isList(value)) return value;
  if (type[0] === 'set' && value.length === 0 && prior === null) return null;
  if (type[0] === 'set' && value.some(isUnknown)) return UNKNOWN;
  const element = type[0] === 'set' || type[0] === 'list' ? type[1] : undefined;
  if (element === undefined || typeof element === 'string' || element[0] !== 'object') return value;
  const members = element[1];
  return value.map((item) => (isFields(item) ? withZeros(item, members) : item));
}

function withZeros(item: Fields, members: Readonly<Record<string, Type>>): Fields {
  const filled = Object.entries(members).map(([name, type]) => [name, item[name] ?? zeroOf(type)] as const);
  return Object.fromEntries(filled);
}

/** What the older SDK holds for a value that nobody gave. */
export function zeroOf(type: Type): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  return type[0] === 'list' || type[0] === 'set' ? [] : type[0] === 'map' ? {} : null;
}

/** Only the older SDK may plan a value for an argument that is not computed; what was empty stays as it was written down. */
function omitted(planning: Planning, facts: AttributeFacts, path: string, change: Change, name: string): Value {
  const [prior, proposed] = [change.prior?.[name] ?? null, change.proposed[name] ?? null];
  const fallback = defaultOf(planning.type, path);
  // newer providers know what is computed once from what has a default, the older SDK has no default for what is computed
  if (facts.computed && proposed !== null && (planning.isLegacy || fallback === undefined)) return proposed;
  if (fallback !== undefined && (planning.isLegacy || facts.computed)) return fallback;
  if (planning.isLegacy && proposed === null && facts.type) {
    const zero = zeroOf(facts.type);
    if (equal(prior, zero) || (isList(zero) && (change.isInSet || isList(prior)))) return zero;
  }
  const isLeft = change.isAdded && typeof facts.type === 'string';
  return facts.computed && change.prior === null && !isLeft ? UNKNOWN : proposed;
}

function defaultOf(type: TypeFacts, path: string): Value | undefined {
  const rule = type.rules?.[path];
  const value = rule?.default ?? type.defaults?.[path];
  // nothing and a default that is empty is a difference that does not count
  if (rule?.diff_suppressed && isVoid(value)) return undefined;
  return isFields(value) || isList(value) ? undefined : value;
}

/** Attributes of an attribute (protocol 6). */
function planNested(planning: Planning, nested: NestedFacts, path: string, change: Change, name: string): Value {
  const one = (inner: Change): Value => planAttributes(planning, nested.attributes, `${path}.`, inner);
  return eachItem(nested.nesting_mode, change, name, one, nested);
}

/** Blocks that the cloud fills in are unknown until it has, then stay; newer providers cannot plan that. */
function planBlocks(planning: Planning, nested: NestedBlockFacts, path: string, change: Change, name: string): Value {
  const { prior, config } = change;
  const isLeftOut = planning.isLegacy && isVoid(config[name]);
  if (isLeftOut && planning.filled.has(path)) return prior ? (prior[name] ?? null) : UNKNOWN;
  if (isLeftOut && prior && planning.type.rules?.[path]?.diff_suppressed) return prior[name] ?? null;
  const one = (inner: Change): Value => planBlock(planning, nested.block, `${path}.`, inner);
  return eachItem(nested.nesting_mode, change, name, one, { ...nested.block, isLegacy: planning.isLegacy });
}

type Members = Pick<BlockFacts, 'attributes' | 'block_types'> & { readonly isLegacy?: boolean };

function eachItem(mode: string, change: Change, name: string, one: (inner: Change) => Value, members: Members): Value {
  const { prior, proposed, config } = change;
  const priorValue = prior?.[name] ?? null;
  const [value, configured] = [proposed[name] ?? null, config[name] ?? null];
  if (mode === 'set' && isList(configured)) return planSet(configured, priorValue, one, members);
  const isAdded = Boolean(members.isLegacy) && (prior !== null || change.isAdded);
  const { isInSet } = change;
  const each = (inner: Change): Value => one({ ...inner, isAdded: isAdded && inner.prior === null, isInSet });
  if (isList(value)) {
    return value.map((item, index) => planItem(item, itemOf(priorValue, index), itemOf(configured, index), each));
  }
  if (mode !== 'map' || !isFields(value)) return planItem(value, priorValue, configured, each);
  const items = Object.entries(value).map(([key, item]) => {
    return [key, planItem(item, itemOf(priorValue, key), itemOf(configured, key), each)] as const;
  });
  return Object.fromEntries(items);
}

function itemOf(value: Value, key: number | string): Value {
  if (isList(value)) return value[Number(key)] ?? null;
  return isFields(value) ? (value[key] ?? null) : null;
}

function planItem(value: Value, prior: Value, config: Value, one: (inner: Change) => Value): Value {
  if (!isFields(value)) return value;
  const given = isFields(config) ? config : value;
  return one({ prior: isFields(prior) ? prior : null, proposed: value, config: given, isAdded: false, isInSet: false });
}

/** An element of a set keeps what the cloud computed for it when the same element was there before. */
function planSet(config: readonly Value[], prior: Value, one: (inner: Change) => Value, members: Members): Value {
  const rest = isList(prior) ? prior.filter(isFields) : [];
  return config.map((item) => {
    if (!isFields(item)) return item;
    const fresh = one({ prior: null, proposed: item, config: item, isAdded: false, isInSet: true });
    const at = isFields(fresh) ? rest.findIndex((old) => isSame(members, fresh, old, item)) : -1;
    const [old] = at < 0 ? [] : rest.splice(at, 1);
    return old
      ? one({ prior: old, proposed: merged(members, old, item), config: item, isAdded: false, isInSet: true })
      : fresh;
  });
}

function isSame(members: Members, fresh: Fields, old: Fields, config: Fields): boolean {
  const attributes = entries(members.attributes).every(([name, facts]) => {
    return (facts.computed && (config[name] ?? null) === null) || sameOrUnset(fresh[name], old[name]);
  });
  return attributes && entries(members.block_types).every(([name]) => sameUpToUnknown(fresh[name], old[name]));
}

/** The older SDK keeps an argument of a set's element that nobody gave as an empty text. */
function sameOrUnset(fresh: Value | undefined, old: Value | undefined): boolean {
  if (isVoid(fresh) && isVoid(old)) return true;
  return isList(fresh) && isList(old) ? equalSets(fresh, old) : equal(fresh, old);
}

function sameUpToUnknown(fresh: Value | undefined, old: Value | undefined): boolean {
  if (isUnknown(fresh)) return true;
  if (isList(fresh))
    return isList(old) && fresh.length === old.length && fresh.every((item, at) => sameUpToUnknown(item, old[at]));
  if (!isFields(fresh)) return equal(fresh, old);
  return isFields(old) && Object.keys(fresh).every((name) => sameUpToUnknown(fresh[name], old[name]));
}

function merged(members: Members, old: Fields, config: Fields): Fields {
  const kept = entries(members.attributes).filter(([name, facts]) => facts.computed && (config[name] ?? null) === null);
  return { ...config, ...Object.fromEntries(kept.map(([name]) => [name, old[name] ?? null])) };
}
