import type { ProviderSimulation } from '../../constructs/contract/simulation';
import type { WireValue } from './codec';
import { Context, type Session } from './context';
import type { Diagnostic } from './diagnostics';
import type { ProviderFacts, TypeFacts } from './facts';
import { strike, wait, type Blow, type Target } from './faults';
import type { Lifecycle } from './lifecycle';
import { withRules } from './more-rules';
import { keyOf } from './objects';
import type { Fields } from './values';
import { idAttributeOf } from './world';

export interface ServiceOptions {
  readonly facts: ProviderFacts;
  readonly simulation: ProviderSimulation;
  readonly lifecycle: Lifecycle;
  /** Part of the real API's seconds that operations take. */
  readonly latency: number;
}

/** A session of a provider: everything after its provider block was read. */
export interface LiveSession extends Session {
  readonly stopped: AbortController;
}

/** Any request of the protocol; each call has some of the fields. */
export interface WireRequest {
  readonly type_name: string;
  readonly target_type_name: string;
  readonly id: string;
  readonly config?: WireValue;
  readonly current_state?: WireValue;
  readonly prior_state?: WireValue;
  readonly proposed_new_state?: WireValue;
  readonly planned_state?: WireValue;
  readonly private?: Uint8Array;
  readonly prior_private?: Uint8Array;
  readonly planned_private?: Uint8Array;
  readonly raw_state?: { readonly json: Uint8Array };
  readonly source_state?: { readonly json: Uint8Array };
}

/** An answer, and when the sandbox is to die of a fault: at once, or when the answer has left. */
export interface Reply {
  readonly message: object;
  readonly dies?: Blow['dies'];
}

/** Answers one call. */
export type AnswerCall = (service: Service, request: WireRequest, session: LiveSession) => Reply | Promise<Reply>;

/** An answer that says what is wrong and nothing else. */
export function refusal(...diagnostics: readonly Diagnostic[]): Reply {
  return { message: { diagnostics } };
}

/** What the calls of one provider share. */
export class Service {
  readonly facts: ProviderFacts;
  readonly simulation: ProviderSimulation;
  readonly lifecycle: Lifecycle;
  private readonly types = new Map<string, TypeFacts>();

  constructor(private readonly options: ServiceOptions) {
    this.facts = options.facts;
    this.simulation = options.simulation;
    this.lifecycle = options.lifecycle;
  }

  context(session: Session, seed: string): Context {
    return new Context(this.lifecycle.cloud, this.lifecycle.world, session, seed);
  }

  /** What goes wrong with an operation on purpose, after it took its time. */
  async blow(session: LiveSession, target: Omit<Target, 'owner'>): Promise<Blow> {
    const { cloud, world } = this.lifecycle;
    const seconds = world.resource(target.type).seconds ?? {};
    const own = Object.entries(seconds).find(([operation]) => operation === target.operation)?.[1] ?? 0;
    await wait(own * this.options.latency, session.stopped.signal);
    const blow = await strike(cloud.refresh(), { ...target, owner: session.owner }, session.stopped.signal);
    if (session.stopped.signal.aborted) return { error: 'operation cancelled' };
    if (blow.dies === 'before') process.kill(process.pid, 'SIGKILL');
    return blow;
  }

  /** The cloud's key of an object in a state: by its id, or by what the state's private part remembers. */
  keyOf(name: string, state: Fields, session: Session, remembered?: Uint8Array): string | undefined {
    const { world } = this.lifecycle;
    const attribute = idAttributeOf(world.resource(name), this.typeOf(name));
    const id = attribute === undefined ? undefined : state[attribute];
    if (typeof id === 'string') return keyOf(name, world.worldOf(name, session.scope), id);
    return remembered?.length ? Buffer.from(remembered).toString() : undefined;
  }

  /** A resource type's facts, with the adapter's rules. Throws when the facts do not have it. */
  typeOf(name: string): TypeFacts {
    const ready = this.types.get(name);
    if (ready) return ready;
    const type = withRules(this.known(this.facts.resources[name], name), this.lifecycle.world.resource(name).rules);
    this.types.set(name, type);
    return type;
  }

  /** A data source's facts. Throws when the facts do not have it. */
  dataTypeOf(name: string): TypeFacts {
    return this.known(this.facts.data_sources?.[name], name);
  }

  private known(type: TypeFacts | undefined, name: string): TypeFacts {
    if (type) return type;
    const { provider, version } = this.facts;
    throw new Error(`the facts of ${provider}@${version} do not have ${name}: add it with \`npm run facts\``);
  }
}
