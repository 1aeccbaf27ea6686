import type { ProviderSimulation, SimulatedAttributes, SimulatedError } from '../../constructs/contract/simulation';
import type { Context } from './context';
import { errorOf } from './errors';
import type { TypeFacts } from './facts';
import type { Lifecycle } from './lifecycle';
import { coerce } from './making';
import type { CloudObject } from './objects';
import { canonical, isList, type Fields, type Value } from './values';
import { fieldsFrom, type View } from './view';

interface Query {
  readonly self: View;
  readonly context: Context;
  readonly type: TypeFacts;
  readonly query: Fields;
  readonly simulation: ProviderSimulation;
  readonly lifecycle: Lifecycle;
}

type Answer = { readonly fields: Fields } | { readonly errors: readonly SimulatedError[] };

/** What a data source finds in the cloud. */
export function answerOf(query: Query): Answer {
  const errors = query.lifecycle.obstacles(query.self, query.context);
  if (errors.length) return { errors };
  const source = query.simulation.dataSources?.[query.self.type];
  return source?.read
    ? own(source.read(query.self, query.context), query)
    : found(source?.of ?? query.self.type, query);
}

function own(answer: SimulatedAttributes | readonly SimulatedError[], { query, type }: Query): Answer {
  if (Array.isArray(answer)) return { errors: answer as readonly SimulatedError[] };
  return { fields: filled({ ...query, ...known(type, fieldsFrom(answer as SimulatedAttributes)) }, type) };
}

function found(typeName: string, { self, context, type, query, simulation, lifecycle }: Query): Answer {
  const world = lifecycle.world.worldOf(typeName, self.scope);
  const objects = lifecycle.cloud.objects.ofType(typeName).filter((object) => object.world === world);
  const object = objects.find((candidate) => fits(candidate, query));
  if (!object) {
    const subject = { self, context, attribute: '', value: '', wanted: typeName };
    return { errors: [errorOf('notFound', subject, simulation.errors?.notFound)] };
  }
  return { fields: filled({ ...known(type, object.attributes), ...given(query) }, type) };
}

/** Arguments that the object has too must be equal; others (a filter, a flag of the data source) are the adapter's own business. */
function fits(object: CloudObject, query: Fields): boolean {
  return Object.entries(given(query)).every(([name, value]) => {
    return !(name in object.attributes) || canonical(object.attributes[name]) === canonical(value);
  });
}

function given(query: Fields): Fields {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== null && !(isList(value) && value.length === 0)),
  );
}

function known(type: TypeFacts, fields: Fields): Fields {
  const names = [...Object.keys(type.block.attributes ?? {}), ...Object.keys(type.block.block_types ?? {})];
  return Object.fromEntries(
    names.filter((name) => name in fields).map((name): [string, Value] => [name, fields[name] ?? null]),
  );
}

function filled(fields: Fields, type: TypeFacts): Fields {
  const names = Object.keys(type.block.attributes ?? {});
  const blank = Object.fromEntries(names.map((name): [string, Value] => [name, null]));
  return coerce({ ...blank, ...fields }, type);
}
