import type { AttributeFacts, BlockFacts, NestedBlockFacts, NestedFacts } from '../facts';
import { entries, typeOfBlock } from '../schema';
import type { Fields, Type, Value } from '../values';
import { convert, stored } from './convert';
import { evaluate, type Lookup } from './evaluate';
import { parseTemplate } from './parse';
import { refusePlanting } from './not-plantable';
import { orderedSet } from './set-order';
import type { Node } from './syntax';
import { bool, gather, nothing, number, type Path } from './typed';

export type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** A block of a configuration, understood but not yet computed. */
export interface Body {
  readonly facts: BlockFacts;
  readonly attributes: readonly (readonly [string, Node])[];
  readonly blocks: Readonly<Record<string, readonly Body[]>>;
}

/** What a block amounts to. */
export interface Configured {
  readonly fields: Fields;
  readonly marks: readonly Path[];
}

/** A JSON value as an expression: every text in it is a template. */
export function expressionOf(json: Json): Node {
  if (json === null) return { kind: 'literal', value: nothing };
  if (typeof json === 'string') return parseTemplate(json);
  if (typeof json === 'number') return { kind: 'literal', value: number(json) };
  if (typeof json === 'boolean') return { kind: 'literal', value: bool(json) };
  if (isArray(json)) return { kind: 'tuple', items: json.map(expressionOf) };
  const items = Object.entries(json).map(([name, value]) => [parseTemplate(name), expressionOf(value)] as const);
  return { kind: 'object', items };
}

/** Reads a block by its schema. @param own names that belong to Terraform, not to the provider */
export function bodyOf(json: JsonObject, facts: BlockFacts, own: readonly string[] = []): Body {
  const names = Object.keys(json).filter((name) => name !== '//' && !own.includes(name));
  const foreign = names.find((name) => !facts.attributes?.[name] && !facts.block_types?.[name]);
  if (foreign !== undefined) refusePlanting(`the argument ${foreign}, which the facts do not know`);
  const attributes = entries(facts.attributes).flatMap(([name]) => {
    const value = json[name] ?? null;
    return value === null ? [] : [[name, expressionOf(value)] as const];
  });
  const missing = entries(facts.attributes).find(([name, { required }]) => required && (json[name] ?? null) === null);
  if (missing) refusePlanting(`the argument ${missing[0]} is missing`);
  const blocks = entries(facts.block_types).map(([name, nested]) => [name, blocksOf(name, nested, json[name] ?? null)]);
  return { facts, attributes, blocks: Object.fromEntries(blocks) as Body['blocks'] };
}

function blocksOf(name: string, nested: NestedBlockFacts, json: Json): readonly Body[] {
  if (json === null) return [];
  if (nested.nesting_mode === 'map') refusePlanting(`blocks with labels (${name})`);
  const items = isArray(json) ? json : [json];
  const bodies = items.filter((item) => item !== null).map((item) => bodyOf(asObject(item, name), nested.block));
  const { min_items = 0, max_items = 0 } = nested;
  if (bodies.length < min_items || (max_items > 0 && bodies.length > max_items)) {
    refusePlanting(`${bodies.length} blocks ${name}`);
  }
  return bodies;
}

export function asObject(json: Json | undefined, name: string): JsonObject {
  if (typeof json !== 'object' || json === null || isArray(json)) return refusePlanting(`${name} is no object`);
  return json as JsonObject;
}

/** `Array.isArray` does not see through readonly. */
export function isArray(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

/** Every expression of a block. */
export function expressionsOf({ attributes, blocks }: Body): readonly Node[] {
  return [...attributes.map(([, node]) => node), ...Object.values(blocks).flat().flatMap(expressionsOf)];
}

/** Computes a block, with its values in the types of the schema. Throws `NotPlantable`. */
export function configure(body: Body, lookup: Lookup): Configured {
  const given = new Map(body.attributes);
  const parts: [string, Value, readonly Path[]][] = entries(body.facts.attributes).map(([name, facts]) => {
    const node = given.get(name);
    return node ? argument(name, facts, node, lookup) : [name, null, []];
  });
  for (const [name, nested] of entries(body.facts.block_types)) {
    parts.push([name, ...nestedBlocks(nested, body.blocks[name] ?? [], lookup)]);
  }
  const fields = Object.fromEntries(parts.map(([name, value]) => [name, value]));
  return { fields, marks: gather(parts.map(([name, , marks]) => [name, marks])) };
}

function argument(name: string, facts: AttributeFacts, node: Node, lookup: Lookup): [string, Value, readonly Path[]] {
  const type = configType(facts);
  const value = convert(evaluate(node, lookup), type);
  if (facts.required && value.value === null) refusePlanting(`the argument ${name} is missing`);
  return [name, stored(value, type), value.marks];
}

function nestedBlocks(
  { nesting_mode: mode, block }: NestedBlockFacts,
  bodies: readonly Body[],
  lookup: Lookup,
): [Value, readonly Path[]] {
  const items = bodies.map((body) => configure(body, lookup));
  const values = items.map(({ fields }) => fields);
  if (mode === 'single' || mode === 'group') return [values[0] ?? null, items[0]?.marks ?? []];
  if (mode === 'set') {
    const isMarked = items.some(({ marks }) => marks.length > 0);
    return [orderedSet(values, typeOfBlock(block)), isMarked ? [[]] : []];
  }
  return [values, gather(items.map(({ marks }, index) => [index, marks]))];
}

const configTypes = new WeakMap<AttributeFacts, Type>();

/** The type that a configuration has to have: members of nested attributes may be left out. */
function configType(facts: AttributeFacts): Type {
  if (!facts.nested_type) return facts.type ?? 'dynamic';
  const known = configTypes.get(facts) ?? nestedType(facts.nested_type);
  configTypes.set(facts, known);
  return known;
}

function nestedType({ nesting_mode: mode, attributes }: NestedFacts): Type {
  const members = entries(attributes);
  const types = Object.fromEntries(members.map(([name, member]) => [name, configType(member)]));
  const optional = members.filter(([, { required }]) => !required).map(([name]) => name);
  const type: Type = ['object', types, optional];
  return mode === 'single' || mode === 'group' ? type : [mode, type];
}
