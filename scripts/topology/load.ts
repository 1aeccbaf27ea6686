import { loadPlatform } from '../../stacks/main';
import type { Platform } from '../../stacks/platform/platform';
import type { CliContext } from '../cli/context';
import { readTopology } from './read';

/** The platform that `--topology` means, checked. Throws ProblemsError with everything that is wrong at once. */
export async function loadTopology(nameOrFile: string, context: CliContext): Promise<Platform> {
  return loadPlatform(await readTopology(nameOrFile, context));
}
