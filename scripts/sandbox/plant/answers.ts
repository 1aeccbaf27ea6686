import { decode, encode, type WireValue } from '../codec';
import type { Diagnostic } from '../diagnostics';
import type { TypeFacts } from '../facts';
import { typeOfBlock } from '../schema';
import type { WireRequest } from '../service';
import { isFields, type Fields } from '../values';
import { refusePlanting } from './not-plantable';
import type { Connection } from './connection';
import { inSetOrder } from './set-order';

/** An object as its provider made it. */
export interface MadeObject {
  readonly fields: Fields;
  readonly private: Uint8Array | undefined;
}

interface Answer {
  readonly diagnostics?: readonly Diagnostic[];
  readonly planned_state?: WireValue;
  readonly planned_private?: Uint8Array;
  readonly new_state?: WireValue;
  readonly state?: WireValue;
  readonly private?: Uint8Array;
}

const ERROR = 1;

/** Terraform says it better: it is asked. */
export function refuseErrors(diagnostics: readonly Diagnostic[] = []): void {
  const error = diagnostics.find(({ severity }) => severity === ERROR);
  if (error) refusePlanting([error.summary, error.detail].filter(Boolean).join(': '));
}

/** Makes an object, as Terraform has it made when nothing in its configuration is unknown any more. */
export async function create(
  connection: Connection,
  type: string,
  { block }: TypeFacts,
  fields: Fields,
): Promise<MadeObject> {
  const wire = typeOfBlock(block);
  const [config, prior_state] = [encode(fields, wire), encode(null, wire)];
  const request = { type_name: type, prior_state, config };
  const planned = await ask(connection, 'plan', { ...request, proposed_new_state: config });
  const { planned_state = {}, planned_private } = planned;
  const made = await ask(connection, 'apply', {
    ...request,
    planned_state,
    ...(planned_private ? { planned_private } : {}),
  });
  return { fields: read(made.new_state, { block }), private: made.private };
}

/** Reads a data source. */
export async function readSource(
  connection: Connection,
  type: string,
  facts: TypeFacts,
  fields: Fields,
): Promise<Fields> {
  const config = encode(fields, typeOfBlock(facts.block));
  return read((await ask(connection, 'readData', { type_name: type, config })).state, facts);
}

async function ask(
  { provider, session }: Connection,
  call: 'plan' | 'apply' | 'readData',
  request: Partial<WireRequest>,
): Promise<Answer> {
  const { message, dies } = await provider.answer(call, request, session);
  if (dies) refusePlanting('a fault of the sandbox');
  refuseErrors((message as Answer).diagnostics);
  return message as Answer;
}

function read(state: WireValue | undefined, { block }: TypeFacts): Fields {
  const type = typeOfBlock(block);
  const value = inSetOrder(decode(state, type), type);
  return isFields(value) ? value : refusePlanting('a provider that answers nothing');
}
