import { Dynamic, isFields, isList, Precise, type Type, type Value } from '../values';
import { refusePlanting } from './not-plantable';

/** The way from a value to a part of it: names of attributes, keys, positions. */
export type Path = readonly (string | number)[];

/** A value as Terraform computes with it: with its type, and the parts that are sensitive. Sets are in Terraform's order. */
export interface Typed {
  readonly type: Type;
  readonly value: Value;
  readonly marks: readonly Path[];
}

const unmarked: readonly Path[] = [];
const wholly: readonly Path[] = [[]];

/** A value of a known type; one of an open type brings its own. */
export function typed(type: Type, value: Value, marks: readonly Path[] = unmarked): Typed {
  return value instanceof Dynamic ? { type: value.type, value: value.value, marks } : { type, value, marks };
}

export const nothing: Typed = typed('dynamic', null);
export const text = (value: string): Typed => typed('string', value.normalize('NFC'));
export const number = (value: number): Typed =>
  Number.isInteger(value) && !Number.isSafeInteger(value)
    ? refusePlanting(`the number ${value}`)
    : typed('number', value);
export const bool = (value: boolean): Typed => typed('bool', value);

/** A tuple of values. */
export function tupleOf(items: readonly Typed[]): Typed {
  const type: Type = ['tuple', items.map((item) => item.type)];
  return typed(type, items.map(inner), gather(items.map((item, index) => [index, item.marks])));
}

/** An object of values. */
export function objectOf(entries: readonly (readonly [string, Typed])[]): Typed {
  const sorted = [...new Map(entries)].sort(([a], [b]) => (a < b ? -1 : 1));
  const type: Type = ['object', Object.fromEntries(sorted.map(([name, item]) => [name, item.type]))];
  const value = Object.fromEntries(sorted.map(([name, item]) => [name, inner(item)]));
  return typed(type, value, gather(sorted.map(([name, item]) => [name, item.marks])));
}

const inner = ({ value }: Typed): Value => value;

/** The marks of a whole, of those of its parts. */
export function gather(parts: readonly (readonly [string | number, readonly Path[]])[]): readonly Path[] {
  if (parts.every(([, marks]) => marks.length === 0)) return unmarked;
  return parts.flatMap(([step, marks]) => marks.map((path) => [step, ...path]));
}

/** The same value, sensitive as a whole if any of the others is anywhere. */
export function tainted(value: Typed, by: readonly Typed[]): Typed {
  return by.every(({ marks }) => marks.length === 0) ? value : { ...value, marks: wholly };
}

export function marked(value: Typed): Typed {
  return { ...value, marks: wholly };
}

export function withoutMarks(value: Typed): Typed {
  return value.marks.length === 0 ? value : { ...value, marks: unmarked };
}

/** Numbers of any form; NaN of anything else. */
export function numberIn(value: Value): number {
  if (value instanceof Precise) return Number(value.digits);
  return typeof value === 'number' ? value : NaN;
}

/** An attribute of an object or an element of a map. */
export function attributeOf(whole: Typed, name: string): Typed {
  const { type, value } = whole;
  if (value === null) refusePlanting(`attribute ${name} of null`);
  const isNumber = /^\d+$/.test(name);
  if (isList(value)) return isNumber ? elementAt(whole, Number(name)) : refusePlanting(`attribute ${name} of a list`);
  if (!isFields(value) || typeof type === 'string') refusePlanting(`attribute ${name} of a plain value`);
  const member = type[0] === 'object' ? type[1][name] : type[0] === 'map' && name in value ? type[1] : undefined;
  if (member === undefined) refusePlanting(`there is no attribute ${name}`);
  return typed(member, value[name] ?? null, marksBelow(whole.marks, name));
}

/** An element of a list or a tuple. */
export function elementAt(whole: Typed, index: number): Typed {
  const { type, value } = whole;
  if (!isList(value) || type[0] === 'set') refusePlanting(`element ${index} of what is no list`);
  if (!(index in value)) refusePlanting(`there is no element ${index}`);
  return typed(elementType(type, index), value[index] ?? null, marksBelow(whole.marks, index));
}

/** What a list, a set or a tuple consists of. */
export function elementsOf({ type, value, marks }: Typed): readonly Typed[] {
  if (!isList(value)) refusePlanting('elements of what is no list');
  return value.map((item, index) =>
    typed(elementType(type, index), item, type[0] === 'set' && marks.length ? wholly : marksBelow(marks, index)),
  );
}

/** What an object or a map consists of, by name. */
export function membersOf(whole: Typed): readonly (readonly [string, Typed])[] {
  if (!isFields(whole.value)) refusePlanting('members of what is no object');
  const names = Object.keys(whole.value).sort();
  return names.map((name) => [name, attributeOf(whole, name)]);
}

export function elementType(type: Type, index: number): Type {
  if (typeof type === 'string' || type[0] === 'object') return 'dynamic';
  return type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : type[1];
}

function marksBelow(marks: readonly Path[], step: string | number): readonly Path[] {
  if (marks.length === 0) return unmarked;
  if (marks.some((path) => path.length === 0)) return wholly;
  return marks.filter(([first]) => first === step).map((path) => path.slice(1));
}
