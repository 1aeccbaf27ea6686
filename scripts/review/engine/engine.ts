import { availableParallelism } from 'node:os';
import type { DescribedStack } from '../../../stacks/description/description';
import { runJobs } from '../../deploy/schedule';
import type { PlanFile } from '../plan/plan-file';
import type { Side } from '../sides/side';
import { MadeUp } from './made-up';
import { type Move, TerraformFailure, withPlan } from './plan-stack';
import { type StackFiles, readStacks } from './stack-files';
import type { Standing } from './standing';

/** What came of one stack. */
export interface StackPlanned<T> {
  readonly id: string;
  readonly stack: DescribedStack;
  /** `untouched`: nothing that it reads has changed, so it was not planned. `removed`: it is in the base alone. */
  readonly outcome: 'changes' | 'unchanged' | 'untouched' | 'failed' | 'removed';
  readonly base?: StackFiles;
  readonly head?: StackFiles;
  readonly result?: T;
  /** Of the plan; of a stack that could not be planned, why. */
  readonly error?: string;
  /** The plan went well, and to apply it in the simulated cloud did not. */
  readonly applyError?: string;
}

/** A plan while its stack can still be planned otherwise. */
export interface PlanInHand {
  readonly stack: DescribedStack;
  readonly base?: StackFiles;
  readonly head: StackFiles;
  readonly plan: PlanFile;
  /** The same stack planned with `moved` blocks. */
  readonly planWithMoves: (moves: readonly Move[]) => Promise<PlanFile>;
}

