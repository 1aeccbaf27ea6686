import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsIn } from '../../deploy/terraform-messages';
import { runTerraform, type TerraformResult } from '../../deploy/terraform-run';
import { markInitialised, needsInit } from '../../deploy/workspace';
import type { SandboxWorkspace } from '../../deploy/sandbox-target';
import { type PlanFile, parsePlan } from '../plan/plan-file';

/** Terraform could not do what was asked, in its own words. */
export class TerraformFailure extends Error {}

export interface PlanTools {
  /** Path of Terraform or OpenTofu. */
  readonly program: string;
}

const movesFile = 'watari_review_moves.tf.json';
const everything = Number.POSITIVE_INFINITY;
const flags = ['-no-color', '-input=false'] as const;

/** `-refresh=false`: nobody but this review has changed the simulated cloud. Data sources are read all the same. */
const planFlags = [...flags, '-refresh=false', '-lock=false'] as const;

/** A resource that is the same thing under another address. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Plans a stack by Terraform and hands the plan to `use` while it may still be applied; no plan file is left behind.
 * @param moves to be planned with, as if the configuration had them
 * @throws TerraformFailure
 */
export async function withPlan<T>(
  workspace: SandboxWorkspace,
  tools: PlanTools,
  use: (plan: PlanFile, apply: () => Promise<void>) => Promise<T>,
  moves: readonly Move[] = [],
): Promise<T> {
  const run = runner(workspace, tools);
  if (needsInit(workspace)) {
    // The base may have had another backend block; the state is where the sandbox has it.
    await expectSuccess(run(['init', ...flags, '-reconfigure']));
    markInitialised(workspace);
  }
  const moved = join(workspace.folder, movesFile);
  const planFile = moves.length > 0 ? 'watari-review-moved.plan' : 'watari-review.plan';
  try {
    if (moves.length > 0) writeFileSync(moved, JSON.stringify({ moved: moves }));
    await expectSuccess(run(['plan', '-json', ...planFlags, `-out=${planFile}`]));
    const { output } = await expectSuccess(run(['show', '-json', '-no-color', planFile]));
    const apply = async (): Promise<void> => {
      await expectSuccess(run(['apply', '-json', '-auto-approve', planFile]));
    };
    return await use(parsePlan(output, workspace.folder), apply);
  } finally {
    rmSync(join(workspace.folder, planFile), { force: true });
    rmSync(moved, { force: true });
  }
}

type Run = (args: readonly string[]) => Promise<TerraformResult>;

function runner({ folder, env }: SandboxWorkspace, { program }: PlanTools): Run {
  return (args) => runTerraform(program, args, folder, env, () => undefined, everything);
}

async function expectSuccess(running: Promise<TerraformResult>): Promise<TerraformResult> {
  const result = await running;
  if (result.code !== 0) throw new TerraformFailure(inOrder(errorsIn(result.output).trim()));
  return result;
}

/** Terraform says them as they come, which differs from run to run. */
const inOrder = (errors: string): string =>
  errors
    .split(/\n\n(?=Error: )/)
    .sort()
    .join('\n\n');
