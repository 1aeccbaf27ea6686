import type { SimulatedAttributes } from '../../../constructs/contract/simulation';
import { encode } from '../codec';
import type { ProviderFacts } from '../facts';
import { Lifecycle } from '../lifecycle';
import { Provider } from '../provider';
import { typeOfBlock } from '../schema';
import type { Sandbox } from '../server';
import type { LiveSession } from '../service';
import { isOpen } from '../sessions';
import { simulatedFields } from '../view';
import type { Configured } from './body';
import { refuseErrors } from './answers';

/** Not the name of a connection: when planting has ended, whoever deploys the same stack adopts what it did not keep. */
const SESSION = 'plant';

/** A provider of a stack, ready to be asked. */
export interface Connection {
  readonly provider: Provider;
  readonly session: LiveSession;
}

/** The simulated providers, asked in this process. */
export class Providers {
  private readonly byFacts = new Map<ProviderFacts, Provider>();
  private readonly lifecycle: Lifecycle;

  constructor(private readonly sandbox: Sandbox) {
    const { cloud, world } = sandbox;
    // While a stack is planted its objects have a waiting session: equal ones are two, not one that is adopted.
    this.lifecycle = new Lifecycle(cloud, world, (session) => session === SESSION || isOpen(session));
  }

  /** A session with a provider block. @param owner the stack that deploys */
  connect(facts: ProviderFacts, configured: Configured, owner: string): Connection {
    const provider = this.providerOf(facts);
    const config = encode(configured.fields, typeOfBlock(facts.provider_config ?? {}));
    const block: SimulatedAttributes = simulatedFields(provider.configuration(config));
    const scope = this.simulationOf(facts).scope?.(block) ?? {};
    const session = { id: SESSION, owner, provider: block, scope, stopped: new AbortController() };
    refuseErrors(provider.configure(session));
    return { provider, session };
  }

  private providerOf(facts: ProviderFacts): Provider {
    const known = this.byFacts.get(facts);
    if (known) return known;
    const simulation = this.simulationOf(facts);
    const provider = new Provider({ facts, simulation, lifecycle: this.lifecycle, latency: 0 });
    this.byFacts.set(facts, provider);
    return provider;
  }

  private simulationOf(facts: ProviderFacts) {
    const { simulations } = this.sandbox.world;
    return (
      simulations.find(({ provider }) => provider === facts.provider) ?? { provider: facts.provider, resources: {} }
    );
  }
}
