import type { BlockFacts, NestedBlockFacts } from '../sandbox/facts';
import { entries, typeOfAttribute } from '../sandbox/schema';
import { UNKNOWN, isFields, isList, type Fields, type Type, type Value } from '../sandbox/values';

type Json = Readonly<Record<string, unknown>>;

/** A configuration as Terraform hands it to a provider at the plan: what refers to something is not known yet. */
export function typedBlock(block: BlockFacts, config: Json): Fields {
  const attributes = entries(block.attributes).map(([name, attribute]) => {
    return [name, typed(config[name], typeOfAttribute(attribute))] as const;
  });
  const blocks = entries(block.block_types).map(([name, nested]) => [name, typedBlocks(nested, config[name])] as const);
  return Object.fromEntries([...attributes, ...blocks]);
}

function typedBlocks({ nesting_mode, block }: NestedBlockFacts, value: unknown): Value {
  const one = (item: unknown): Fields => typedBlock(block, item as Json);
  const items = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  if (nesting_mode === 'list' || nesting_mode === 'set') return items.map(one);
  if (nesting_mode === 'map') {
    return Object.fromEntries(Object.entries((value ?? {}) as Json).map(([key, item]) => [key, one(item)]));
  }
  return items.length > 0 ? one(items[0]) : null;
}

const reference = /(?<!\$)\$\{/;

function typed(value: unknown, type: Type): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && reference.test(value)) return UNKNOWN;
  if (type === 'string') return String(value).replaceAll('$${', '${');
  if (type === 'number') return Number(value);
  if (type === 'bool') return value === true || value === 'true';
  if (type === 'dynamic') return null;
  if (type[0] === 'list' || type[0] === 'set') return (value as unknown[]).map((item) => typed(item, type[1]));
  if (type[0] === 'tuple') return (value as unknown[]).map((item, at) => typed(item, type[1][at] ?? 'dynamic'));
  const names = type[0] === 'map' ? Object.keys(value) : Object.keys(type[1]);
  return Object.fromEntries(names.map((name) => [name, typed((value as Json)[name], typeOfMember(type, name))]));
}

function typeOfMember(type: Exclude<Type, string>, name: string): Type {
  if (type[0] === 'map') return type[1];
  return type[0] === 'object' ? (type[1][name] ?? 'dynamic') : 'dynamic';
}

/** What Terraform itself refuses before it asks a provider: a required argument that is absent, too few or many blocks. */
export function refusedByCore(block: BlockFacts, config: Fields): string | undefined {
  for (const [name, { required }] of entries(block.attributes))
    if (required && (config[name] ?? null) === null) return `Missing required argument "${name}"`;
  for (const [name, nested] of entries(block.block_types)) {
    const said = blocksRefused(name, nested, config[name] ?? null);
    if (said !== undefined) return said;
  }
  return undefined;
}

function blocksRefused(name: string, nested: NestedBlockFacts, value: Value): string | undefined {
  const items = isList(value)
    ? value
    : nested.nesting_mode === 'map' && isFields(value)
      ? Object.values(value)
      : [value];
  const there = items.filter(isFields);
  const { min_items = 0, max_items = 0 } = nested;
  if (there.length < min_items) return `Insufficient ${name} blocks`;
  if (max_items > 0 && there.length > max_items) return `Too many ${name} blocks`;
  return there.map((item) => refusedByCore(nested.block, item)).find((said) => said !== undefined);
}
