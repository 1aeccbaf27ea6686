import { createHash } from 'node:crypto';
import { addressAt, isCidr, parseCidr, subdivide } from '../../../constructs/util/cidr';
import { convert } from './convert';
import type { TerraformFunction } from './functions';
import { jsonOf } from './json-text';
import { refusePlanting } from './not-plantable';
import { bool, elementsOf, nothing, number, numberIn, text, typed, type Typed } from './typed';

/** Functions that make texts of values, and the other way round. */
export const texts: Readonly<Record<string, TerraformFunction>> = {
  join: (separator, ...lists) => text(lists.flatMap(textsOf).join(textOf(separator))),
  split: (separator, whole) => {
    const by = textOf(separator) || refusePlanting('split into letters');
    return typed(['list', 'string'], textOf(whole).split(by));
  },
  base64encode: (value) => text(Buffer.from(textOf(value)).toString('base64')),
  base64decode: (value) => text(decoded(textOf(value))),
  sha256: (value) => text(digest('sha256', 'hex', value)),
  sha1: (value) => text(digest('sha1', 'hex', value)),
  sha512: (value) => text(digest('sha512', 'hex', value)),
  md5: (value) => text(digest('md5', 'hex', value)),
  base64sha256: (value) => text(digest('sha256', 'base64', value)),
  jsonencode: (value = nothing) => text(jsonOf(value.value)),
  lower: (value) => text(plain(value).toLowerCase()),
  upper: (value) => text(plain(value).toUpperCase()),
  trimspace: (value) => text(plain(value).trim()),
  trimprefix: (value, prefix) => text(without(textOf(value), textOf(prefix))),
  trimsuffix: (value, suffix) => text(withoutEnd(textOf(value), textOf(suffix))),
  startswith: (value, prefix) => bool(textOf(value).startsWith(textOf(prefix))),
  endswith: (value, suffix) => bool(textOf(value).endsWith(textOf(suffix))),
  replace: (value, old, fresh) => text(replaced(textOf(value), textOf(old), textOf(fresh))),
  format: (pattern, ...args) => text(formatted(textOf(pattern), args)),
  tostring: (value = nothing) => convert(value, 'string'),
  tonumber: (value = nothing) => convert(value, 'number'),
  tobool: (value = nothing) => convert(value, 'bool'),
  cidrhost: (range, index) => text(addressAt(rangeOf(range), withinRange(range, index))),
  cidrsubnet: (range, bits, index) => text(subdivided(rangeOf(range), numberOf(bits), numberOf(index))),
  parseint: (value, base) => number(parsed(textOf(value), numberOf(base))),
};

/** An argument as a text. Throws `NotPlantable` for null and for a missing one. */
export function textOf(value: Typed | undefined): string {
  return (convert(value ?? nothing, 'string').value ?? refusePlanting('null where a text is wanted')) as string;
}

/** An argument as a number. */
export function numberOf(value: Typed | undefined): number {
  const { value: found } = convert(value ?? nothing, 'number');
  return found === null ? refusePlanting('null where a number is wanted') : numberIn(found);
}

const textsOf = (list: Typed): readonly string[] => elementsOf(list).map(textOf);

const digest = (algorithm: string, form: 'hex' | 'base64', value: Typed | undefined): string =>
  createHash(algorithm).update(textOf(value)).digest(form);

/** Only letters that every language turns alike. */
function plain(value: Typed | undefined): string {
  const letters = textOf(value);
  return Buffer.byteLength(letters) === letters.length ? letters : refusePlanting('letters beyond ASCII');
}

function decoded(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  const letters = bytes.toString('utf8');
  const isWhole = bytes.toString('base64') === value && Buffer.from(letters).equals(bytes);
  return isWhole ? letters : refusePlanting('base64 that does not hold a text');
}

const without = (value: string, prefix: string): string =>
  value.startsWith(prefix) ? value.slice(prefix.length) : value;

const withoutEnd = (value: string, suffix: string): string =>
  suffix && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;

/** Between slashes it would be a regular expression of another dialect. */
function replaced(value: string, old: string, fresh: string): string {
  if (old === '' || /^\/.*\/$/s.test(old)) refusePlanting('replace with a pattern');
  return value.replaceAll(old, () => fresh);
}

function formatted(pattern: string, args: readonly Typed[]): string {
  let index = 0;
  const result = pattern.replace(/%(.?)/gs, (_whole, verb: string) => {
    if (verb === '%') return '%';
    if (verb !== 's' && verb !== 'd') refusePlanting(`%${verb} in a format`);
    const argument = args[index++];
    return verb === 's' ? textOf(argument) : String(numberOf(argument));
  });
  return index === args.length ? result : refusePlanting('a format with another number of arguments');
}

function rangeOf(value: Typed | undefined): string {
  const range = textOf(value);
  return isCidr(range) ? range : refusePlanting(`the range ${range}`);
}

function withinRange(range: Typed | undefined, index: Typed | undefined): number {
  const { first, last } = parseCidr(rangeOf(range));
  const wanted = numberOf(index);
  const isInside = Number.isInteger(wanted) && wanted >= 0 && first + wanted <= last;
  return isInside ? wanted : refusePlanting(`address ${wanted} of a range`);
}

function subdivided(range: string, bits: number, index: number): string {
  const isInside = parseCidr(range).prefix + bits <= 32 && index >= 0 && index < 2 ** bits;
  return isInside ? subdivide(range, bits, index) : refusePlanting(`part ${index} of ${range}`);
}

function parsed(digits: string, base: number): number {
  return base === 10 && /^-?\d{1,15}$/.test(digits) ? Number(digits) : refusePlanting('parseint of anything else');
}
