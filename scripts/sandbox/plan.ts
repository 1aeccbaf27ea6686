import type { AttributeFacts, BlockFacts, NestedBlockFacts, NestedFacts, TypeFacts } from './facts';
import { isLegacy } from './facts';
import { entries } from './schema';
import type { Fields, Type, Value } from './values';
import { equal, isFields, isList, isUnknown, UNKNOWN } from './values';

/** What a plan needs to know of a type. */
interface Planning {
  readonly type: TypeFacts;
  readonly isLegacy: boolean;
}

/** One block as it is, as it is configured, and as core proposes it. */
interface Change {
  readonly prior: Fields | null;
  readonly proposed: Fields;
  readonly config: Fields;
}

/** The planned state of a resource: defaults filled in, what only the cloud can know left unknown. */
export function planOf(type: TypeFacts, change: Change): Record<string, Value> {
  return planBlock({ type, isLegacy: isLegacy(type) }, type.block, '', change);
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
  if (config !== null) return planning.isLegacy ? asLegacy(proposed, facts.type) : proposed;
  return omitted(planning, facts, path, change.prior === null, proposed);
}

/** The older SDK knows no set of which a part is unknown, and no null inside of blocks that are written as attributes. */
function asLegacy(value: Value, type: Type | undefined): Value {
  if (type === undefined || typeof type === 'string' || !isList(value)) return value;
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

function zeroOf(type: Type): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  return type[0] === 'list' || type[0] === 'set' ? [] : type[0] === 'map' ? {} : null;
}

/** Only the older SDK may plan a value for an argument that is not computed. */
function omitted(planning: Planning, facts: AttributeFacts, path: string, isNew: boolean, proposed: Value): Value {
  if (facts.computed && proposed !== null) return proposed;
  const fallback = defaultOf(planning.type, path);
  if (fallback !== undefined && (planning.isLegacy || facts.computed)) return fallback;
  return facts.computed && isNew ? UNKNOWN : proposed;
}

function defaultOf(type: TypeFacts, path: string): Value | undefined {
  const value = type.rules?.[path]?.default ?? type.defaults?.[path];
  return isFields(value) || isList(value) ? undefined : value;
}

/** Attributes of an attribute (protocol 6). */
function planNested(planning: Planning, nested: NestedFacts, path: string, change: Change, name: string): Value {
  const one = (inner: Change): Value => planAttributes(planning, nested.attributes, `${path}.`, inner);
  return eachItem(nested.nesting_mode, change, name, one, nested);
}

function planBlocks(planning: Planning, nested: NestedBlockFacts, path: string, change: Change, name: string): Value {
  const one = (inner: Change): Value => planBlock(planning, nested.block, `${path}.`, inner);
  return eachItem(nested.nesting_mode, change, name, one, nested.block);
}

type Members = Pick<BlockFacts, 'attributes' | 'block_types'>;

function eachItem(mode: string, change: Change, name: string, one: (inner: Change) => Value, members: Members): Value {
  const { prior, proposed, config } = change;
  const priorValue = prior?.[name] ?? null;
  const [value, configured] = [proposed[name] ?? null, config[name] ?? null];
  if (mode === 'set' && isList(configured)) return planSet(configured, priorValue, one, members);
  if (isList(value)) {
    return value.map((item, index) => planItem(item, itemOf(priorValue, index), itemOf(configured, index), one));
  }
  if (mode !== 'map' || !isFields(value)) return planItem(value, priorValue, configured, one);
  const items = Object.entries(value).map(([key, item]) => {
    return [key, planItem(item, itemOf(priorValue, key), itemOf(configured, key), one)] as const;
  });
  return Object.fromEntries(items);
}

function itemOf(value: Value, key: number | string): Value {
  if (isList(value)) return value[Number(key)] ?? null;
  return isFields(value) ? (value[key] ?? null) : null;
}

function planItem(value: Value, prior: Value, config: Value, one: (inner: Change) => Value): Value {
  if (!isFields(value)) return value;
  return one({ prior: isFields(prior) ? prior : null, proposed: value, config: isFields(config) ? config : value });
}

/** An element of a set keeps what the cloud computed for it when the same element was there before. */
function planSet(config: readonly Value[], prior: Value, one: (inner: Change) => Value, members: Members): Value {
  const rest = isList(prior) ? prior.filter(isFields) : [];
  return config.map((item) => {
    if (!isFields(item)) return item;
    const fresh = one({ prior: null, proposed: item, config: item });
    const at = isFields(fresh) ? rest.findIndex((old) => isSame(members, fresh, old, item)) : -1;
    const [old] = at < 0 ? [] : rest.splice(at, 1);
    return old ? one({ prior: old, proposed: merged(members, old, item), config: item }) : fresh;
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
  return equal(fresh || null, old || null);
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
