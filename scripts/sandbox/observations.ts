import type { SimulatedResource } from '../../constructs/contract/simulation';
import type { Context } from './context';
import type { TypeFacts } from './facts';
import { keyOf, type CloudObject } from './objects';
import { fromJson, hasUnknown, isFields, type Fields } from './values';
import { fieldsFrom, valueFrom, View } from './view';
import type { World } from './world';

/** An object's attributes as they are now, with what other objects have changed about it. */
export function observe(object: CloudObject, resource: SimulatedResource, type: TypeFacts, context: Context): Fields {
  const kept = fromJson(object.attributes);
  const attributes = isFields(kept) ? kept : {};
  const observed = Object.entries(resource.observed ?? {}).filter(([name]) => type.block.attributes?.[name]);
  const self = new View(object.type, object.scope, attributes, object.id);
  const values = observed.map(([name, compute]) => [name, valueFrom(compute(self, context))] as const);
  return { ...attributes, ...Object.fromEntries(values) };
}

/** What a plan has promised is kept; what other objects changed meanwhile shows at the next read. */
export function asPlanned(attributes: Fields, planned: Fields): Fields {
  const promised = Object.entries(planned).filter(([, value]) => !hasUnknown(value));
  return { ...attributes, ...Object.fromEntries(promised) };
}

/** The objects that the cloud makes because of this one. */
export function effectsOf(object: CloudObject, self: View, context: Context, world: World): readonly CloudObject[] {
  const effects = world.resource(object.type).effects?.(self, context) ?? [];
  const { scope, owner, session } = object;
  return effects.map(({ type, id, key: name, attributes }) => {
    const own = world.worldOf(type, scope);
    return {
      ...{ key: keyOf(type, own, id), type, world: own, id, scope, attributes: fieldsFrom(attributes) },
      ...{ identity: `${object.identity} ${type} ${name}`, generation: 0, owner, session, isKnown: true },
      ...{ origin: 'cloud', claims: [], holds: [], uses: {}, madeFor: object.key },
    };
  });
}
