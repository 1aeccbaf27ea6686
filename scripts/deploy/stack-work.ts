import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Changes, type PlanSummary, describeSummary, noChanges, summarizePlan } from './plan-summary';
import { type Interruption, isLeftBehind, lockIn } from './state-lock';
import { type TerraformResult, runTerraform } from './terraform-run';
import { markInitialised, needsInit, type Workspace } from './workspace';

/** How far one stack came. */
export interface StackOutcome {
  readonly stack: string;
  readonly ok: boolean;
  readonly changed: boolean;
  readonly summary: string;
  /** What was applied, in whole; of a stack that failed, nothing: its next plan tells. */
  readonly changes: Changes;
  /** Something that stood before was made anew. */
  readonly replaced: boolean;
  /** Resources that still have to be destroyed, once everything that replaces them stands. */
  readonly pendingDestroy: number;
  readonly error?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  /** Resources in the state; absent where the state is in a remote store. */
  readonly resources?: number;
  readonly state?: string;
}

export interface StackTools {
  readonly program: string;
  readonly say: (text: string) => void;
  /** Terraform operations at a time within one stack. */
  readonly parallelism: number;
  /** The killed run before this one, if there was one. */
  readonly interruption?: Interruption | undefined;
}

export type Phase = 'create' | 'destroy-leftovers' | 'destroy-all';

const planFile = 'watari.plan';
/** Terraform's own name for a state that it could not store. */
const unstoredState = 'errored.tfstate';

/**
 * Plans one stack, with a refresh, and applies what the phase allows. In the first phase nothing is destroyed that only
 * goes away: what replaces it in another stack comes first.
 */
export async function workOnStack(
  stack: string,
  workspace: Workspace,
  phase: Phase,
  tools: StackTools,
): Promise<StackOutcome> {
  const started = new Date();
  const outcome = await applied(workspace, phase, tools);
  const seconds = (Date.now() - started.getTime()) / 1000;
  return { stack, startedAt: started.toISOString(), seconds, ...outcome, ...stateOf(workspace) };
}

async function applied(workspace: Workspace, phase: Phase, tools: StackTools): Promise<Applied> {
  try {
    return await plannedAndApplied(workspace, phase, tools);
  } catch (error) {
    if (!(error instanceof TerraformFailure)) throw error;
    return { ...failed, summary: error.step, error: error.output };
  } finally {
    rmSync(join(workspace.folder, planFile), { force: true });
  }
}

function stateOf({ state }: Workspace): Pick<StackOutcome, 'resources' | 'state'> {
  const resources = state === undefined ? undefined : countResources(state);
  return { ...(state === undefined ? {} : { state }), ...(resources === undefined ? {} : { resources }) };
}

/** A stack on which Terraform could not even start. */
export function notStarted(stack: string, error: unknown): StackOutcome {
  const text = error instanceof Error ? error.message : String(error);
  const startedAt = new Date().toISOString();
  return { stack, startedAt, seconds: 0, ...failed, changed: false, summary: 'could not be started', error: text };
}

type Applied = Omit<StackOutcome, 'stack' | 'startedAt' | 'seconds' | 'resources' | 'state'>;

const nothing = { changes: noChanges, replaced: false, pendingDestroy: 0 } as const;
const unchanged = { ...nothing, ok: true, changed: false, summary: 'nothing to change' } as const;
const failed = { ...nothing, ok: false, changed: true } as const;

async function plannedAndApplied(workspace: Workspace, phase: Phase, tools: StackTools): Promise<Applied> {
  if (needsInit(workspace)) {
    tools.say('init');
    await expectSuccess('init failed', run(workspace, tools, ['init', '-no-color', '-reconfigure']));
    markInitialised(workspace);
  }
  await storeUnstoredState(workspace, tools);
  tools.say('plan');
  const summary = await plan(workspace, tools, phase === 'destroy-all' ? ['-destroy'] : []);
  if (!summary) return unchanged;
  const leftovers = phase === 'create' ? summary.destroy.length : 0;
  const toApply = leftovers === 0 ? summary : { ...summary, destroy: [] };
  // Without anything that stays there is nothing to target, and an apply without targets would destroy.
  const nothingStays = leftovers > 0 && summary.kept.length === 0;
  if (nothingStays || describeSummary(toApply) === 'nothing to change')
    return { ...unchanged, pendingDestroy: leftovers };
  tools.say(describeSummary(toApply));
  await apply(workspace, tools, summary, leftovers > 0);
  return {
    ok: true,
    changed: true,
    replaced: summary.replace.length > 0,
    summary: describeSummary(toApply),
    changes: changesOf(toApply),
    pendingDestroy: leftovers,
  };
}

