import { decode, encode } from './codec';
import type { Session } from './context';
import { diagnosticOf, errorAt, pathOf, type Diagnostic } from './diagnostics';
import { isLegacy, type TypeFacts } from './facts';
import type { Outcome } from './lifecycle';
import { refine } from './refine';
import { validate } from './rules';
import { typeOfBlock, withBlocks } from './schema';
import type { AnswerCall, LiveSession, Reply, Service, WireRequest } from './service';
import { hash, identityOf } from './stable';
import { privateOf } from './state-calls';
import { isFields, type Fields } from './values';
import { View } from './view';

export const plan: AnswerCall = (service, request, session) => {
  const { type_name: typeName, prior_private: planned_private } = request;
  const type = service.typeOf(typeName);
  const [prior, proposed, config] = fieldsOf(type, request.prior_state, request.proposed_new_state, request.config);
  if (!proposed || !config) return { message: { planned_state: request.proposed_new_state, planned_private } };
  const resource = service.lifecycle.world.resource(typeName);
  const context = service.context(session, identityOf(typeName, '', session.scope, config));
  const { planned, replaced } = refine({ typeName, type, resource, context, prior: prior ?? null, proposed, config });
  const [self, configured] = [planned, config].map((fields) => new View(typeName, session.scope, fields)) as [
    View,
    View,
  ];
  const errors = resource.validate?.(self, context, configured) ?? [];
  const message = {
    planned_state: encode(planned, typeOfBlock(type.block)),
    planned_private,
    requires_replace: replaced.map(pathOf),
    legacy_type_system: isLegacy(type),
    diagnostics: errors.map(diagnosticOf),
  };
  return { message };
};

interface Change {
  readonly name: string;
  readonly type: TypeFacts;
  readonly operation: 'create' | 'update' | 'delete';
  readonly prior: Fields | undefined;
  readonly planned: Fields | undefined;
  readonly config: Fields | undefined;
  /** Of the object as it was; empty for a new one. */
  readonly key: string;
}

export const apply: AnswerCall = async (service, request, session) => {
  const change = changeOf(service, request, session);
  const { name: type, operation, key, planned, prior, config } = change;
  const identity = key || hash(type, JSON.stringify(config));
  const blow = await service.blow(session, { type, operation, fields: planned ?? prior ?? {}, identity });
  const errors = blow.error === undefined ? [] : [errorAt([], blow.error)];
  const refused = errors.length || !config ? errors : validate(change.type, config);
  if (refused.length) return failed(change, request, refused);
  const outcome = perform(service, change, session);
  if (outcome.errors) return failed(change, request, outcome.errors.map(diagnosticOf));
  return { message: done(change, outcome), dies: blow.dies };
};

function changeOf(service: Service, request: WireRequest, session: LiveSession): Change {
  const { type_name: name, planned_private } = request;
  const type = service.typeOf(name);
  const [prior, planned, config] = fieldsOf(type, request.prior_state, request.planned_state, request.config);
  const operation = !planned ? 'delete' : prior ? 'update' : 'create';
  const key = prior ? (service.keyOf(name, prior, session, planned_private) ?? '') : '';
  return { name, type, operation, prior, planned, config, key };
}

function perform(
  { lifecycle }: Service,
  { name, type, operation, key, planned = {}, config = {} }: Change,
  session: Session,
): Outcome {
  if (operation === 'delete') return lifecycle.remove(session, key);
  if (operation === 'update') return lifecycle.update(session, type, key, planned);
  return lifecycle.create(session, name, type, planned, config);
}

function failed({ type, prior }: Change, request: WireRequest, diagnostics: readonly Diagnostic[]): Reply {
  const new_state = encode(prior ?? null, typeOfBlock(type.block));
  return { message: { new_state, private: request.planned_private, diagnostics, legacy_type_system: isLegacy(type) } };
}

function done({ type, operation }: Change, { object }: Outcome): object {
  const state = operation === 'delete' || !object ? null : withBlocks(type.block, object.attributes);
  const new_state = encode(state, typeOfBlock(type.block));
  return { new_state, private: privateOf(object), legacy_type_system: isLegacy(type) };
}

function fieldsOf(
  type: TypeFacts,
  ...values: readonly Parameters<typeof decode>[0][]
): readonly (Fields | undefined)[] {
  const wire = typeOfBlock(type.block);
  return values.map((value) => decode(value, wire)).map((value) => (isFields(value) ? value : undefined));
}
