import type { SimulatedAttributes } from '../../../constructs/contract/simulation';
import { encode } from '../codec';
import type { ProviderFacts } from '../facts';
import type { Provider } from '../provider';
import { typeOfBlock } from '../schema';
import type { Sandbox } from '../server';
import type { LiveSession } from '../service';
import { simulatedFields } from '../view';
import { refuseErrors } from './answers';
import type { Configured } from './body';

/** A provider of a stack with its provider block, ready to be asked. */
export interface Connection {
  readonly provider: Provider;
  readonly session: LiveSession;
}

interface Asker {
  /** The stack that deploys. */
  readonly owner: string;
  readonly session: string;
}

/** Gives a provider of the sandbox its provider block, as Terraform does. Throws `NotPlantable` where it refuses that. */
export function connect(
  sandbox: Sandbox,
  facts: ProviderFacts,
  { fields }: Configured,
  { owner, session: id }: Asker,
): Connection {
  const { provider, simulation } = sandbox.served(facts);
  const config = encode(fields, typeOfBlock(facts.provider_config ?? {}));
  const block: SimulatedAttributes = simulatedFields(provider.configuration(config));
  const scope = simulation.scope?.(block) ?? {};
  const session = { id, owner, provider: block, scope, stopped: new AbortController() };
  refuseErrors(provider.configure(session));
  return { provider, session };
}
