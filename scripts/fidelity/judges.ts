import type { ProviderSimulation } from '../../constructs/contract/simulation';
import { launch, type Plugin } from '../facts/plugin';
import { Cloud } from '../sandbox/cloud';
import { encode } from '../sandbox/codec';
import type { BlockFacts, ProviderFacts } from '../sandbox/facts';
import { Lifecycle } from '../sandbox/lifecycle';
import { Provider } from '../sandbox/provider';
import { typeOfBlock, withBlocks } from '../sandbox/schema';
import { plantSeeds } from '../sandbox/seeds';
import type { LiveSession, WireRequest } from '../sandbox/service';
import type { Fields } from '../sandbox/values';
import { simulatedFields } from '../sandbox/view';
import { World } from '../sandbox/world';

/** Whether a configuration is accepted, and else the first thing that is said against it. */
export interface Verdict {
  readonly accepted: boolean;
  readonly said: string;
}

/** Who judges configurations of new resources: asked to validate and, if nothing is wrong, to plan. */
export interface Judge {
  judge(type: string, block: BlockFacts, config: Fields): Promise<Verdict>;
  close(): void;
}

interface Diagnosed {
  readonly diagnostics?: readonly { readonly severity?: number; readonly summary?: string; readonly detail?: string }[];
}

type Ask = (call: 'validate' | 'plan', request: object) => Promise<Diagnosed>;

const errorSeverity = 1;
/** As Terraform 1.11 and later say of themselves. */
const client_capabilities = { write_only_attributes_allowed: true };
const accepted: Verdict = { accepted: true, said: '' };

async function judged(ask: Ask, type_name: string, block: BlockFacts, config: Fields): Promise<Verdict> {
  const wire = encode(config, typeOfBlock(block));
  const nothing = encode(null, typeOfBlock(block));
  const valid = verdictOf(await ask('validate', { type_name, config: wire, client_capabilities }));
  if (!valid.accepted) return valid;
  return verdictOf(await ask('plan', { type_name, prior_state: nothing, proposed_new_state: wire, config: wire }));
}

function verdictOf({ diagnostics = [] }: Diagnosed): Verdict {
  const first = diagnostics.find(({ severity }) => severity === errorSeverity);
  return first ? { accepted: false, said: [first.summary, first.detail].filter(Boolean).join(': ') } : accepted;
}

/** The provider itself, offline. It is started again when it dies over a question, which counts as a refusal. */
export function realJudge(
  binary: string,
  folder: string,
  facts: ProviderFacts,
  configuration: Fields | undefined,
): Judge {
  let plugin: Plugin | undefined;
  const started = async (): Promise<Plugin> => (plugin ??= await start(binary, folder, facts, configuration));
  const ask: Ask = async (call, request) => {
    try {
      return (await (await started()).ask(call, request)) as Diagnosed;
    } catch (error) {
      plugin?.close();
      plugin = undefined;
      const summary = `the provider died: ${error instanceof Error ? error.message : String(error)}`;
      return { diagnostics: [{ severity: errorSeverity, summary }] };
    }
  };
  return { judge: (type, block, config) => judged(ask, type, block, config), close: () => plugin?.close() };
}

async function start(
  binary: string,
  folder: string,
  { provider_config = {} }: ProviderFacts,
  configuration: Fields | undefined,
): Promise<Plugin> {
  const plugin = await launch(binary, folder);
  if (!configuration) return plugin;
  const config = encode(withBlocks(provider_config, configuration), typeOfBlock(provider_config));
  const verdict = verdictOf((await plugin.ask('configure', { terraform_version: '1.11.4', config })) as Diagnosed);
  if (verdict.accepted) return plugin;
  plugin.close();
  throw new Error(`${binary} refuses its made-up configuration: ${verdict.said}`);
}

/** The sandbox, without a Terraform before it. @param cloudFile of an empty cloud */
export function sandboxJudge(
  facts: ProviderFacts,
  simulations: readonly ProviderSimulation[],
  cloudFile: string,
  configuration: Fields,
): Judge {
  const simulation = simulations.find(({ provider }) => provider === facts.provider) ?? {
    provider: facts.provider,
    resources: {},
  };
  const world = new World(simulations, [facts]);
  const cloud = new Cloud(cloudFile);
  plantSeeds(cloud, world);
  const lifecycle = new Lifecycle(cloud, world, () => false);
  const provider = new Provider({ facts, simulation, lifecycle, latency: 0 });
  const block = simulatedFields(configuration);
  const session: LiveSession = {
    id: 'judge',
    owner: 'judge',
    provider: block,
    scope: simulation.scope?.(block) ?? {},
    stopped: new AbortController(),
  };
  const ask: Ask = async (call, request) =>
    (await provider.answer(call, request as WireRequest, session)).message as Diagnosed;
  return { judge: (type, own, config) => judged(ask, type, own, config), close: () => cloud.close() };
}
