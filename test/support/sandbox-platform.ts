import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Provider } from '../../constructs/contract/adapter';
import type { StackSpec } from '../../constructs/contract/stack';
import type {
  ProviderSimulation,
  SimulatedError,
  SimulatedPrerequisite,
  SimulatedSeed,
} from '../../constructs/contract/simulation';
import { registry } from '../../constructs/providers/registry';
import type { Platform } from '../../stacks/platform/platform';
import { writeStacks } from '../../stacks/synthesis';
import { runPhase, type Run } from '../../scripts/deploy/phases';
import type { Phase, StackOutcome } from '../../scripts/deploy/stack-work';
import { unprovenIn } from '../../scripts/deploy/unproven';
import { seedsOf } from '../../scripts/sandbox/adopted';
import { grant, withhold } from '../../scripts/sandbox/control';
import { prepareInSandbox } from '../../scripts/sandbox/run';
import { type Sandbox, startSandbox } from '../../scripts/sandbox/server';
import { terraformEnvironment } from '../../scripts/terraform/environment';
import { imageOf } from './images';
import { factsOfAdapter } from './provider-facts';
import { terraformBinary } from './programs';
import type { ExamplePlatform } from './synthesised';

/** How a withheld prerequisite showed. */
export interface Refusal {
  readonly id: string;
  /** The words of the simulated API. */
  readonly error: SimulatedError;
  /** What Terraform printed. */
  readonly output: string;
}

const stacksAtATime = 3;
const quietScreen = { start: () => ({ say: () => undefined, end: () => undefined }), close: () => undefined };

/** The gateway that stands beside those of the platform boots an image that no lock pins. */
function imagesOfTheRest({ places }: Platform): readonly SimulatedSeed[] {
  const providers: Readonly<Record<string, Provider>> = registry;
  return Object.values(places).flatMap(({ site }) => providers[site.provider]?.seeds(site, [imageOf('gateway')]) ?? []);
}

/** A platform in a cloud of its own, deployed by the real Terraform with the functions of `watari deploy`. */
export class SandboxPlatform {
  private readonly home = mkdtempSync(join(tmpdir(), 'watari-conformance-'));
  /** Prerequisites whose lack has shown, with the error that the API gave, since they were last looked at. */
  private readonly struck = new Map<string, SimulatedError>();
  readonly sandbox: Sandbox;
  private readonly run: Run;

  constructor(
    adapter: string,
    simulations: readonly ProviderSimulation[],
    private readonly example: ExamplePlatform,
  ) {
    const watched = simulations.map((simulation) => this.watch(simulation));
    this.sandbox = startSandbox({
      cloudFile: join(this.home, 'cloud.json'),
      simulations: watched,
      facts: factsOfAdapter(adapter),
      seeds: [...seedsOf(example.platform), ...imagesOfTheRest(example.platform)],
    });
    const synthesised = join(this.home, 'cdktf.out');
    writeStacks(example.platform, example.specs, synthesised);
    this.run = {
      program: terraformBinary() ?? 'terraform',
      target: this.target(),
      synthesised,
      screen: quietScreen,
      machines: new Map(),
      healthSeconds: 0,
      width: stacksAtATime,
      unproven: unprovenIn(join(this.home, 'unproven.json')),
      signal: new AbortController().signal,
    };
  }

  /** Brings these stacks to where they shall be. @default all */
  async work(phase: Phase, specs: readonly StackSpec[] = this.example.specs): Promise<readonly StackOutcome[]> {
    return (await runPhase(this.run, specs, phase)).done;
  }

  /**
   * Deploys with nothing granted, and grants what the errors name, one after the other, as somebody does who is new to
   * the provider. What stands is not touched again. Ends when all stands, or when an error names nothing.
   */
  async workUntilGranted(prerequisites: readonly string[]): Promise<{ refusals: Refusal[]; failed: StackOutcome[] }> {
    const refusals: Refusal[] = [];
    for (const id of prerequisites) withhold(this.sandbox.cloud, id);
    let open = this.example.specs;
    for (;;) {
      const done = await this.work('create', open);
      const failed = done.filter(({ ok }) => !ok);
      open = open.filter(({ id }) => !done.some(({ stack, ok }) => stack === id && ok));
      const output = failed.map(({ error = '' }) => error).join('\n');
      refusals.push(...[...this.struck].map(([id, error]) => ({ id, error, output })));
      for (const id of this.struck.keys()) grant(this.sandbox.cloud, id);
      if (open.length === 0 || this.struck.size === 0) return { refusals, failed };
      this.struck.clear();
    }
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.home, { recursive: true, force: true });
  }

  private watch(simulation: ProviderSimulation): ProviderSimulation {
    const watched = (one: SimulatedPrerequisite): SimulatedPrerequisite => ({
      ...one,
      error: (self, context) => {
        const error = one.error(self, context);
        this.struck.set(one.id, error);
        return error;
      },
    });
    return { ...simulation, prerequisites: (simulation.prerequisites ?? []).map(watched) };
  }

  private target(): Run['target'] {
    const { env } = terraformEnvironment(process.env);
    return {
      prepare: async (_stack, synthesised) => {
        const { cwd, state, env: own } = await prepareInSandbox(this.sandbox, synthesised, { home: this.home, env });
        const all = Object.entries({ ...env, ...own });
        return {
          folder: cwd,
          state,
          env: Object.fromEntries(all.filter((pair): pair is [string, string] => pair[1] !== null)),
        };
      },
      probe: () => Promise.resolve(true),
      missingImages: () => Promise.resolve([]),
      close: () => Promise.resolve(),
    };
  }
}
