import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isConflict } from './conflict';
import {
  type Changes,
  type PlanSummary,
  describeSummary,
  keptResources,
  noChanges,
  summarizePlan,
} from './plan-summary';
import { parseState, readState } from './state-contents';
import { type Interruption, isLeftBehind, lockIn } from './state-lock';
import { errorsIn, messagesIn } from './terraform-messages';
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
  /** Resources that still have to be destroyed, once everything that replaces them stands. */
  readonly pendingDestroy: number;
  readonly error?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  /** Resources in the state; absent where it cannot be read. */
  readonly resources?: number;
  /** What the stack exports, as its state has it. */
  readonly handles?: Readonly<Record<string, string>>;
  /** Local state file; absent where the state is in a remote store. */
  readonly state?: string;
}

export interface StackTools {
  readonly program: string;
  readonly say: (text: string) => void;
  /** Terraform operations at a time within one stack. */
  readonly parallelism: number;
  /** The killed run before this one, if there was one. */
  readonly interruption?: Interruption | undefined;
  /** Once aborted, nothing more is begun. */
  readonly signal?: AbortSignal;
  /** Why a plan, as `terraform show -json` prints it, must not be applied. @default nothing is refused */
  readonly refusalOf?: ((plan: string) => string | undefined) | undefined;
  /** Told what is about to be applied. */
  readonly beforeApply?: (summary: PlanSummary) => void;
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
  return { stack, startedAt: started.toISOString(), seconds, ...outcome, ...(await stateOf(workspace, tools)) };
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

async function stateOf(
  workspace: Workspace,
  tools: StackTools,
): Promise<Pick<StackOutcome, 'resources' | 'handles' | 'state'>> {
  const { state } = workspace;
  if (state !== undefined) return { state, ...readState(state) };
  const { code, output } = await quietly(workspace, tools, ['state', 'pull']);
  return code === 0 ? { ...parseState(output) } : {};
}

/** A stack on which Terraform could not even start. */
export function notStarted(stack: string, error: unknown): StackOutcome {
  const text = error instanceof Error ? error.message : String(error);
  const startedAt = new Date().toISOString();
  return { stack, startedAt, seconds: 0, ...failed, changed: false, summary: 'could not be started', error: text };
}

type Applied = Omit<StackOutcome, 'stack' | 'startedAt' | 'seconds' | 'resources' | 'handles' | 'state'>;

const nothing = { changes: noChanges, pendingDestroy: 0 } as const;
const unchanged = { ...nothing, ok: true, changed: false, summary: 'nothing to change' } as const;
const failed = { ...nothing, ok: false, changed: true } as const;

async function plannedAndApplied(workspace: Workspace, phase: Phase, tools: StackTools): Promise<Applied> {
  await initialise(workspace, tools);
  await storeUnstoredState(workspace, tools);
  tools.say('plan');
  const summary = await plan(workspace, tools, phase === 'destroy-all' ? ['-destroy'] : []);
  if (!summary) return unchanged;
  await refuseUnreviewed(workspace, tools);
  const leftovers = phase === 'create' ? summary.destroy.length : 0;
  const toApply = leftovers === 0 ? summary : { ...summary, destroy: [] };
  // Without anything that stays there is nothing to target, and an apply without targets would destroy.
  const kept = leftovers > 0 ? keptResources(await showPlan(workspace, tools)) : [];
  const nothingStays = leftovers > 0 && kept.length === 0;
  if (nothingStays || describeSummary(toApply) === 'nothing to change')
    return { ...unchanged, pendingDestroy: leftovers };
  if (tools.signal?.aborted) throw new TerraformFailure('interrupted before the apply', '');
  tools.say(describeSummary(toApply));
  tools.beforeApply?.(toApply);
  const made =
    leftovers === 0 ? await applyAll(workspace, tools, summary) : await applyPart(workspace, tools, summary, kept);
  return {
    ok: true,
    changed: true,
    summary: describeSummary(made),
    changes: changesOf(made),
    pendingDestroy: summary.destroy.length - made.destroy.length,
  };
}

async function refuseUnreviewed(workspace: Workspace, tools: StackTools): Promise<void> {
  if (!tools.refusalOf) return;
  const refusal = tools.refusalOf(await showPlan(workspace, tools));
  if (refusal !== undefined) throw new TerraformFailure('not what was reviewed', refusal);
}

/** A changed backend is refused by Terraform itself, unless it is told to take the new one as it is. */
async function initialise(workspace: Workspace, tools: StackTools): Promise<void> {
  if (!needsInit(workspace)) return;
  tools.say('init');
  const flags = workspace.state === undefined ? [] : ['-reconfigure'];
  await expectSuccess('init failed', run(workspace, tools, ['init', '-no-color', '-input=false', ...flags]));
  markInitialised(workspace);
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
  const args = ['plan', '-json', '-detailed-exitcode', `-out=${planFile}`, ...flags];
  const { code, output } = await runUnlocked(workspace, tools, args, Number.POSITIVE_INFINITY);
  if (code === 0) return undefined;
  if (code !== somethingToDo) throw new TerraformFailure('plan failed', errorsIn(output));
  return summarizePlan(output);
}

async function showPlan(workspace: Workspace, tools: StackTools): Promise<string> {
  const shown = quietly(workspace, tools, ['show', '-json', '-no-color', planFile]);
  return (await expectSuccess('reading the plan failed', shown)).output;
}

/** What it prints is data: nobody follows it, and all of it is kept. */
const quietly = ({ folder, env }: Workspace, { program }: StackTools, args: readonly string[]) =>
  runTerraform(program, args, folder, env, () => undefined, Number.POSITIVE_INFINITY);

const applyCommand = ({ parallelism }: StackTools): readonly string[] => [
  'apply',
  '-no-color',
  '-auto-approve',
  `-parallelism=${parallelism}`,
];

/** Returns what was done. */
async function applyAll(workspace: Workspace, tools: StackTools, summary: PlanSummary): Promise<PlanSummary> {
  await expectSuccess('apply failed', run(workspace, tools, [...applyCommand(tools), planFile]));
  return summary;
}

/**
 * Everything that stays is targeted; what only goes away is left for the second phase, unless it holds a name or an
 * address that what replaces it needs. Returns what was done.
 */
async function applyPart(
  workspace: Workspace,
  tools: StackTools,
  summary: PlanSummary,
  kept: readonly string[],
): Promise<PlanSummary> {
  const command = applyCommand(tools);
  const targets = kept.map((address) => `-target=${address}`);
  const partly = await run(workspace, tools, [...command, ...targets]);
  if (partly.code === 0) return { ...summary, destroy: [] };
  if (tools.signal?.aborted || !isConflict(partly.output)) throw new TerraformFailure('apply failed', partly.output);
  await expectSuccess('apply failed', run(workspace, tools, command));
  return summary;
}

const run = (
  workspace: Workspace,
  tools: StackTools,
  args: readonly string[],
  keep?: number,
): Promise<TerraformResult> =>
  runTerraform(tools.program, args, workspace.folder, workspace.env, (line) => sayProgress(tools, line), keep);

/** Runs once more when only a lock was in the way that a killed run has left. */
async function runUnlocked(
  workspace: Workspace,
  tools: StackTools,
  args: readonly string[],
  keep?: number,
): Promise<TerraformResult> {
  const result = await run(workspace, tools, args, keep);
  const lock = lockIn(errorsIn(result.output));
  if (!lock || !tools.interruption || !isLeftBehind(lock, tools.interruption)) return result;
  tools.say('taking over the state lock of the killed run');
  await expectSuccess('unlocking the state failed', run(workspace, tools, ['force-unlock', '-force', lock.id]));
  return run(workspace, tools, args, keep);
}

/** `aws_vpc.main: Creation complete after 1s`: what Terraform is doing now. */
function sayProgress(tools: StackTools, line: string): void {
  const text = messagesIn(line)[0]?.['@message'] ?? line;
  const match = /^([\w.-]+(?:\[[^\]]+\])?): (Creating|Modifying|Destroying|Refreshing)/.exec(text);
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
