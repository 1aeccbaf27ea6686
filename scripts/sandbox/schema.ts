import type { AttributeFacts, BlockFacts, NestedFacts, Nesting, ProviderFacts, TypeFacts } from './facts';
import type { Type, Value } from './values';
import { isFields, isList } from './values';

const types = new WeakMap<BlockFacts, Type>();

/** The type of a block's values. */
export function typeOfBlock(block: BlockFacts): Type {
  const known = types.get(block);
  if (known) return known;
  const fields: Record<string, Type> = {};
  for (const [name, attribute] of entries(block.attributes)) fields[name] = typeOfAttribute(attribute);
  for (const [name, nested] of entries(block.block_types)) {
    fields[name] = nest(nested.nesting_mode, typeOfBlock(nested.block));
  }
  const type: Type = ['object', fields];
  types.set(block, type);
  return type;
}

export function typeOfAttribute(attribute: AttributeFacts): Type {
  return attribute.nested_type ? typeOfNested(attribute.nested_type) : (attribute.type ?? 'dynamic');
}

function typeOfNested(nested: NestedFacts): Type {
  const fields = entries(nested.attributes).map(([name, item]) => [name, typeOfAttribute(item)] as const);
  return nest(nested.nesting_mode, ['object', Object.fromEntries(fields)]);
}

function nest(nesting: Nesting, element: Type): Type {
  return nesting === 'single' || nesting === 'group' ? element : [nesting, element];
}

export function entries<T>(record: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(record ?? {});
}

/** Nested blocks are never null in a state, but empty; attributes that are absent are null. */
export function withBlocks(block: BlockFacts, value: Readonly<Record<string, Value>>): Record<string, Value> {
  const full: Record<string, Value> = {};
  for (const [name] of entries(block.attributes)) full[name] = value[name] ?? null;
  for (const [name, nested] of entries(block.block_types)) {
    full[name] = blocksOf(nested.nesting_mode, nested.block, value[name] ?? null);
  }
  return full;
}

function blocksOf(nesting: Nesting, block: BlockFacts, value: Value): Value {
  if (value === null) return nesting === 'list' || nesting === 'set' ? [] : nesting === 'map' ? {} : null;
  if (isList(value)) return value.map((item) => (isFields(item) ? withBlocks(block, item) : item));
  if (!isFields(value)) return value;
  if (nesting !== 'map') return withBlocks(block, value);
  const items = Object.entries(value).map(([key, item]) => [key, isFields(item) ? withBlocks(block, item) : item]);
  return Object.fromEntries(items) as Value;
}

const NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;
const OBJECT_NESTING = { single: 1, list: 2, set: 3, map: 4, group: 1 } as const;

/** The answer to GetProviderSchema, as a plain message. */
export function schemaMessage(facts: ProviderFacts): Record<string, unknown> {
  return {
    provider: { version: 0, block: blockMessage(facts.provider_config ?? {}, 0) },
    resource_schemas: typeMessages(facts.resources),
    data_source_schemas: typeMessages(facts.data_sources ?? {}),
    server_capabilities: { plan_destroy: true, get_provider_schema_optional: true, move_resource_state: true },
  };
}

function typeMessages(all: Readonly<Record<string, TypeFacts>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(all).map(([name, type]) => {
      const version = type.version ?? 0;
      return [name, { version, block: blockMessage(type.block, version) }];
    }),
  );
}

function blockMessage(block: BlockFacts, version: number): Record<string, unknown> {
  return {
    version,
    deprecated: Boolean(block.deprecated),
    attributes: entries(block.attributes).map(([name, attribute]) => attributeMessage(name, attribute)),
    block_types: entries(block.block_types).map(([name, nested]) => ({
      type_name: name,
      nesting: NESTING[nested.nesting_mode],
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
      block: blockMessage(nested.block, 0),
    })),
  };
}

function attributeMessage(name: string, attribute: AttributeFacts): Record<string, unknown> {
  const { required, optional, computed, sensitive, deprecated, write_only, nested_type } = attribute;
  const flags = { name, required, optional, computed, sensitive, deprecated, write_only };
  if (!nested_type) return { ...flags, type: Buffer.from(JSON.stringify(attribute.type ?? 'dynamic')) };
  const attributes = entries(nested_type.attributes).map(([key, item]) => attributeMessage(key, item));
  return { ...flags, nested_type: { nesting: OBJECT_NESTING[nested_type.nesting_mode], attributes } };
}
