import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProviderSimulation, SimulatedSeed } from '../../constructs/contract/simulation';
import { Cloud } from '../../scripts/sandbox/cloud';
import { decode, encode, type WireValue } from '../../scripts/sandbox/codec';
import type { ProviderFacts } from '../../scripts/sandbox/facts';
import { Lifecycle } from '../../scripts/sandbox/lifecycle';
import { Provider } from '../../scripts/sandbox/provider';
import { typeOfBlock, withBlocks } from '../../scripts/sandbox/schema';
import { plantSeeds } from '../../scripts/sandbox/seeds';
import type { LiveSession } from '../../scripts/sandbox/service';
import { type Fields, isFields } from '../../scripts/sandbox/values';
import { simulatedFields } from '../../scripts/sandbox/view';
import { World } from '../../scripts/sandbox/world';

/** An object as Terraform's state would hold it. */
export interface Made {
  readonly type: string;
  readonly id: string;
  readonly attributes: Fields;
}

/** A provider's session: what Terraform asks of it, call by call, and an error of the API as an exception. */
export interface SimulatedApi {
  create(type: string, config: Fields): Promise<Made>;
  update(made: Made, config: Fields): Promise<Made>;
  destroy(made: Made): Promise<void>;
  /** Undefined: the object is gone. */
  read(made: Made): Promise<Made | undefined>;
  /** A data source. */
  find(type: string, config: Fields): Promise<Fields>;
}

interface Message {
  readonly diagnostics?: readonly { readonly severity?: number; readonly summary?: string; readonly detail?: string }[];
  readonly planned_state?: WireValue;
  readonly planned_private?: Uint8Array;
  readonly new_state?: WireValue;
  readonly state?: WireValue;
}

/** Simulated providers that share a cloud in this process: no Terraform, no sockets. */
export class SimulatedClouds {
  private readonly folder = mkdtempSync(join(tmpdir(), 'watari-api-'));
  private readonly world: World;
  private readonly lifecycle: Lifecycle;
  readonly cloud: Cloud;

  constructor(
    private readonly simulations: readonly ProviderSimulation[],
    facts: readonly ProviderFacts[],
    seeds: readonly SimulatedSeed[] = [],
  ) {
    this.world = new World(simulations, facts);
    this.cloud = new Cloud(join(this.folder, 'cloud.jsonl'));
    plantSeeds(this.cloud, this.world, seeds);
    this.lifecycle = new Lifecycle(this.cloud, this.world, () => true);
  }

  /** @param provider address without host: `hashicorp/aws` @param configuration what the provider block says */
  api(provider: string, configuration: Fields = {}): SimulatedApi {
    const simulation = this.simulations.find((one) => one.provider === provider);
    const facts = this.world.factsOf(provider);
    if (!simulation || !facts) throw new Error(`neither simulation nor facts know ${provider}`);
    const block = simulatedFields(configuration);
    const scope = simulation.scope?.(block) ?? {};
    const session = { id: 'test', owner: 'test', provider: block, scope, stopped: new AbortController() };
    return new Session(new Provider({ facts, simulation, lifecycle: this.lifecycle, latency: 0 }), facts, session);
  }

  close(): void {
    this.cloud.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const errorSeverity = 1;

class Session implements SimulatedApi {
  constructor(
    private readonly provider: Provider,
    private readonly facts: ProviderFacts,
    private readonly session: LiveSession,
  ) {}

  create(type: string, config: Fields): Promise<Made> {
    return this.change(type, undefined, config);
  }

  update(made: Made, config: Fields): Promise<Made> {
    return this.change(made.type, made, config);
  }

  async destroy({ type, attributes }: Made): Promise<void> {
    const [nothing, prior_state] = [this.wire(type, null), this.wire(type, attributes)];
    await this.ask('apply', { type_name: type, prior_state, planned_state: nothing, config: nothing });
  }

  async read({ type, attributes }: Made): Promise<Made | undefined> {
    const { new_state } = await this.ask('read', { type_name: type, current_state: this.wire(type, attributes) });
    return this.madeOf(type, new_state);
  }

  async find(type: string, config: Fields): Promise<Fields> {
    const block = this.facts.data_sources?.[type]?.block ?? {};
    const wire = encode(withBlocks(block, config), typeOfBlock(block));
    const { state } = await this.ask('readData', { type_name: type, config: wire });
    const found = decode(state, typeOfBlock(block));
    return isFields(found) ? found : {};
  }

  private async change(type: string, before: Made | undefined, config: Fields): Promise<Made> {
    const wire = this.wire(type, config);
    await this.ask('validate', { type_name: type, config: wire });
    const change = { type_name: type, prior_state: this.wire(type, before?.attributes ?? null), config: wire };
    const proposed = this.wire(type, before ? { ...before.attributes, ...config } : config);
    const { planned_state, planned_private } = await this.ask('plan', { ...change, proposed_new_state: proposed });
    const { new_state } = await this.ask('apply', { ...change, planned_state, planned_private });
    const made = this.madeOf(type, new_state);
    if (!made) throw new Error(`${type} was neither made nor refused`);
    return made;
  }

  private async ask(call: 'validate' | 'plan' | 'apply' | 'read' | 'readData', request: object): Promise<Message> {
    const message = (await this.provider.answer(call, request, this.session)).message as Message;
    const errors = (message.diagnostics ?? []).filter(({ severity }) => severity === errorSeverity);
    if (errors.length === 0) return message;
    throw new Error(errors.map(({ summary, detail }) => [summary, detail].filter(Boolean).join(': ')).join('\n'));
  }

  private wire(type: string, value: Fields | null): WireValue {
    const block = this.blockOf(type);
    return encode(value && withBlocks(block, value), typeOfBlock(block));
  }

  private madeOf(type: string, wire: WireValue | undefined): Made | undefined {
    const attributes = decode(wire, typeOfBlock(this.blockOf(type)));
    return isFields(attributes) ? { type, id: String(attributes['id'] ?? ''), attributes } : undefined;
  }

  private blockOf(type: string) {
    const known = this.facts.resources[type];
    if (!known) throw new Error(`the facts of ${this.facts.provider} do not have ${type}`);
    return known.block;
  }
}
