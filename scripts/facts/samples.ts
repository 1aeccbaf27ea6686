import type { AttributeFacts, BlockFacts, NestedBlockFacts } from '../sandbox/facts';
import { entries, typeOfAttribute } from '../sandbox/schema';
import { isFields, isList, type Fields, type Type, type Value } from '../sandbox/values';
import type { MeasuredRule } from './types';

/** Two values that differ, so that a change can be asked for. */
export type Variant = 1 | 2;

export type Rules = Readonly<Record<string, MeasuredRule>>;

const formats: Readonly<Record<string, (n: Variant) => string>> = {
  arn: (n) => `arn:aws:iam::12345678901${n}:role/made-up`,
  base64: (n) => (n === 1 ? 'bWFkZQ==' : 'dXA='),
  boolean: (n) => String(n === 1),
  cidr: (n) => `10.${n}.0.0/16`,
  ipv4_cidr: (n) => `10.${n}.0.0/16`,
  ipv6_cidr: (n) => `2001:db8:${n}::/48`,
  network: (n) => `10.${n}.0.0/16`,
  ipv4_network: (n) => `10.${n}.0.0/16`,
  ipv6_network: (n) => `2001:db8:${n}::/48`,
  duration: (n) => `${n}s`,
  iam_member: (n) => `user:made-up-${n}@example.com`,
  integer: (n) => String(n),
  ip: (n) => `10.0.0.${n}`,
  ipv4: (n) => `10.0.0.${n}`,
  ipv6: (n) => `2001:db8::${n}`,
  json: (n) => `{"made":"up-${n}"}`,
  rfc3339: (n) => `2030-01-0${n}T00:00:00Z`,
};

/** What a name tells of the form of its value, where no rule does. */
const formatsByName: readonly (readonly [RegExp, string])[] = [
  [/arn/, 'arn'],
  [/policy|json|definition|document/, 'json'],
  [/cidr/, 'cidr'],
];

/** A made-up value that the rule allows. */
export function sampleOf(type: Type, name: string, rule: MeasuredRule = {}, variant: Variant = 1): Value {
  if (type === 'string') return sampleString(name, rule, variant);
  if (type === 'number') return sampleNumber(rule, variant);
  if (type === 'bool') return rule.one_of ? rule.one_of[0] === 'true' : variant === 2;
  if (type === 'dynamic') return null;
  if (type[0] === 'list' || type[0] === 'set') return [sampleOf(type[1], name, rule, variant)];
  if (type[0] === 'map') return { made: sampleOf(type[1], name, rule, variant) };
  if (type[0] === 'tuple') return type[1].map((item) => sampleOf(item, name, {}, variant));
  return Object.fromEntries(
    Object.entries(type[1]).map(([key, item]: [string, Type]) => [key, sampleOf(item, key, {}, variant)]),
  );
}

function sampleString(name: string, rule: MeasuredRule, variant: Variant): string {
  const [allowed, other] = rule.one_of ?? [];
  // plans are not validated, so the second of a single value need not be allowed
  if (allowed !== undefined) return String(variant === 1 ? allowed : (other ?? `other-${allowed}`));
  const format = rule.format ?? formatsByName.find(([pattern]) => pattern.test(name))?.[1];
  const written = format && formats[format]?.(variant);
  if (written) return written;
  return `v${variant}`.padEnd(rule.min_length ?? 2, 'x').slice(0, rule.max_length);
}

function sampleNumber(rule: MeasuredRule, variant: Variant): number {
  const allowed = rule.one_of?.[variant - 1] ?? rule.one_of?.[0];
  if (typeof allowed === 'number') return allowed;
  const lowest = Math.max(rule.min ?? rule.ranges?.[0]?.[0] ?? variant, 0);
  return rule.min === undefined && !rule.ranges ? lowest : lowest + variant - 1;
}

/** The least that a block needs: its required attributes and blocks; with `full`, every argument once. */
export function leastOf(block: BlockFacts, rules: Rules, at: readonly string[] = [], full = false): Fields {
  const attributes = entries(block.attributes).map(([name, attribute]) => {
    const wanted = Boolean(attribute.required) || (full && isArgument(name, attribute));
    const rule = rules[[...at, name].join('.')];
    return [name, wanted ? sampleOf(typeOfAttribute(attribute), name, rule) : null] as const;
  });
  const blocks = entries(block.block_types).map(([name, nested]) => {
    const extra = full && name !== 'timeouts' ? 1 : 0;
    return [name, repeat(nested, rules, [...at, name], Math.max(nested.min_items ?? 0, extra))] as const;
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** A nested block, that many times, with what it needs or with every argument; one that stands alone is there or null. */
export function repeat(
  nested: NestedBlockFacts,
  rules: Rules,
  at: readonly string[],
  count: number,
  full = false,
): Value {
  const one = (): Fields => leastOf(nested.block, rules, at, full);
  if (nested.nesting_mode === 'list' || nested.nesting_mode === 'set') return Array.from({ length: count }, one);
  if (nested.nesting_mode === 'map') return count > 0 ? { made: one() } : {};
  return count > 0 || nested.nesting_mode === 'group' ? one() : null;
}

export function isArgument(name: string, attribute: AttributeFacts): boolean {
  return Boolean(attribute.required ?? attribute.optional) && name !== 'id';
}

/** The configuration with one value put at a path; the blocks on the way are made where they are absent. */
export function withValue(
  block: BlockFacts,
  config: Fields,
  path: readonly string[],
  value: Value,
  rules: Rules,
  at: readonly string[] = [],
): Fields {
  const [name = '', ...rest] = path;
  const nested = block.block_types?.[name];
  if (rest.length === 0 || !nested) return { ...config, [name]: value };
  const place = [...at, name];
  const inner = firstOf(config[name]) ?? leastOf(nested.block, rules, place);
  return { ...config, [name]: wrap(nested, withValue(nested.block, inner, rest, value, rules, place)) };
}

function wrap({ nesting_mode }: NestedBlockFacts, inner: Fields): Value {
  if (nesting_mode === 'list' || nesting_mode === 'set') return [inner];
  return nesting_mode === 'map' ? { made: inner } : inner;
}

function firstOf(value: Value | undefined): Fields | undefined {
  const first = isList(value) ? value[0] : value;
  return isFields(first) ? first : undefined;
}
