import type { SimulatedComputation, SimulatedResource } from '../../constructs/contract/simulation';
import { holdersOf } from './paths';
import { decode, encode } from './codec';
import type { Context } from './context';
import type { BlockFacts, TypeFacts } from './facts';
import { isLegacy } from './facts';
import { zeroOf } from './plan';
import { entries, typeOfAttribute, typeOfBlock } from './schema';
import type { Fields, Type, Value } from './values';
import { isFields, isList, isUnknown } from './values';
import { simulatedFields, valueFrom, View } from './view';
import { idAttributeOf } from './world';

type Draft = Record<string, Value>;

/** What is needed to turn a plan into an object. */
export interface Making {
  readonly typeName: string;
  readonly type: TypeFacts;
  readonly resource: SimulatedResource;
  readonly context: Context;
}

export interface Made {
  readonly id: string;
  readonly fields: Fields;
}

/** The object that a plan amounts to: every unknown value becomes one in the provider's own format. */
export function make(making: Making, planned: Fields, id?: string): Made {
  const { resource, context, typeName, type } = making;
  const draft = copy(planned) as Draft;
  const view = (): View => new View(typeName, context.scope, draft, id);
  fillAll(draft, resource.planned, (compute, block) => compute(view(), context, block));
  allocate(making, draft, view());
  const known = id ?? idOf(making, draft, view());
  const self = new View(typeName, context.scope, draft, known);
  fillAll(draft, resource.computed, (compute, block) => compute(self, context, block));
  fillAll(draft, resource.observed, (compute) => compute(self, context));
  const rest = fillRest(draft, typeOfBlock(type.block), [], { making, id: known }) as Fields;
  return { id: known, fields: coerce(isLegacy(type) ? withZerosInBlocks(type.block, rest) : rest, type) };
}

/** The older SDK writes down what nobody gave as empty, in blocks, but not beside them. */
function withZerosInBlocks(block: BlockFacts, fields: Fields): Fields {
  const blocks = entries(block.block_types).filter(([name]) => name !== 'timeouts');
  const filled = blocks.map(([name, nested]) => {
    const one = (item: Value): Value => (isFields(item) ? zeroed(nested.block, item) : item);
    const value = fields[name] ?? null;
    return [name, isList(value) ? value.map(one) : one(value)] as const;
  });
  return { ...fields, ...Object.fromEntries(filled) };
}

function zeroed(block: BlockFacts, fields: Fields): Fields {
  const attributes = entries(block.attributes).map(([name, facts]) => {
    return [name, fields[name] ?? (facts.write_only ? null : zeroOf(typeOfAttribute(facts)))] as const;
  });
  return withZerosInBlocks(block, { ...fields, ...Object.fromEntries(attributes) });
}

/** Values as the schema types them: an adapter may say 5 where a text is wanted. */
export function coerce(fields: Fields, type: TypeFacts): Fields {
  const wire = typeOfBlock(type.block);
  return decode(encode(fields, wire), wire) as Fields;
}

function idOf({ resource, type, context, typeName }: Making, draft: Draft, self: View): string {
  const attribute = idAttributeOf(resource, type);
  const given = attribute === undefined ? null : (draft[attribute] ?? null);
  if (attribute !== undefined && typeof given === 'string') return given;
  const id =
    resource.id?.(self, context) ?? `${typeName.replace(/^[^_]*_/, '').replaceAll('_', '-')}-${context.hex(16)}`;
  if (attribute !== undefined) draft[attribute] = id;
  return id;
}

function fillAll<F>(
  draft: Draft,
  entries: Readonly<Record<string, F>> | undefined,
  ask: (entry: F, block: Parameters<SimulatedComputation>[2]) => ReturnType<SimulatedComputation>,
): void {
  for (const [path, entry] of Object.entries(entries ?? {})) {
    for (const { block, name, index } of holdersOf(draft, path)) {
      if (!isUnknown(block[name])) continue;
      (block as Draft)[name] = valueFrom(ask(entry, { attributes: simulatedFields(block), index }));
    }
  }
}

/** Addresses that the configuration leaves to the cloud. */
function allocate({ resource, context }: Making, draft: Draft, self: View): void {
  for (const rule of (resource.addresses ?? []).filter((candidate) => candidate.allocate)) {
    for (const { block, name, index } of holdersOf(draft, rule.attribute)) {
      const range = isUnknown(block[name]) ? rule.range(simulatedFields(block), self, context) : undefined;
      if (range) (block as Draft)[name] = context.addressIn(range, `${rule.attribute} ${index}`) ?? null;
    }
  }
}

interface Rest {
  readonly making: Making;
  readonly id: string;
}

function fillRest(value: Value, type: Type, path: readonly string[], rest: Rest): Value {
  if (isUnknown(value)) return plausible(type, path, rest);
  if (typeof type === 'string') return value;
  if (isList(value)) return value.map((item, at) => fillRest(item, elementOf(type), [...path, String(at)], rest));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fillRest(item, memberOf(type, name), [...path, name], rest)]),
  );
}

/** A value of no particular format. What could have been configured is left empty, as clouds do: made-up text there would differ at the next plan. */
function plausible(type: Type, path: readonly string[], { making, id }: Rest): Value {
  const [name = ''] = path.slice(-1);
  const top = making.type.block.attributes?.[path[0] ?? ''];
  const isOptional = Boolean(top?.optional) || path.length > 1;
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  if (type === 'string')
    return isOptional
      ? isLegacy(making.type)
        ? ''
        : null
      : name === 'id'
        ? id
        : `${name}-${making.context.hex(8, path.join('.'))}`;
  if (type === 'dynamic' || type[0] === 'object' || type[0] === 'tuple') return null;
  return type[0] === 'map' ? {} : [];
}

function elementOf(type: Exclude<Type, string>): Type {
  if (type[0] === 'tuple' || type[0] === 'object') return 'dynamic';
  return type[1];
}

function memberOf(type: Exclude<Type, string>, name: string): Type {
  if (type[0] === 'map') return type[1];
  return type[0] === 'object' ? (type[1][name] ?? 'dynamic') : 'dynamic';
}

function copy(value: Value): Value {
  if (isList(value)) return value.map(copy);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item)]));
}
