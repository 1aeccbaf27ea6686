import { mkdtempSync, rmSync } from 'node:fs';
import type { Http2Server, Http2Session } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProviderSimulation, Scope, SimulatedSeed } from '../../constructs/contract/simulation';
import { Cloud } from './cloud';
import { readFacts, type ProviderFacts } from './facts';
import { listen, type Answer, type Arrival } from './grpc';
import { Lifecycle } from './lifecycle';
import { Provider } from './provider';
import { RealProgram } from './real/program';
import type { RealProvider } from './real/providers';
import { plantSeeds } from './seeds';
import type { LiveSession } from './service';
import { isOpen, Sessions } from './sessions';
import { simulatedFields } from './view';
import { World } from './world';

export interface SandboxOptions {
  /** Where the cloud is kept; made when it is not there. */
  readonly cloudFile: string;
  readonly simulations: readonly ProviderSimulation[];
  /** Facts, or files of them; a provider may have several versions, of which a stack's own constraint chooses. */
  readonly facts: readonly (ProviderFacts | string)[];
  /** What is there before anybody deploys, beside what the simulations know of every cloud. @default nothing */
  readonly seeds?: readonly SimulatedSeed[];
  /**
   * How much of the real API's seconds (`SimulatedResource.seconds`) operations take.
   * @default 0
   */
  readonly latency?: number;
  /** Providers on this machine that validate and plan in the place of their simulation. @default none */
  readonly realProviders?: readonly RealProvider[];
}

/** Providers that a stack may call, by address without host, with the version that it asks for, if it does. */
export type WantedProviders = Readonly<Record<string, string | undefined>>;

export interface Sandbox {
  readonly cloud: Cloud;
  readonly world: World;
  /**
   * Variables that make Terraform and OpenTofu use the sandbox.
   * @param owner who deploys: a stack. Objects remember it, and only it adopts what a killed run of its own left behind.
   * @param wanted only these providers. @default all
   */
  env(owner?: string, wanted?: WantedProviders): Promise<Record<string, string>>;
  /** The provider that answers for some facts, to be asked in this process. */
  served(facts: ProviderFacts): ServedProvider;
  /** Ends all sessions. What was committed is in the file already. */
  close(): Promise<void>;
}

/** Terraform looks providers up under its own registry, OpenTofu under its own; what does not apply is ignored. */
const HOSTS = ['registry.terraform.io', 'registry.opentofu.org'];

/** Serves every simulated provider on unix sockets. Throws when facts cannot be read or the cloud's file is of a newer version. */
export function startSandbox(options: SandboxOptions): Sandbox {
  const facts = options.facts.map((item) => (typeof item === 'string' ? readFacts(item) : item));
  const world = new World(options.simulations, facts);
  const cloud = new Cloud(options.cloudFile);
  plantSeeds(cloud, world, options.seeds);
  return new Server({ ...options, facts }, new Sessions(), cloud, world);
}

/** A provider as Terraform finds it. */
export interface ServedProvider {
  readonly provider: Provider;
  readonly simulation: ProviderSimulation;
}

class Server implements Sandbox {
  private readonly folder = mkdtempSync(join(tmpdir(), 'watari-'));
  private readonly servers: Http2Server[] = [];
  private readonly connections = new Set<Http2Session>();
  private readonly providers = new Map<ProviderFacts, ServedProvider>();
  private readonly opened = new Map<string, Promise<string>>();
  private readonly programs: RealProgram[] = [];
  private readonly lifecycle: Lifecycle;

  constructor(
    private readonly options: SandboxOptions & { readonly facts: readonly ProviderFacts[] },
    private readonly sessions: Sessions,
    readonly cloud: Cloud,
    readonly world: World,
  ) {
    this.lifecycle = new Lifecycle(cloud, world, isOpen);
  }

