import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ProblemsError } from '../../constructs/contract/problem';
import type { Target } from '../../images/packer-ts-helpers/src';
import type { CliContext } from '../cli/context';

export interface Packer {
  readonly path: string;
  readonly version: string;
  readonly target: Target;
}

const variable = 'WATARI_PACKER';
const fix =
  'Install Packer (Debian: apt-get install packer; the current one: https://developer.hashicorp.com/packer/install) ' +
  `and put it on PATH, or name the program with ${variable}.`;
const versions = '1.6.6, or 1.10 and later';

/**
 * The program that `WATARI_PACKER` names, else the one on PATH.
 * @throws ProblemsError where there is none, or one of a version between those that templates are made for
 */
export async function findPacker({ env }: Pick<CliContext, 'env'>): Promise<Packer> {
  const path = env[variable] || 'packer';
  const where = env[variable] ? variable : 'PATH';
  const output = await versionOf(path, env);
  const version = /^Packer v(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  if (version === undefined) {
    throw new ProblemsError([{ path: where, message: 'no Packer that runs', value: path, bound: versions, fix }]);
  }
  const target = targetOf(version);
  if (target === undefined) {
    throw new ProblemsError([
      { path: where, message: 'this Packer is of no use', value: version, bound: versions, fix },
    ]);
  }
  return { path, version, target };
}

/** Templates are made for the last release without plugins that Debian has, and for those that know `packer init`. */
export function targetOf(version: string): Target | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (version === '1.6.6') return '1.6.6';
  return major > 1 || minor >= 10 ? 'current' : undefined;
}

/** Other programs of this name exist; what they print is no version of Packer. */
async function versionOf(path: string, env: CliContext['env']): Promise<string> {
  try {
    const options = { timeout: 20_000, env: { ...env, CHECKPOINT_DISABLE: '1' } as NodeJS.ProcessEnv };
    return (await promisify(execFile)(path, ['version'], options)).stdout;
  } catch {
    return '';
  }
}
