import { join } from 'node:path';
import type { StackSpec } from '../../constructs/contract/stack';
import type { Progress, Step } from '../cli/progress';
import { type ProbedMachine, waitUntilHealthy } from './health';
import { inTurn } from './device-turns';
import { joinOutcomes } from './outcomes';
import type { Changes } from './plan-summary';
import type { Approval } from '../review/approval';
import { runJobs } from './schedule';
import { notStarted, type Phase, type StackOutcome, workOnStack } from './stack-work';
import type { Interruption } from './state-lock';
import type { Unproven } from './unproven';
import type { Target } from './workspace';

/** What every stack of one run shares. */
export interface Run {
  readonly program: string;
  readonly target: Target;
  /** Folder of `cdktf.out`. */
  readonly synthesised: string;
  readonly screen: Progress;
  /** Machines that must answer once their stack has changed. */
  readonly machines: ReadonlyMap<string, readonly ProbedMachine[]>;
  /** Seconds that they are given; 0: nobody is asked. */
  readonly healthSeconds: number;
  /** Stacks at a time. */
  readonly width: number;
  /** The killed run before this one, if there was one. */
  readonly interruption?: Interruption | undefined;
  /** Told of each stack before Terraform works on it, so that a kill does not make it forgotten. Throws to refuse it. */
  readonly record?: (stack: string, state: string | undefined) => void;
  /** What was applied and not yet proven, also by the runs before this one. */
  readonly unproven: Unproven;
  /** Present where only what was reviewed may be applied. */
  readonly approval?: Approval | undefined;
  /** Once aborted, nothing more is begun. */
  readonly signal: AbortSignal;
}

/** Terraform's own default; a stack with devices takes one change at a time on each, in its provider. */
const operationsAtATime = 10;

/** One pass over stacks: forward to create, in the reverse order to destroy. */
export async function runPhase(
  run: Run,
  specs: readonly StackSpec[],
  phase: Phase,
): Promise<{ done: StackOutcome[]; blocked: { stack: string; by: string }[] }> {
  const done: StackOutcome[] = [];
  const blocked: { stack: string; by: string }[] = [];
  const pass: Pass = { run, specs, phase, early: new Map() };
  const jobs = phase === 'create' ? forward(specs) : backward(specs);
  await runJobs(
    jobs,
    run.width,
    async ({ spec }) => {
      const outcome = await runStack(pass, spec);
      const early = pass.early.get(spec.id);
      done.push(early ? joinOutcomes(early, outcome) : outcome);
      return outcome.ok;
    },
    ({ id }, by) => blocked.push({ stack: id, by }),
    run.signal,
  );
  const order = new Map(specs.map(({ id }, index) => [id, index]));
  return { done: done.sort((a, b) => (order.get(a.stack) ?? 0) - (order.get(b.stack) ?? 0)), blocked };
}

interface Pass {
  readonly run: Run;
  readonly specs: readonly StackSpec[];
  readonly phase: Phase;
  /** What was done to a stack before its turn. */
  readonly early: Map<string, StackOutcome>;
}

interface StackJob {
  readonly id: string;
  readonly waitsFor: readonly string[];
  readonly after: readonly string[];
  readonly spec: StackSpec;
}

const forward = (specs: readonly StackSpec[]): StackJob[] =>
  specs.map((spec) => ({ id: spec.id, waitsFor: spec.dependsOn, after: spec.after, spec }));

function backward(specs: readonly StackSpec[]): StackJob[] {
  const naming = (id: string, list: (spec: StackSpec) => readonly string[]): string[] =>
    specs.filter((spec) => list(spec).includes(id)).map((spec) => spec.id);
  return [...specs].reverse().map((spec) => ({
    id: spec.id,
    waitsFor: naming(spec.id, ({ dependsOn }) => dependsOn),
    after: naming(spec.id, ({ after }) => after),
    spec,
  }));
}

async function runStack({ run, specs, phase, early }: Pass, spec: StackSpec): Promise<StackOutcome> {
  const step = run.screen.start(spec.id);
  try {
    const outcome = await work(run, spec, phase, step);
    const proven = phase === 'destroy-all' ? outcome : await prove(run, spec, outcome, specs, early, step);
    if (proven.ok) run.unproven.settle(spec.id);
    return endStep(step, proven);
  } catch (error) {
    // One stack whose files cannot be read must not take the others down.
    return endStep(step, notStarted(spec.id, error));
  }
}

