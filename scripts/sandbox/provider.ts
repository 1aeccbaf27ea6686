import { apply, plan } from './change-calls';
import { decode, type WireValue } from './codec';
import type { Session } from './context';
import { readData } from './data-calls';
import { diagnosticOf, type Diagnostic } from './diagnostics';
import { protocolOf } from './facts';
import { answeredByReal } from './hybrid-calls';
import { callsOf, type CallName } from './protocol';
import type { RealProgram } from './real/program';
import { schemaMessage, typeOfBlock } from './schema';
import {
  Service,
  type AnswerCall,
  type LiveSession,
  type Reply,
  type ServiceOptions,
  type WireRequest,
} from './service';
import { importObject, move, read, upgrade, validateData, validateResource } from './state-calls';
import { isFields, type Fields } from './values';

const nothing: AnswerCall = () => ({ message: {} });

/** `schema` and `configure` are answered before it comes to this. */
const ANSWERS: Readonly<Record<CallName, AnswerCall>> = {
  schema: nothing,
  configure: nothing,
  functions: nothing,
  stop: nothing,
  prepare: (_service, { config }) => ({ message: { prepared_config: config } }),
  validate: validateResource,
  validateData,
  upgrade,
  move,
  read,
  plan,
  apply,
  import: importObject,
  readData,
};

/** One provider: answers the calls of Terraform's plugin protocol from the facts and the cloud. */
export class Provider {
  readonly protocol: 5 | 6;
  readonly calls: ReturnType<typeof callsOf>;
  private readonly service: Service;
  private schemaBytes: Uint8Array | undefined;

  /** @param real who validates and plans in the place of the simulation. @default nobody */
  constructor(
    options: ServiceOptions,
    private readonly real?: RealProgram,
  ) {
    this.service = new Service(options);
    this.protocol = protocolOf(options.facts);
    this.calls = callsOf(this.protocol);
  }

  /** The encoded schema: the same bytes for every session. */
  schema(): Uint8Array {
    const call = [...this.calls.values()].find(({ name }) => name === 'schema');
    this.schemaBytes ??= call?.encode(schemaMessage(this.service.facts)) ?? new Uint8Array();
    return this.schemaBytes;
  }

  async answer(name: CallName, request: unknown, session: LiveSession): Promise<Reply> {
    const answer = this.real ? answeredByReal(name, this.real, ANSWERS[name]) : ANSWERS[name];
    return answer(this.service, request as WireRequest, session);
  }

  /** What a provider block says. */
  configuration(config: WireValue | undefined): Fields {
    const fields = decode(config, typeOfBlock(this.service.facts.provider_config ?? {}));
    return isFields(fields) ? fields : {};
  }

  /** The errors of configuring a session. */
  configure(session: Session): readonly Diagnostic[] {
    const { simulation } = this.service;
    const context = this.service.context(session, 'configure');
    return (simulation.configure?.(session.provider, context) ?? []).map(diagnosticOf);
  }
}
