import { runTerraform } from '../../deploy/terraform-run';
import { errorsIn } from '../../deploy/terraform-messages';
import { markInitialised } from '../../deploy/workspace';
import { prepareInSandbox } from '../run';
import type { Sandbox } from '../server';

export interface RealApply {
  readonly sandbox: Sandbox;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Path of Terraform or OpenTofu. */
  readonly terraform: string;
}

/** Applies a stack by Terraform. Returns what went wrong, if anything did. */
export async function applyReally(
  { sandbox, home, env, terraform }: RealApply,
  source: string,
): Promise<string | undefined> {
  const { cwd: folder, env: changes } = await prepareInSandbox(sandbox, source, { home, env });
  const all = Object.entries({ ...env, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null);
  for (const args of [
    ['init', '-no-color', '-input=false', '-reconfigure'],
    ['apply', '-no-color', '-input=false', '-auto-approve', '-json'],
  ]) {
    const [command = ''] = args;
    const { code, output } = await runTerraform(terraform, args, folder, Object.fromEntries(all));
    if (code !== 0) return `${command} failed: ${errorsIn(output) || output}`;
    if (command === 'init') markInitialised({ folder, env: {} });
  }
  return undefined;
}