async function work(run: Run, spec: StackSpec, phase: Phase, step: Step): Promise<StackOutcome> {
  const workspace = await run.target.prepare(spec.id, join(run.synthesised, 'stacks', spec.id));
  run.record?.(spec.id, workspace.state);
  const { program, interruption, signal, approval } = run;
  const tools = {
    program,
    interruption,
    signal,
    parallelism: operationsAtATime,
    refusalOf: approval && ((plan: string) => approval.refusalOf(spec.id, plan)),
    say: (text: string): void => step.say(text),
    beforeApply: ({ replace }: Changes): void => run.unproven.owe(spec.id, { replaced: replace.length > 0 }),
  };
  return inTurn(spec.devices, () => workOnStack(spec.id, workspace, phase, tools));
}

/**
 * What an apply owes: by this run, or by an earlier one that was killed or that gave up waiting. The other half is not
 * touched before the machines of this one answer and serve.
 */
async function prove(
  run: Run,
  spec: StackSpec,
  outcome: StackOutcome,
  all: readonly StackSpec[],
  early: Pass['early'],
  step: Step,
): Promise<StackOutcome> {
  const debt = run.unproven.of(spec.id);
  if (!outcome.ok || !debt) return outcome;
  const healthy = await proveHealth(run, spec, outcome, step);
  return healthy.ok && debt.replaced ? bringBack({ run, spec, all, early, step }, healthy) : healthy;
}

interface Return {
  readonly run: Run;
  readonly spec: StackSpec;
  readonly all: readonly StackSpec[];
  readonly early: Pass['early'];
  readonly step: Step;
}

/**
 * Some balancers know their members by the machine and not by its address: a machine that was made anew is out of them
 * until the system's own stack is applied. That happens before the other half is touched, else nobody would serve.
 */
async function bringBack({ run, spec, all, early, step }: Return, outcome: StackOutcome): Promise<StackOutcome> {
  const system = all.find(({ kind, dependsOn }) => kind === 'system' && dependsOn.includes(spec.id));
  const isFirstHalf =
    spec.kind === 'half' && all.some(({ kind, dependsOn }) => kind === 'half' && dependsOn.includes(spec.id));
  if (!system || !isFirstHalf) return outcome;
  step.say(`bringing ${system.id} up to date`);
  const brought = await work(run, system, 'create', step);
  early.set(system.id, brought);
  if (brought.ok)
    return brought.changed ? { ...outcome, summary: `${outcome.summary}; ${system.id} brought up to date` } : outcome;
  const why = `Half ${spec.half} stands anew, but ${system.id} could not be brought up to date, so the other half was not touched. When machines are added and replaced at once, do it in two changes.`;
  return {
    ...outcome,
    ok: false,
    summary: `${outcome.summary}; ${system.id} not up to date`,
    error: `${why}\n${brought.error ?? ''}`,
  };
}

async function proveHealth(run: Run, spec: StackSpec, outcome: StackOutcome, step: Step): Promise<StackOutcome> {
  const machines = run.machines.get(spec.id) ?? [];
  if (run.healthSeconds === 0 || machines.length === 0) return outcome;
  const { target, signal } = run;
  const say = (text: string): void => step.say(text);
  const options = { probe: target.probe, timeoutSeconds: run.healthSeconds, say, signal };
  const silent = await waitUntilHealthy(machines, options);
  if (silent.length === 0) return outcome;
  const when = signal.aborted ? 'when the run was interrupted' : `after ${run.healthSeconds} s`;
  const error = `Not healthy ${when}: ${silent.join(', ')}. What depends on this stack was not touched; the next run asks again.`;
  return { ...outcome, ok: false, summary: `${outcome.summary}; machines not healthy`, error };
}

function endStep(step: Step, outcome: StackOutcome): StackOutcome {
  if (!outcome.ok) step.end('failed', outcome.summary);
  else step.end(outcome.changed ? 'done' : 'unchanged', outcome.summary);
  return outcome;
}
