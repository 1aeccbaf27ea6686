import { isFields, isList, type Type } from '../values';
import { commonType, convert, isEqual, isSameType } from './convert';
import type { TerraformFunction } from './functions';
import { refusePlanting } from './not-plantable';
import { numberOf, textOf } from './text-functions';
import {
  attributeOf,
  bool,
  elementsOf,
  membersOf,
  nothing,
  number,
  objectOf,
  tupleOf,
  typed,
  type Typed,
} from './typed';

/** Functions of lists, sets, maps and objects. */
export const collections: Readonly<Record<string, TerraformFunction>> = {
  length: (value) => number(lengthOf(given(value))),
  one: (value) => {
    const items = elementsOf(given(value));
    if (items.length > 1) refusePlanting(`one of ${items.length}`);
    return items[0] ?? nothing;
  },
  element: (list, index) => {
    const items = listed(given(list));
    const wanted = numberOf(index);
    return items[wanted % items.length] ?? refusePlanting(`element ${wanted} of a list`);
  },
  concat: (...lists) => concatenated(lists),
  merge: (...all) => merged(all.filter(({ value }) => value !== null)),
  lookup: (map, key, fallback) => {
    const name = textOf(key);
    const whole = given(map);
    if (isFields(whole.value) && name in whole.value) return attributeOf(whole, name);
    const instead = fallback ?? refusePlanting(`there is no ${name}`);
    return whole.type[0] === 'map' ? convert(instead, whole.type[1] as Type) : instead;
  },
  keys: (map) => {
    const names = membersOf(given(map)).map(([name]) => name);
    return typed(given(map).type[0] === 'map' ? ['list', 'string'] : ['tuple', names.map(() => 'string')], names);
  },
  values: (map) => {
    const { type } = given(map);
    const items = membersOf(given(map)).map(([, item]) => item);
    return type[0] === 'map' ? convert(tupleOf(items), ['list', type[1] as Type]) : tupleOf(items);
  },
  contains: (list, wanted) => bool(elementsOf(given(list)).some((item) => isEqual(item, given(wanted)))),
  coalesce: (...all) => {
    const type = commonType(all) ?? refusePlanting('coalesce of different types');
    const found = all.find(({ value }) => value !== null && value !== '');
    return convert(found ?? refusePlanting('coalesce of nothing'), type);
  },
  compact: (list) =>
    typed(
      ['list', 'string'],
      elementsOf(given(list)).flatMap((item) => (item.value === null || item.value === '' ? [] : [textOf(item)])),
    ),
  flatten: (list) => tupleOf(flat(given(list))),
  tolist: (value) => collected('list', given(value)),
  toset: (value) => collected('set', given(value)),
  tomap: (value) => {
    const type = commonType(membersOf(given(value)).map(([, item]) => item));
    return convert(given(value), ['map', type ?? refusePlanting('a map of different types')]);
  },
  max: (...all) => number(Math.max(...all.map(numberOf))),
  min: (...all) => number(Math.min(...all.map(numberOf))),
};

function given(value: Typed | undefined): Typed {
  return value === undefined || value.value === null ? refusePlanting('null in a function') : value;
}

function lengthOf({ value }: Typed): number {
  if (isList(value)) return value.length;
  if (isFields(value)) return Object.keys(value).length;
  return typeof value === 'string' && /^[\x20-\x7e]*$/.test(value)
    ? value.length
    : refusePlanting('the length of a text beyond ASCII');
}

function listed(value: Typed): readonly Typed[] {
  return value.type[0] === 'set' ? refusePlanting('a set, which has no order, for a list') : elementsOf(value);
}

/** Lists of one type stay a list; anything else becomes a tuple. */
function concatenated(lists: readonly Typed[]): Typed {
  const whole = tupleOf(lists.flatMap((list) => listed(given(list))));
  const [first] = lists;
  if (!first || lists.some(({ type }) => type[0] !== 'list')) {
    return lists.some(({ type }) => type[0] === 'list') ? refusePlanting('concat of lists and tuples') : whole;
  }
  if (!lists.every(({ type }) => isSameType(type, first.type))) refusePlanting('concat of lists of different types');
  return convert(whole, first.type);
}

function merged(all: readonly Typed[]): Typed {
  const entries = all.flatMap(membersOf);
  const [first] = all;
  if (!first || all.every(({ type }) => type[0] === 'object')) return objectOf(entries);
  if (!all.every(({ type }) => isSameType(type, first.type))) refusePlanting('merge of maps of different types');
  return convert(objectOf(entries), first.type);
}

function flat(value: Typed): readonly Typed[] {
  return elementsOf(value).flatMap((item) => (isList(item.value) ? flat(item) : [item]));
}

function collected(kind: 'list' | 'set', value: Typed): Typed {
  if (value.type[0] === 'list' || value.type[0] === 'set') return convert(value, [kind, value.type[1] as Type]);
  const type = commonType(elementsOf(value)) ?? refusePlanting(`a ${kind} of different types`);
  return convert(value, [kind, type]);
}
