import { basename } from 'node:path';
import { isNewEnough, readVersion } from '../../terraform/version';
import { NotPlantable } from './not-plantable';
import { plantStack, type Ground } from './plant-stack';
import { applyReally, type RealApply } from './real-apply';

/** How a stack came to stand. */
export interface Outcome {
  readonly stack: string;
  /** `planted` without Terraform, `applied` by it, or `failed`, also with it. */
  readonly how: 'planted' | 'applied' | 'failed';
  /** Why it was not planted. */
  readonly why?: string;
  /** What Terraform said. */
  readonly error?: string;
}

export interface Planting extends RealApply {
  /** Synthesised stacks, each after those that it reads. */
  readonly stacks: readonly { readonly id: string; readonly folder: string }[];
  readonly onStack?: (outcome: Outcome) => void;
}

/** What became of the stacks, each in the order in which they were given. */
export interface Plantation {
  readonly planted: readonly string[];
  readonly applied: readonly { readonly stack: string; readonly why: string }[];
  readonly failed: readonly { readonly stack: string; readonly why: string; readonly error: string }[];
}

/**
 * Puts stacks into states and the simulated cloud as a deployment would leave them, so that the next plan is empty: without
 * Terraform where that is possible, by Terraform otherwise. Tests show that both leave the same.
 */
export async function plantStacks(planting: Planting): Promise<Plantation> {
  const { stacks, onStack = () => undefined } = planting;
  const ground = await groundOf(planting);
  const outcomes: Outcome[] = [];
  for (const { id, folder } of stacks) {
    const outcome = await stand(planting, ground, id, folder);
    outcomes.push(outcome);
    onStack(outcome);
  }
  return {
    planted: outcomes.filter(({ how }) => how === 'planted').map(({ stack }) => stack),
    applied: outcomes.filter(({ how }) => how === 'applied').map(({ stack, why = '' }) => ({ stack, why })),
    failed: outcomes
      .filter(({ how }) => how === 'failed')
      .map(({ stack, why = '', error = '' }) => ({ stack, why, error })),
  };
}

/** Since when Terraform keeps in states which attributes the schema calls sensitive. */
const keepsSensitive = '1.11.0';

/** OpenTofu and Terraform answer alike to `version -json`; the file's name tells them apart. */
async function groundOf({ sandbox, home, env, terraform }: Planting): Promise<Ground> {
  const answer = await readVersion(terraform, env);
  if ('reason' in answer) throw new Error(`${terraform} does not run: ${answer.reason}`);
  const { version: terraformVersion } = answer;
  const isTofu = basename(terraform).includes('tofu');
  const host = isTofu ? 'registry.opentofu.org' : 'registry.terraform.io';
  const knowsMarks = !isTofu && isNewEnough(terraformVersion, keepsSensitive);
  return { sandbox, home, env, terraformVersion, host, knowsMarks };
}

async function stand(planting: Planting, ground: Ground, stack: string, folder: string): Promise<Outcome> {
  try {
    await plantStack(ground, folder);
    return { stack, how: 'planted' };
  } catch (error) {
    if (!(error instanceof NotPlantable)) throw error;
    const failure = await applyReally(planting, folder);
    if (failure === undefined) return { stack, how: 'applied', why: error.message };
    return { stack, how: 'failed', why: error.message, error: failure };
  }
}
