import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { refuse } from '../../constructs/contract/problem';
import type { StackSpec } from '../../constructs/contract/stack';
import { synthesize } from '../../stacks/main';
import type { Platform } from '../../stacks/platform/platform';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { homeFolder } from '../cli/home';
import { onInterrupt } from '../cli/interrupt';
import { note, print, printJson } from '../cli/output';
import { progress } from '../cli/progress';
import { widthOf } from '../cli/table';
import { sandboxPlace } from '../sandbox/place';
import { realProvidersFor } from '../sandbox/real/chosen';
import { readApproval } from '../review/approval';
import { terraformEnvironment } from '../terraform/environment';
import { describeTerraform, findTerraform } from '../terraform/find';
import { loadTopology } from '../topology/load';
import type { DeployOptions } from './command';
import { probedMachines } from './health';
import { findOrphans, formerState, recordStacks } from './orphans';
import { refuseMissingImages } from './missing-images';
import { joinOutcomes } from './outcomes';
import { realTarget, refuseMissingVariables } from './real-target';
import { type DeployReport, readAddresses, renderReport } from './report';
import type { RunLock } from './run-lock';
import { sandboxTarget } from './sandbox-target';
import { readersOf, selectStacks } from './selection';
import { providersOf, refuseChangedProviders, type SiteProviders } from './site-providers';
import type { StackOutcome } from './stack-work';
import { type Run, runPhase } from './phases';
import { interruptTerraform } from './terraform-run';
import { unprovenIn } from './unproven';
import { whileLocked } from './while-locked';

/** Applies the stacks of a topology in order, or takes them down; run again, it resumes. */
export async function deploy(options: DeployOptions, context: CliContext): Promise<ExitCode> {
  if (options.destroy && options.reviewed !== undefined) {
    const fix = 'Leave `--reviewed` away: a review says what a change does, and this takes everything down.';
    refuse([{ path: '--reviewed', message: 'does not go with --destroy', fix }]);
  }
  const platform = await loadTopology(options.topology, context);
  const folder = join(homeFolder(context), options.sandbox ? 'sandbox' : 'deploy', platform.topology.name);
  const command = `watari deploy${options.destroy ? ' --destroy' : ''}`;
  const say = (text: string): void => note(context, text);
  return whileLocked(join(folder, 'running.json'), command, say, async (lock) => {
    const report = await deployPlatform(platform, folder, { ...options, lock }, context);
    tell(report, options, context);
    return report.stacks.every(({ ok }) => ok) && report.blocked.length === 0 ? ExitCode.done : ExitCode.no;
  });
}

interface LockedOptions extends DeployOptions {
  readonly lock: RunLock;
}

interface StoppableOptions extends LockedOptions {
  /** Once aborted, nothing more is begun. */
  readonly signal: AbortSignal;
}

/** What is there before Terraform runs. */
interface Prepared {
  readonly run: Run;
  readonly specs: readonly StackSpec[];
  readonly selected: readonly StackSpec[];
}

async function deployPlatform(
  platform: Platform,
  folder: string,
  options: LockedOptions,
  context: CliContext,
): Promise<DeployReport> {
  const started = Date.now();
  const controller = new AbortController();
  const { run, specs, selected } = await prepare(platform, folder, { ...options, signal: controller.signal }, context);
  controller.signal.addEventListener('abort', interruptTerraform);
  const stop = onInterrupt(controller, interrupted, (text) => note(context, text));
  try {
    if (!options.destroy) await refuseMissingImages(platform, selected, run.target);
    const { done, blocked } = await runAllPhases(run, selected, options.destroy);
    recordRun(recordIn(folder), done, options.destroy, (stack) => providersOfStack(platform, specs, stack));
    return {
      topology: platform.topology.name,
      stacks: done,
      blocked,
      orphans: findOrphans(
        recordIn(folder),
        specs.map(({ id }) => id),
      ),
      addresses: options.destroy ? [] : readAddresses(selected, done),
      readers: options.destroy ? [] : readersOf(specs, selected, done),
      seconds: (Date.now() - started) / 1000,
    };
  } finally {
    stop();
    run.screen.close();
    await run.target.close();
  }
}

const providersOfStack = (platform: Platform, specs: readonly StackSpec[], stack: string): SiteProviders =>
  providersOf(platform, specs.find(({ id }) => id === stack) ?? { sites: [] });

function recordRun(
  record: string,
  done: readonly StackOutcome[],
  destroy: boolean,
  providersAt: (stack: string) => SiteProviders,
): void {
  const stacks = done.map(
    ({ stack, state, resources }) => [stack, { ...deployed(state, resources), providers: providersAt(stack) }] as const,
  );
  const destroyed = done.filter(({ ok }) => destroy && ok).map(({ stack }) => stack);
  recordStacks(record, Object.fromEntries(stacks), destroyed);
}

