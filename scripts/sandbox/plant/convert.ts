import { Dynamic, equal, Precise, type Type, type Value } from '../values';
import { refusePlanting } from './not-plantable';
import { orderedSet } from './set-order';
import { elementsOf, gather, membersOf, numberIn, typed, type Path, type Typed } from './typed';

/** A value in another type, as Terraform converts it. Throws `NotPlantable` where it cannot. */
export function convert(from: Typed, type: Type): Typed {
  if (from.value === null) return typed(type, null, from.marks);
  if (type === 'dynamic') return from;
  if (typeof type === 'string') return { type, value: primitive(from, type), marks: from.marks };
  if (isWhollyMarked(from)) return { ...convert({ ...from, marks: [] }, type), marks: from.marks };
  switch (type[0]) {
    case 'list':
      return sequence(type, converted(from, type[1]));
    case 'set':
      return setOf(type, converted(from, type[1]));
    case 'map':
      return members(
        type,
        membersOf(from).map(([name, item]) => [name, convert(item, type[1])]),
      );
    case 'tuple':
      return sameType(from, type);
    case 'object':
      return members(type, objectMembers(from, type[1], type[2] ?? []));
  }
}

/** What goes into a place of a schema: open types keep theirs beside the value. */
export function stored({ type, value }: Typed, place: Type): Value {
  return place === 'dynamic' && value !== null ? new Dynamic(type, value) : value;
}

/** Types that differ are not equal, but for what a schema leaves open. */
export function sameType(from: Typed, type: Type): Typed {
  return isSameType(from.type, type) ? from : refusePlanting('values of different types');
}

export function isSameType(a: Type, b: Type): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The one type of several values; undefined where that would take more than looking. */
export function commonType(values: readonly Typed[]): Type | undefined {
  const types = values.filter(({ value }) => value !== null).map(({ type }) => type);
  const [first] = types;
  if (first === undefined) return values[0]?.type;
  if (types.every((type) => isSameType(type, first))) return first;
  return types.every((type) => typeof type === 'string' && type !== 'dynamic') ? 'string' : undefined;
}

const isWhollyMarked = ({ marks }: Typed): boolean => marks.some((path) => path.length === 0);

const converted = (from: Typed, type: Type): readonly Typed[] =>
  type === 'dynamic' ? refusePlanting('a collection of any type') : elementsOf(from).map((item) => convert(item, type));

function sequence(type: Type, items: readonly Typed[]): Typed {
  return {
    type,
    value: items.map(({ value }) => value),
    marks: gather(items.map((item, index) => [index, item.marks])),
  };
}

/** Elements of a set have no place: what is sensitive makes the whole of it so. */
function setOf(type: readonly ['list' | 'set' | 'map', Type], items: readonly Typed[]): Typed {
  const marks: readonly Path[] = items.some((item) => item.marks.length > 0) ? [[]] : [];
  const values = items.map(({ value }) => value);
  return { type, value: orderedSet(values, type[1]), marks };
}

function members(type: Type, items: readonly (readonly [string, Typed])[]): Typed {
  const value = Object.fromEntries(items.map(([name, item]) => [name, stored(item, memberOf(type, name))]));
  return { type, value, marks: gather(items.map(([name, item]) => [name, item.marks])) };
}

function memberOf(type: Type, name: string): Type {
  if (typeof type === 'string' || type[0] === 'tuple') return 'dynamic';
  return type[0] === 'object' ? (type[1][name] ?? 'dynamic') : type[1];
}

function objectMembers(
  from: Typed,
  types: Readonly<Record<string, Type>>,
  optional: readonly string[],
): readonly (readonly [string, Typed])[] {
  const given = new Map(membersOf(from));
  return Object.entries(types).map(([name, type]) => {
    const item = given.get(name);
    if (!item && !optional.includes(name)) refusePlanting(`there is no attribute ${name} in an object that needs it`);
    return [name, item ? convert(item, type) : typed(type, null)];
  });
}

function primitive({ value, type: from }: Typed, type: 'string' | 'number' | 'bool' | 'dynamic'): Value {
  if (type === 'string') return stringFrom(value);
  if (type === 'number') return numberFrom(value);
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return refusePlanting(`a value of type ${JSON.stringify(from)} is no bool`);
}

function stringFrom(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Precise) return value.digits;
  return typeof value === 'number' ? digitsOf(value) : refusePlanting('a structure where a text is wanted');
}

function numberFrom(value: Value): Value {
  if (value instanceof Precise) return value;
  if (typeof value === 'string' && !/^-?\d+(\.\d+)?$/.test(value)) refusePlanting(`"${value}" is no plain number`);
  const given = typeof value === 'string' ? Number(value) : numberIn(value);
  if (Number.isNaN(given)) refusePlanting('a structure where a number is wanted');
  return asTerraformHolds(given);
}

/** Terraform counts in decimals: what a double only comes near to goes over the wire as digits. */
function asTerraformHolds(value: number): Value {
  const digits = digitsOf(value);
  const [, decimals = ''] = digits.split('.');
  const isExact = BigInt(digits.replace('.', '')) % 5n ** BigInt(decimals.length) === 0n;
  return isExact ? value : new Precise(digits);
}

/** Digits without an exponent. Throws `NotPlantable` for numbers that JavaScript does not hold exactly. */
export function digitsOf(value: number): string {
  const digits = String(value);
  const isWhole = Number.isInteger(value);
  if (digits.includes('e') || (isWhole && !Number.isSafeInteger(value))) refusePlanting(`the number ${digits}`);
  return digits;
}

/** Whether two values are equal and of one type. Throws `NotPlantable` for structures. */
export function isEqual(a: Typed, b: Typed): boolean {
  if (a.value === null || b.value === null) return a.value === b.value;
  if (typeof a.type !== 'string' || typeof b.type !== 'string') refusePlanting('a comparison of structures');
  if (a.type === 'number' && b.type === 'number') return numberIn(a.value) === numberIn(b.value);
  return a.type === b.type && equal(a.value, b.value);
}
