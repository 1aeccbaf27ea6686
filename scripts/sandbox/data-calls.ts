import { decode, encode } from './codec';
import { answerOf } from './data';
import { diagnosticOf, errorAt } from './diagnostics';
import { typeOfBlock, withBlocks } from './schema';
import { refusal, type AnswerCall } from './service';
import { hash, identityOf } from './stable';
import { isFields } from './values';
import { View } from './view';

export const readData: AnswerCall = async (service, { type_name, config }, session) => {
  const type = service.dataTypeOf(type_name);
  const wire = typeOfBlock(type.block);
  const decoded = decode(config, wire);
  const query = isFields(decoded) ? decoded : {};
  const identity = hash(type_name, JSON.stringify(query));
  const blow = await service.blow(session, { type: type_name, operation: 'data', fields: query, identity });
  if (blow.error !== undefined) return refusal(errorAt([], blow.error));
  const context = service.context(session, identityOf(type_name, '', session.scope, query));
  const self = new View(type_name, session.scope, query);
  const { simulation, lifecycle } = service;
  lifecycle.cloud.refresh();
  const answer = answerOf({ self, context, type, query, simulation, lifecycle });
  if ('errors' in answer) return refusal(...answer.errors.map(diagnosticOf));
  return { message: { state: encode(withBlocks(type.block, answer.fields), wire) }, dies: blow.dies };
};