  async env(owner = 'default', wanted?: WantedProviders): Promise<Record<string, string>> {
    const records: Record<string, object> = {};
    for (const facts of chosenFacts(this.options, wanted)) {
      const socket = await this.open(owner, facts);
      const { protocol } = this.served(facts).provider;
      const record = {
        Protocol: 'grpc',
        ProtocolVersion: protocol,
        Pid: process.pid,
        Test: true,
        Addr: { Network: 'unix', String: socket },
      };
      for (const host of HOSTS) records[`${host}/${facts.provider}`] = record;
    }
    return { TF_REATTACH_PROVIDERS: JSON.stringify(records) };
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.destroy();
    for (const program of this.programs) program.close();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
    rmSync(this.folder, { recursive: true, force: true });
    this.cloud.close();
  }

  private open(owner: string, facts: ProviderFacts): Promise<string> {
    const name = `${owner} ${facts.provider} ${facts.version}`;
    const known = this.opened.get(name) ?? this.bind(owner, facts, join(this.folder, `${this.opened.size}`));
    this.opened.set(name, known);
    return known;
  }

  private async bind(owner: string, facts: ProviderFacts, socket: string): Promise<string> {
    const served = this.served(facts);
    const server = await listen(socket, (arrival) => this.handle(served, owner, arrival));
    server.on('session', (connection) => {
      this.connections.add(connection);
      connection.on('close', () => this.connections.delete(connection));
    });
    this.servers.push(server);
    return socket;
  }

  served(facts: ProviderFacts): ServedProvider {
    const known = this.providers.get(facts);
    if (known) return known;
    const simulation =
      this.options.simulations.find(({ provider }) => provider === facts.provider) ?? unknownProvider(facts.provider);
    const { latency = 0 } = this.options;
    const provider = new Provider({ facts, simulation, lifecycle: this.lifecycle, latency }, this.realOf(facts));
    this.providers.set(facts, { provider, simulation });
    return { provider, simulation };
  }

  private realOf({ provider, version }: ProviderFacts): RealProgram | undefined {
    const found = this.options.realProviders?.find((one) => one.provider === provider && one.version === version);
    const program = found && new RealProgram(found, this.folder);
    if (program) this.programs.push(program);
    return program;
  }

  private async handle(served: ServedProvider, owner: string, arrival: Arrival): Promise<Answer | undefined> {
    const { provider } = served;
    const call = provider.calls.get(arrival.path);
    if (!call) return undefined;
    if (call.name === 'schema') return { message: provider.schema() };
    const request = call.decode(arrival.message);
    const session = this.sessions.of(arrival.connection, owner);
    if (call.name === 'configure')
      return { message: call.encode(this.configure(served, owner, arrival.connection, request)) };
    if (call.name === 'stop') session.stopped.abort();
    const { message, dies } = await provider.answer(call.name, request, session);
    if (dies === 'unanswered') die();
    return { message: call.encode(message), ...(dies === 'answered' ? { sent: die } : {}) };
  }

  private configure(
    { provider, simulation }: ServedProvider,
    owner: string,
    connection: Http2Session,
    request: unknown,
  ): object {
    const block = simulatedFields(provider.configuration((request as { config?: never }).config));
    const scope: Scope = simulation.scope?.(block) ?? {};
    const session: LiveSession = this.sessions.configure(connection, owner, block, scope);
    return { diagnostics: provider.configure(session) };
  }
}

/** A killed process, as a power cut would leave it. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function unknownProvider(provider: string): ProviderSimulation {
  return { provider, resources: {} };
}

/** One version of each provider: the one that the stack's constraint names, else the last in the list. */
export function chosenFacts(
  { facts }: { readonly facts: readonly ProviderFacts[] },
  wanted: WantedProviders | undefined,
): readonly ProviderFacts[] {
  const byProvider = new Map<string, ProviderFacts>();
  for (const item of facts) {
    const name = item.provider.toLowerCase();
    const constraint = wanted?.[name];
    const isNamed = constraint?.includes(item.version) ?? false;
    const isBetter = !byProvider.has(name) || isNamed || !constraint?.includes(byProvider.get(name)?.version ?? '');
    if ((!wanted || name in wanted) && isBetter) byProvider.set(name, item);
  }
  return [...byProvider.values()];
}
