import { availableParallelism, cpus, totalmem } from 'node:os';
import { basename } from 'node:path';
import { findTerraform } from '../terraform/find';
import type { CliContext } from './context';
import { note } from './output';

/** On what figures were measured. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly node: string;
  /** Terraform or OpenTofu. */
  readonly terraform: string;
}

/** Throws a `ProblemsError` where there is no Terraform. */
export async function thisMachine(context: CliContext): Promise<Machine> {
  const { root, cwd, env } = context;
  const { path, version } = await findTerraform({ root, cwd, env, note: (text) => note(context, text) });
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    terraform: `${basename(path)} ${version}`,
  };
}
