import { join, resolve } from 'node:path';
import type { CliContext } from './context';

/**
 * Where runs keep what they must find again: simulated clouds, states of the sandbox, work folders. WATARI_HOME names
 * another place than the git-ignored folder of the checkout.
 */
export function homeFolder({ root, cwd, env }: Pick<CliContext, 'root' | 'cwd' | 'env'>): string {
  return env.WATARI_HOME ? resolve(cwd, env.WATARI_HOME) : join(root, '.watari');
}
