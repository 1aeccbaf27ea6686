import { sampleOf, type Rules, type Variant } from '../facts/samples';
import type { BlockFacts } from '../sandbox/facts';
import { entries, typeOfAttribute } from '../sandbox/schema';
import { canonical, isFields, isList, isUnknown, type Fields, type Type, type Value } from '../sandbox/values';
import { typedBlock } from './typed';

/** What an attribute of another resource is, once that exists: `google_compute_network`, `live`, `self_link`. Undefined: unknown. */
export type Resolve = (type: string, name: string, attribute: string) => Promise<Value | undefined>;

type Json = Readonly<Record<string, unknown>>;

/** A configuration as Terraform hands it to a provider when all that it refers to exists; what nobody knows is made up. */
export async function knownBlock(block: BlockFacts, config: Json, rules: Rules, resolve: Resolve): Promise<Fields> {
  const resolved = (await withReferences(config, resolve)) as Json;
  return madeUp(block, typedBlock(block, resolved), rules, []);
}

const whole = /^\$\{(\w+)\.([\w-]+)\.(\w+)\}$/;
const parts = /\$\{(\w+)\.([\w-]+)\.(\w+)\}/g;

async function withReferences(value: unknown, resolve: Resolve): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withReferences(item, resolve)));
  if (typeof value === 'object' && value !== null) {
    const items = Object.entries(value).map(
      async ([name, item]) => [name, await withReferences(item, resolve)] as const,
    );
    return Object.fromEntries(await Promise.all(items));
  }
  return typeof value === 'string' ? resolvedText(value, resolve) : value;
}

async function resolvedText(text: string, resolve: Resolve): Promise<unknown> {
  const [, type, name = '', attribute = ''] = whole.exec(text) ?? [];
  if (type) return (await resolve(type, name, attribute)) ?? text;
  const found = await Promise.all(
    [...text.matchAll(parts)].map(
      async ([all, type = '', name = '', of = '']) => [all, await resolve(type, name, of)] as const,
    ),
  );
  return found.reduce((left, [all, known]) => (typeof known === 'string' ? left.replace(all, known) : left), text);
}

function madeUp(block: BlockFacts, config: Fields, rules: Rules, at: readonly string[], variant: Variant = 1): Fields {
  const attributes = entries(block.attributes).map(([name, facts]) => {
    const rule = rules[[...at, name].join('.')];
    return [name, madeUpValue(config[name] ?? null, typeOfAttribute(facts), name, rule, variant)] as const;
  });
  const blocks = entries(block.block_types).map(([name, nested]) => {
    const one = (item: Value, index = 0): Value =>
      isFields(item) ? madeUp(nested.block, item, rules, [...at, name], variantOf(index)) : item;
    const value = config[name] ?? null;
    return [name, isList(value) ? value.map(one) : nested.nesting_mode === 'map' ? value : one(value)] as const;
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** So that neighbours differ. */
const variantOf = (index: number): Variant => (index === 0 ? 1 : 2);

type Rule = Rules[string] | undefined;

function madeUpValue(value: Value, type: Type, name: string, rule: Rule, variant: Variant): Value {
  if (isUnknown(value)) return sampleOf(type, name, rule, variant);
  if (typeof type === 'string') return value;
  if (isList(value)) {
    const items = value.map((item, at) => madeUpValue(item, memberOf(type, String(at)), name, rule, variantOf(at)));
    return type[0] === 'set' ? [...new Map(items.map((item) => [canonical(item), item])).values()] : items;
  }
  if (!isFields(value)) return value;
  const members = Object.entries(value).map(
    ([key, item]) => [key, madeUpValue(item, memberOf(type, key), key, undefined, variant)] as const,
  );
  return Object.fromEntries(members);
}

function memberOf(type: Exclude<Type, string>, key: string): Type {
  if (type[0] === 'object') return type[1][key] ?? 'string';
  return type[0] === 'tuple' ? (type[1][Number(key)] ?? 'string') : type[1];
}