export interface EngineOptions<T> {
  readonly base: Side;
  readonly head: Side;
  readonly standing: Standing;
  /** Takes what is wanted of each plan; the plan itself is not kept. */
  readonly use: (plan: PlanInHand) => Promise<T>;
  /** Plan every stack, also those that the change cannot touch. @default false */
  readonly all?: boolean;
  readonly onStack?: (id: string, says: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Plans the head on top of the base, stack by stack in order of what they read. A stack is applied in the simulated cloud only
 * where a later one reads what it exports and that changes. One that fails stops those alone that read it.
 */
export async function planChange<T>(options: EngineOptions<T>): Promise<StackPlanned<T>[]> {
  const files = { base: readStacks(options.base.folder), head: readStacks(options.head.folder) };
  const work = new ChangeWork(options, files);
  const stacks = options.head.description.stacks.filter(({ id }) => files.head.has(id));
  const jobs = stacks.map((stack) => {
    const reads = [...(files.head.get(stack.id)?.reads.keys() ?? [])];
    return { id: stack.id, waitsFor: reads, after: [], stack };
  });
  const done = new Map<string, StackPlanned<T>>();
  await runJobs(
    jobs,
    availableParallelism() + 1,
    async ({ stack }) => {
      const planned = await work.planOne(stack);
      done.set(stack.id, planned);
      return planned.outcome !== 'failed' && planned.applyError === undefined;
    },
    ({ id, stack }, by) => {
      const error = `It was not planned: ${by === 'interrupted' ? by : `it reads ${by}, which failed`}.`;
      done.set(id, { id, stack, outcome: 'failed', ...work.filesOf(id), error });
    },
    options.signal,
  );
  return [...stacks.flatMap(({ id }) => done.get(id) ?? []), ...work.removed()];
}

interface Files {
  readonly base: ReadonlyMap<string, StackFiles>;
  readonly head: ReadonlyMap<string, StackFiles>;
}

class ChangeWork<T> {
  /** Stacks of which an output differs from the base. */
  private readonly changedOutputs = new Set<string>();
  /** Sites where something else is expected to be there before anybody deploys. */
  private readonly changedSites: ReadonlySet<string>;
  private readonly readers: ReadonlySet<string>;
  private readonly madeUp = new MadeUp();

  constructor(
    private readonly options: EngineOptions<T>,
    private readonly files: Files,
  ) {
    const [before, after] = [options.base.description.expected, options.head.description.expected];
    const sites = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    this.changedSites = new Set(sites.filter((site) => JSON.stringify(before[site]) !== JSON.stringify(after[site])));
    this.readers = new Set([...files.head.values()].flatMap(({ reads }) => [...reads.keys()]));
  }

  filesOf(id: string): Pick<StackPlanned<T>, 'base' | 'head'> {
    const [base, head] = [this.files.base.get(id), this.files.head.get(id)];
    return { ...(base && { base }), ...(head && { head }) };
  }

  /** Stacks of the base that the head does not have: nobody plans them any more. */
  removed(): StackPlanned<T>[] {
    const gone = this.options.base.description.stacks.filter(({ id }) => !this.files.head.has(id));
    return gone.map((stack) => ({ id: stack.id, stack, outcome: 'removed', ...this.filesOf(stack.id) }));
  }

  async planOne(stack: DescribedStack): Promise<StackPlanned<T>> {
    const { id } = stack;
    const files = this.filesOf(id);
    const { head } = files;
    if (!head || !this.isTouched(stack)) return { id, stack, outcome: 'untouched', ...files };
    this.options.onStack?.(id, 'plan');
    try {
      return { id, stack, ...files, ...(await this.planned(stack, head)) };
    } catch (error) {
      if (!(error instanceof TerraformFailure)) throw error;
      return { id, stack, outcome: 'failed', ...files, error: error.message };
    } finally {
      this.options.onStack?.(id, 'done');
    }
  }

  /** Whether anything that its plan depends on differs between base and head. */
  private isTouched({ id, sites }: DescribedStack): boolean {
    const { base, head } = this.filesOf(id);
    if (this.options.all || !head || !base || base.hash !== head.hash) return true;
    return (
      (head.looksUp && sites.some((site) => this.changedSites.has(site))) ||
      [...head.reads.keys()].some((read) => this.changedOutputs.has(read))
    );
  }

  private async planned(
    stack: DescribedStack,
    head: StackFiles,
  ): Promise<Partial<StackPlanned<T>> & { outcome: 'changes' | 'unchanged' }> {
    const { standing, use } = this.options;
    const base = this.files.base.get(stack.id);
    const workspace = await standing.prepare(head.folder);
    const planWithMoves = (moves: readonly Move[]): Promise<PlanFile> =>
      withPlan(workspace, standing, (plan) => Promise.resolve(plan), moves);
    return withPlan(workspace, standing, async (plan, apply) => {
      const shown = this.madeUp.unmake(plan);
      const result = await use({ stack, ...(base && { base }), head, plan: shown, planWithMoves });
      const outcome = changesSomething(plan) ? 'changes' : 'unchanged';
      if (!changesOutputs(plan)) return { outcome, result };
      this.changedOutputs.add(stack.id);
      const isRead = this.readers.has(stack.id);
      const applyError = isRead ? await failureOf(apply) : undefined;
      if (isRead && applyError === undefined) this.madeUp.learn(stack.id, workspace.state, plan);
      return { outcome, result, ...(applyError === undefined ? {} : { applyError }) };
    });
  }
}

async function failureOf(apply: () => Promise<void>): Promise<string | undefined> {
  try {
    await apply();
    return undefined;
  } catch (error) {
    if (error instanceof TerraformFailure) return error.message;
    throw error;
  }
}

const isNoOp = (actions: readonly string[]): boolean =>
  actions.every((action) => action === 'no-op' || action === 'read');

/** Moves and imports are changes of the state alone, and count. */
export function changesSomething(plan: PlanFile): boolean {
  const resources = plan.resource_changes ?? [];
  return (
    changesOutputs(plan) ||
    resources.some(
      ({ mode, previous_address, change }) =>
        mode === 'managed' &&
        (!isNoOp(change.actions) || previous_address !== undefined || change.importing !== undefined),
    )
  );
}

export const changesOutputs = ({ output_changes = {} }: PlanFile): boolean =>
  Object.values(output_changes).some(({ actions }) => !isNoOp(actions));