/** What a former run made and could not write down, because its state store was away. */
async function storeUnstoredState(workspace: Workspace, tools: StackTools): Promise<void> {
  const file = join(workspace.folder, unstoredState);
  if (!existsSync(file)) return;
  tools.say('storing the state of the former run');
  const step = `the state of the former run could not be stored; it is in ${file}`;
  await expectSuccess(step, runUnlocked(workspace, tools, ['state', 'push', unstoredState]));
  rmSync(file);
}

const changesOf = ({ create, update, replace, destroy }: Changes): Changes => ({ create, update, replace, destroy });

/** Exit 2 of `plan -detailed-exitcode`: there is something to do. */
const somethingToDo = 2;

async function plan(
  workspace: Workspace,
  tools: StackTools,
  flags: readonly string[],
): Promise<PlanSummary | undefined> {
  const planned = await runUnlocked(workspace, tools, [
    'plan',
    '-no-color',
    '-detailed-exitcode',
    `-out=${planFile}`,
    ...flags,
  ]);
  if (planned.code === 0) return undefined;
  if (planned.code !== somethingToDo) throw new TerraformFailure('plan failed', planned.output);
  return summarizePlan(await showPlan(workspace, tools));
}

async function showPlan(workspace: Workspace, tools: StackTools): Promise<string> {
  const shown = await expectSuccess(
    'reading the plan failed',
    runTerraform(
      tools.program,
      ['show', '-json', '-no-color', planFile],
      workspace.folder,
      workspace.env,
      () => undefined,
      Number.POSITIVE_INFINITY,
    ),
  );
  return shown.output;
}

/** With leftovers, everything that stays is targeted; what only goes away is left for the second phase. */
async function apply(
  workspace: Workspace,
  tools: StackTools,
  summary: PlanSummary,
  keepLeftovers: boolean,
): Promise<void> {
  const common = ['apply', '-no-color', '-auto-approve', `-parallelism=${tools.parallelism}`];
  if (!keepLeftovers) {
    await expectSuccess('apply failed', run(workspace, tools, [...common, planFile]));
    return;
  }
  const partly = await run(workspace, tools, [...common, ...summary.kept.map((address) => `-target=${address}`)]);
  // A name or address may have to be freed by what goes before the new one can have it.
  if (partly.code !== 0) await expectSuccess('apply failed', run(workspace, tools, common));
}

const run = (workspace: Workspace, tools: StackTools, args: readonly string[]): Promise<TerraformResult> =>
  runTerraform(tools.program, args, workspace.folder, workspace.env, (line) => sayProgress(tools, line));

/** Runs once more when only a lock was in the way that a killed run has left. */
async function runUnlocked(workspace: Workspace, tools: StackTools, args: readonly string[]): Promise<TerraformResult> {
  const result = await run(workspace, tools, args);
  const lock = lockIn(result.output);
  if (!lock || !tools.interruption || !isLeftBehind(lock, tools.interruption)) return result;
  tools.say('taking over the state lock of the killed run');
  await expectSuccess('unlocking the state failed', run(workspace, tools, ['force-unlock', '-force', lock.id]));
  return run(workspace, tools, args);
}

/** `aws_vpc.main: Creation complete after 1s`: what Terraform is doing now. */
function sayProgress(tools: StackTools, line: string): void {
  const match = /^([\w.-]+(?:\[[^\]]+\])?): (Creating|Modifying|Destroying|Refreshing)/.exec(line);
  if (match) tools.say(`${match[2]?.toLowerCase()} ${match[1]}`);
}

class TerraformFailure extends Error {
  constructor(
    readonly step: string,
    readonly output: string,
  ) {
    super(step);
  }
}

async function expectSuccess(step: string, running: Promise<TerraformResult>): Promise<TerraformResult> {
  const result = await running;
  if (result.code !== 0) throw new TerraformFailure(step, result.output);
  return result;
}

/** Number of resources in a local state file; 0 where there is none, undefined where it cannot be read. */
export function countResources(stateFile: string): number | undefined {
  try {
    const state = JSON.parse(readFileSync(stateFile, 'utf8')) as {
      resources?: { mode: string; instances: unknown[] }[];
    };
    return (state.resources ?? [])
      .filter(({ mode }) => mode === 'managed')
      .reduce((sum, { instances }) => sum + instances.length, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 0 : undefined;
  }
}