const deployed = (state?: string, resources?: number) => {
  if (state !== undefined) return { state };
  return resources === undefined ? {} : { resources };
};

/** @throws Error where a stack's resources are in another state than the one that it would have now */
function recordStack(record: string, stack: string, state: string | undefined, providers: SiteProviders): void {
  const former = formerState(record, stack, state);
  if (former !== undefined)
    throw new Error(
      `The topology keeps the state of ${stack} elsewhere now; its resources are in ${former}. Deploying would make them a second time. Put the store back, or take the stack down with the former store first.`,
    );
  recordStacks(record, { [stack]: { ...deployed(state), providers } });
}

async function prepare(
  platform: Platform,
  folder: string,
  options: StoppableOptions,
  context: CliContext,
): Promise<Prepared> {
  refuseChangedProviders(recordIn(folder), platform);
  const { env, notes } = terraformEnvironment(context.env);
  for (const text of notes) note(context, text);
  const { root, cwd } = context;
  const terraform = await findTerraform({ root, cwd, env, note: (text) => note(context, text) });
  note(context, describeTerraform(terraform));
  const synthesised = join(folder, 'cdktf.out');
  const specs = synthesize(platform, synthesised);
  const selected = selectStacks(specs, options);
  if (!options.sandbox)
    refuseMissingVariables(
      selected.map(({ id }) => id),
      synthesised,
      env,
    );
  const approval =
    options.reviewed === undefined
      ? undefined
      : readApproval(options.reviewed, { topology: platform.topology.name, folder: synthesised }, context);
  const place = sandboxPlace(homeFolder(context), platform.topology.name);
  const real = realProvidersFor(options, context);
  const target = options.sandbox
    ? sandboxTarget(root, place, env, platform, real)
    : realTarget(join(folder, 'work'), env);
  const screen = progress(context, { quiet: options.json });
  const machines = probedMachines(platform);
  const healthSeconds = options.healthTimeout;
  const { interrupted: since } = options.lock;
  const interruption = since === undefined ? undefined : { since, until: new Date() };
  const record: NonNullable<Run['record']> = (stack, state) =>
    recordStack(recordIn(folder), stack, state, providersOfStack(platform, specs, stack));
  const unproven = unprovenIn(join(folder, 'unproven.json'));
  const { signal } = options;
  const tools = { program: terraform.path, width: stacksAtATime(), interruption, record, unproven, signal, approval };
  return { specs, selected, run: { ...tools, target, synthesised, screen, machines, healthSeconds } };
}

const recordIn = (folder: string): string => join(folder, 'stacks.json');

/** Terraform's own work is most of it; a stack more than there are cores keeps them busy while others wait. */
const stacksAtATime = (): number => availableParallelism() + 1;

interface Outcomes {
  readonly done: readonly StackOutcome[];
  readonly blocked: readonly { readonly stack: string; readonly by: string }[];
}

/**
 * Creates before it destroys: the first pass makes and changes, in order of dependence; the second, in the reverse order,
 * destroys what only goes away. After a failure nothing more is destroyed.
 */
async function runAllPhases(run: Run, specs: readonly StackSpec[], destroy: boolean): Promise<Outcomes> {
  if (destroy) return runPhase(run, specs, 'destroy-all');
  const first = await runPhase(run, specs, 'create');
  const pending = new Set(first.done.filter(({ pendingDestroy }) => pendingDestroy > 0).map(({ stack }) => stack));
  const broken = first.blocked.length > 0 || first.done.some(({ ok }) => !ok);
  if (broken || pending.size === 0) return first;
  const second = await runPhase(
    run,
    specs.filter(({ id }) => pending.has(id)),
    'destroy-leftovers',
  );
  return { done: mergeOutcomes(first.done, second.done), blocked: second.blocked };
}

function mergeOutcomes(first: readonly StackOutcome[], second: readonly StackOutcome[]): StackOutcome[] {
  const later = new Map(second.map((outcome) => [outcome.stack, outcome]));
  return first.map((outcome) => {
    const after = later.get(outcome.stack);
    return after ? joinOutcomes(outcome, after) : outcome;
  });
}

/**
 * The first interrupt lets every Terraform write its state, begins nothing more and ends the run; nothing is lost. A second
 * one would make Terraform forget what it has just made.
 */
const interrupted = 'what runs is being ended and its state written; nothing more is begun';

function tell(report: DeployReport, options: DeployOptions, context: CliContext): void {
  if (options.json) return printJson(context, report);
  for (const stack of report.stacks.filter(({ ok }) => !ok))
    note(context, `\n${stack.stack}: ${stack.summary}\n${stack.error ?? ''}`);
  print(context, renderReport(report, widthOf(context.stdout)));
}
