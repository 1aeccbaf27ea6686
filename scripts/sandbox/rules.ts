import type { BlockFacts, RuleFacts, TypeFacts } from './facts';
import { isLegacy } from './facts';
import { errorAt, textOf, type Diagnostic, type Step } from './diagnostics';
import { formatError, matches } from './formats';
import { groupErrors } from './groups';
import { itemErrors } from './items';
import type { Fields, Value } from './values';
import { hasUnknown, isFields, isList } from './values';

/** A value in a configuration and where it stands; `path` has indices, the rules' own paths have none. */
export interface Place {
  readonly path: readonly Step[];
  readonly value: Value;
  /** The block that holds it. */
  readonly block: Fields;
}

/**
 * Every error that the rules find in a configuration. Unknown values are right.
 * The older SDK leaves a block alone while anything in it is unknown: what is wrong there shows at the apply.
 */
export function validate(type: TypeFacts, config: Fields): readonly Diagnostic[] {
  const errors = compile(type).flatMap(({ steps, rule }) => {
    const [top = '', ...inner] = steps;
    if (inner.length && isLegacy(type) && hasUnknown(config[top])) return [];
    const places = placesOf(config, steps, [], type.block);
    return places.flatMap((place) => [
      ...itemErrors(rule, place, isLegacy(type)),
      ...valueErrors(rule, place),
      ...groupErrors(rule, place, { config, type }),
    ]);
  });
  return withoutRepeats(errors);
}

/** Each member of a group states the group's rule: one error is enough for all of them. */
function withoutRepeats(errors: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ summary, detail = '' }: Diagnostic): string => `${summary} ${detail.replace(/^"[^"]*": /, '')}`;
  return [...new Map(errors.map((error) => [key(error), error])).values()];
}

interface Compiled {
  readonly steps: readonly string[];
  readonly rule: RuleFacts;
}

const compiledRules = new WeakMap<TypeFacts, readonly Compiled[]>();

function compile(type: TypeFacts): readonly Compiled[] {
  const known = compiledRules.get(type);
  if (known) return known;
  const rules = Object.entries(type.rules ?? {}).filter(([, rule]) => checks(rule));
  const compiled = rules.map(([path, rule]) => ({ steps: path.split('.'), rule }));
  compiledRules.set(type, compiled);
  return compiled;
}

const NOT_CHECKED = new Set(['default', 'force_new', 'default_from_environment', 'diff_suppressed', 'more']);

function checks(rule: RuleFacts): boolean {
  return Object.keys(rule).some((name) => !NOT_CHECKED.has(name));
}

/** The places of a path: one for each block that could hold it. */
function placesOf(
  block: Fields,
  steps: readonly string[],
  at: readonly Step[],
  facts: BlockFacts | undefined,
): readonly Place[] {
  const [name, ...rest] = steps;
  if (name === undefined) return [];
  const value = block[name] ?? null;
  if (rest.length === 0) return [{ path: [...at, name], value, block }];
  const inner = facts?.block_types?.[name];
  const isSet = inner?.nesting_mode === 'set';
  if (isFields(value)) return placesOf(value, rest, [...at, name], inner?.block);
  if (!isList(value)) return [];
  return value.flatMap((item, index) =>
    isFields(item) ? placesOf(item, rest, isSet ? [...at, name] : [...at, name, index], inner?.block) : [],
  );
}

function valueErrors(rule: RuleFacts, { path, value }: Place): readonly Diagnostic[] {
  const values = isList(value) ? value : [value];
  return values.flatMap((item) => {
    const message = messageOf(rule, textOf(path), item);
    return message ? [errorAt(path, message)] : [];
  });
}

/** Wording of Terraform's SDK (`helper/validation`). */
function messageOf(rule: RuleFacts, name: string, value: Value): string | undefined {
  if (typeof value === 'boolean') return memberError(rule, name, value);
  if (typeof value === 'number') return memberError(rule, name, value) ?? rangeError(rule, name, value);
  if (typeof value !== 'string') return undefined;
  return memberError(rule, name, value) ?? lengthError(rule, name, value) ?? shapeError(rule, name, value);
}

function memberError(rule: RuleFacts, name: string, value: string | number | boolean): string | undefined {
  if (!rule.one_of || rule.one_of.some((item) => String(item) === String(value))) return undefined;
  const choices = rule.one_of.map((item) => JSON.stringify(item)).join(' ');
  return `expected ${name} to be one of [${choices}], got ${value}`;
}

function rangeError({ min, max, ranges }: RuleFacts, name: string, value: number): string | undefined {
  if (ranges && !ranges.some(([low, high]) => value >= low && value <= high)) {
    return `expected ${name} to be in one of the ranges ${ranges.map(([low, high]) => `(${low} - ${high})`).join(', ')}, got ${value}`;
  }
  if (min !== undefined && max !== undefined && (value < min || value > max)) {
    return `expected ${name} to be in the range (${min} - ${max}), got ${value}`;
  }
  if (min !== undefined && value < min) return `expected ${name} to be at least (${min}), got ${value}`;
  return max !== undefined && value > max ? `expected ${name} to be at most (${max}), got ${value}` : undefined;
}

function lengthError(
  { min_length = 0, max_length = Infinity }: RuleFacts,
  name: string,
  value: string,
): string | undefined {
  const length = Buffer.byteLength(value);
  if (length >= min_length && length <= max_length) return undefined;
  return `expected length of ${name} to be in the range (${min_length} - ${max_length}), got ${shorten(value)}`;
}

function shapeError({ pattern, format }: RuleFacts, name: string, value: string): string | undefined {
  if (pattern !== undefined && !matches(pattern, value)) {
    return `invalid value for ${name} (must match regular expression ${JSON.stringify(pattern)}), got ${shorten(value)}`;
  }
  const wanted = format === undefined ? undefined : formatError(format, value);
  return wanted && `expected ${name} to contain ${wanted}, got: ${shorten(value)}`;
}

function shorten(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}...` : value;
}
