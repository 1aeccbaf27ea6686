import { ProblemsError } from '../../constructs/contract/problem';
import type { SimulatedSeed } from '../../constructs/contract/simulation';
import { registry } from '../../constructs/providers/registry';
import { expectedObjects } from '../../stacks/description/describe';
import type { Platform } from '../../stacks/platform/platform';
import type { CliContext } from '../cli/context';
import { loadTopology } from '../topology/load';

/** What is there at the sites of a platform before anybody deploys. */
export const seedsOf = (platform: Platform): readonly SimulatedSeed[] =>
  Object.values(expectedObjects(platform, registry)).flat();

/** The same for what `--topology` means; a topology that is refused tells of nothing, and whoever deploys it hears why. */
export async function adoptedBy(topology: string, context: CliContext): Promise<readonly SimulatedSeed[]> {
  try {
    return seedsOf(await loadTopology(topology, context));
  } catch (error) {
    if (error instanceof ProblemsError) return [];
    throw error;
  }
}
