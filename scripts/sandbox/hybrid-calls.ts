import type { CallName } from './protocol';
import type { RealProgram } from './real/program';
import { typeOfBlock } from './schema';
import { decode } from './codec';
import type { AnswerCall, LiveSession, Reply, WireRequest } from './service';
import { fieldsFrom } from './view';

/** Calls that a real provider answers; what reads and changes the cloud is simulated. */
const asked: readonly CallName[] = ['validate', 'validateData', 'plan', 'upgrade'];

const warning = 2;

interface Answer {
  readonly diagnostics?: readonly object[];
}

/** The same answer by the real provider where it is the one to ask; by the simulation, with a warning, where it fails. */
export function answeredByReal(name: CallName, real: RealProgram, simulated: AnswerCall): AnswerCall {
  if (!asked.includes(name)) return simulated;
  return async (service, request, session) => {
    if (name === 'plan' && isDestroy(request)) return simulated(service, request, session);
    // a state that is read tells the cloud that somebody holds the object
    const own = name === 'upgrade' ? await simulated(service, request, session) : undefined;
    try {
      return { message: await ask(name, real, request, session) };
    } catch (error) {
      return withWarning(own ?? (await simulated(service, request, session)), real, error);
    }
  };
}

async function ask(name: CallName, real: RealProgram, request: WireRequest, session: LiveSession): Promise<object> {
  if (name !== 'plan') return real.ask(name, request);
  // what a state remembers beside its attributes is the sandbox's own
  const { prior_private, ...question } = request;
  const answer = await real.ask(name, question, fieldsFrom(session.provider));
  return { ...answer, planned_private: prior_private ?? new Uint8Array() };
}

function isDestroy({ proposed_new_state }: WireRequest): boolean {
  return decode(proposed_new_state, typeOfBlock({})) === null;
}

function withWarning(reply: Reply, { provider: { provider, version } }: RealProgram, error: unknown): Reply {
  const { diagnostics = [] } = reply.message as Answer;
  const said = error instanceof Error ? error.message : String(error);
  const summary = `${provider} ${version} gave no answer: this is what the sandbox simulates`;
  return {
    ...reply,
    message: { ...reply.message, diagnostics: [...diagnostics, { severity: warning, summary, detail: said }] },
  };
}
