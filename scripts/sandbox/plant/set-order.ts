import { canonical, isFields, isList, type Type, type Value } from '../values';
import { numberIn } from './typed';

/**
 * Elements of a set once each, in the order in which Terraform holds them: primitive values by themselves, others by the text
 * that they are hashed by (cty, `set_internals.go`). Simulated clouds make ids of a configuration in this order.
 */
export function orderedSet(items: readonly Value[], type: Type): readonly Value[] {
  if (items.length < 2) return items;
  const once = [...new Map(items.map((item) => [canonical(item), item])).values()];
  const keyed = once.map((item) => ({ item, key: type === 'number' ? numberIn(item) : keyOf(item, type) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}

/** Nulls come last. */
function keyOf(item: Value, type: Type): string {
  if (item === null) return '\u{10ffff}';
  return typeof item === 'string' ? item : hashText(item, type);
}

function hashText(value: Value | undefined, type: Type): string {
  if (value === null || value === undefined) return '~';
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return listText(value, type);
  if (!isFields(value) || typeof type === 'string') return String(numberIn(value));
  const names = Object.keys(type[0] === 'object' ? type[1] : value).sort();
  if (type[0] === 'map') return `{${names.map((name) => `"${name}":${hashText(value[name], type[1])};`).join('')}}`;
  const members = type[0] === 'object' ? type[1] : {};
  return `<${names.map((name) => `${hashText(value[name], members[name] ?? 'dynamic')};`).join('')}>`;
}

function listText(items: readonly Value[], type: Type): string {
  if (typeof type === 'string' || type[0] === 'object') return '';
  const texts = items.map(
    (item, index) => `${hashText(item, type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : type[1])};`,
  );
  return type[0] === 'tuple' ? `<${texts.join('')}>` : `[${texts.join('')}]`;
}

/** A value with all of its sets in order. */
export function inSetOrder(value: Value, type: Type): Value {
  if (typeof type === 'string' || value === null) return value;
  if (isList(value)) {
    if (type[0] === 'tuple' || type[0] === 'object') return value;
    const items = value.map((item) => inSetOrder(item, type[1]));
    return type[0] === 'set' ? orderedSet(items, type[1]) : items;
  }
  if (!isFields(value) || (type[0] !== 'object' && type[0] !== 'map')) return value;
  const member = (name: string): Type => (type[0] === 'object' ? (type[1][name] ?? 'dynamic') : type[1]);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inSetOrder(item, member(name))]));
}
