import type { ProviderSimulation } from '../../constructs/contract/simulation';
import { Cloud } from '../sandbox/cloud';
import { encode } from '../sandbox/codec';
import { Context } from '../sandbox/context';
import type { BlockFacts, ProviderFacts } from '../sandbox/facts';
import { Lifecycle } from '../sandbox/lifecycle';
import { make } from '../sandbox/making';
import { Provider } from '../sandbox/provider';
import { errorOf, launchConfigured, type Configured } from '../sandbox/real/configured';
import type { Plugin } from '../sandbox/real/plugin';
import { typeOfBlock, withBlocks } from '../sandbox/schema';
import { plantSeeds } from '../sandbox/seeds';
import type { LiveSession, WireRequest } from '../sandbox/service';
import { identityOf } from '../sandbox/stable';
import type { Fields } from '../sandbox/values';
import { simulatedFields } from '../sandbox/view';
import { World } from '../sandbox/world';

/** Whether a configuration is accepted, and else the first thing that is said against it. */
export interface Verdict {
  readonly accepted: boolean;
  readonly said: string;
}

/** An answer of the protocol to one question; a provider that dies over it has said so as an error. */
export type Ask = (call: 'validate' | 'plan', request: object) => Promise<object>;

/** Who judges configurations and plans changes: asked as Terraform asks. */
export interface Judge {
  readonly ask: Ask;
  /** Of a new resource: validated and, if nothing is wrong, planned. */
  judge(type: string, block: BlockFacts, config: Fields): Promise<Verdict>;
  close(): void;
}

export interface SandboxJudge extends Judge {
  /** The object that a plan to create it amounts to. */
  created(type: string, planned: Fields): Fields;
}

/** As Terraform 1.11 and later say of themselves. */
const client_capabilities = { write_only_attributes_allowed: true };
const accepted: Verdict = { accepted: true, said: '' };

/** Validates only. */
export async function validated(ask: Ask, type_name: string, block: BlockFacts, config: Fields): Promise<Verdict> {
  return verdictOf(
    await ask('validate', { type_name, config: encode(config, typeOfBlock(block)), client_capabilities }),
  );
}

async function judged(ask: Ask, type_name: string, block: BlockFacts, config: Fields): Promise<Verdict> {
  const valid = await validated(ask, type_name, block, config);
  if (!valid.accepted) return valid;
  const [wire, nothing] = [encode(config, typeOfBlock(block)), encode(null, typeOfBlock(block))];
  return verdictOf(await ask('plan', { type_name, prior_state: nothing, proposed_new_state: wire, config: wire }));
}

function verdictOf(answer: object): Verdict {
  const said = errorOf(answer);
  return said === undefined ? accepted : { accepted: false, said };
}

/** The provider itself, offline. It is started again when it dies over a question, which counts as a refusal. */
export function realJudge(provider: Configured): Judge {
  let plugin: Plugin | undefined;
  const started = async (): Promise<Plugin> => (plugin ??= await launchConfigured(provider));
  const ask: Ask = async (call, request) => {
    const running = await started();
    try {
      return (await running.ask(call, request)) as object;
    } catch (error) {
      plugin?.close();
      plugin = undefined;
      const summary = `the provider died: ${error instanceof Error ? error.message : String(error)}`;
      return { diagnostics: [{ severity: 1, summary }] };
    }
  };
  return { ask, judge: (type, block, config) => judged(ask, type, block, config), close: () => plugin?.close() };
}

/** The sandbox, without a Terraform before it. @param cloudFile of an empty cloud */
export function sandboxJudge(
  facts: ProviderFacts,
  simulations: readonly ProviderSimulation[],
  cloudFile: string,
  configuration: Fields,
): SandboxJudge {
  const simulation = simulations.find(({ provider }) => provider === facts.provider) ?? {
    provider: facts.provider,
    resources: {},
  };
  const world = new World(simulations, [facts]);
  const cloud = new Cloud(cloudFile);
  plantSeeds(cloud, world);
  const lifecycle = new Lifecycle(cloud, world, () => false);
  const provider = new Provider({ facts, simulation, lifecycle, latency: 0 });
  const session = sessionOf(simulation, configuration);
  const ask: Ask = async (call, request) => (await provider.answer(call, request as WireRequest, session)).message;
  const created: SandboxJudge['created'] = (typeName, planned) => {
    const type = facts.resources[typeName];
    if (!type) throw new Error(`the facts of ${facts.provider}@${facts.version} do not have ${typeName}`);
    const context = new Context(cloud, world, session, identityOf(typeName, '', session.scope, planned));
    const { fields } = make({ typeName, type, resource: world.resource(typeName), context }, planned);
    return withBlocks(type.block, fields);
  };
  const judge: Judge['judge'] = (type, own, config) => judged(ask, type, own, config);
  return { ask, judge, created, close: () => cloud.close() };
}

function sessionOf(simulation: ProviderSimulation, configuration: Fields): LiveSession {
  const provider = simulatedFields(configuration);
  const scope = simulation.scope?.(provider) ?? {};
  return { id: 'judge', owner: 'judge', provider, scope, stopped: new AbortController() };
}
