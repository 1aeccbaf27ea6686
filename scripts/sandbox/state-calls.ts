import { decode, encode, fromState } from './codec';
import type { Session } from './context';
import { errorAt } from './diagnostics';
import type { TypeFacts } from './facts';
import type { CloudObject } from './objects';
import { validate } from './rules';
import { typeOfBlock, withBlocks } from './schema';
import { refusal, type AnswerCall, type Reply, type Service } from './service';
import { isFields, type Fields } from './values';

export const validateResource: AnswerCall = (service, { type_name, config }) =>
  validated(service.typeOf(type_name), config);

export const validateData: AnswerCall = (service, { type_name, config }) =>
  validated(service.dataTypeOf(type_name), config);

function validated(type: TypeFacts, config: Parameters<typeof decode>[0]): Reply {
  const fields = decode(config, typeOfBlock(type.block));
  return refusal(...(isFields(fields) ? validate(type, fields) : []));
}

/** Terraform asks this for everything in a state: whatever it names, some state holds. */
export const upgrade: AnswerCall = (service, { type_name, raw_state }, session) => {
  const type = service.typeOf(type_name);
  const state = stateOf(type, raw_state);
  const key = service.keyOf(type_name, state, session);
  if (key) service.lifecycle.acknowledge(key);
  return { message: { upgraded_state: encode(state, typeOfBlock(type.block)) } };
};

export const move: AnswerCall = (service, { target_type_name, source_state }) => {
  const type = service.typeOf(target_type_name);
  return { message: { target_state: encode(stateOf(type, source_state), typeOfBlock(type.block)) } };
};

function stateOf(type: TypeFacts, raw: { readonly json: Uint8Array } | undefined): Fields {
  const json: unknown = raw ? JSON.parse(Buffer.from(raw.json).toString()) : null;
  const state = fromState(json, typeOfBlock(type.block));
  return withBlocks(type.block, isFields(state) ? state : {});
}

/** What is gone is null. */
export const read: AnswerCall = async (service, request, session) => {
  const { type_name, current_state } = request;
  const type = service.typeOf(type_name);
  const wire = typeOfBlock(type.block);
  const state = decode(current_state, wire);
  if (!isFields(state)) return { message: { new_state: current_state } };
  const identity = service.keyOf(type_name, state, session, request.private) ?? '';
  const blow = await service.blow(session, { type: type_name, operation: 'read', fields: state, identity });
  if (blow.error !== undefined) {
    return { message: { new_state: current_state, diagnostics: [errorAt([], blow.error)] } };
  }
  const object = service.lifecycle.read(session, type, identity);
  const fields = object ? withBlocks(type.block, object.attributes) : null;
  return { message: { new_state: encode(fields, wire), private: privateOf(object) }, dies: blow.dies };
};

export const importObject: AnswerCall = (service, { type_name, id }, session) => {
  const type = service.typeOf(type_name);
  const object = imported(service, type_name, id, session);
  if (!object) {
    return refusal(errorAt([], 'Cannot import non-existent remote object', `${type_name} "${id}" does not exist.`));
  }
  const state = encode(withBlocks(type.block, object.attributes), typeOfBlock(type.block));
  return { message: { imported_resources: [{ type_name, state, private: privateOf(object) }] } };
};

function imported(service: Service, type: string, id: string, session: Session): CloudObject | undefined {
  const { cloud, world } = service.lifecycle;
  const { importedBy } = world.resource(type);
  const place = world.worldOf(type, session.scope);
  const objects = cloud
    .refresh()
    .objects.ofType(type)
    .filter((object) => object.world === place);
  if (!importedBy) {
    return objects.find((object) => object.id === id) ?? objects.find((object) => object.id.endsWith(`/${id}`));
  }
  const found = service.context(session, 'import').find(type, importedBy(id, session.scope));
  return objects.find((object) => object.id === found?.id);
}

/** What a state remembers of an object beside its attributes: where it is in the cloud. */
export function privateOf(object: CloudObject | undefined): Uint8Array {
  return Buffer.from(object?.key ?? '');
}
