import type { Provider } from '../../constructs/contract/adapter';
import { ProblemsError } from '../../constructs/contract/problem';
import type { SimulatedSeed } from '../../constructs/contract/simulation';
import { registry } from '../../constructs/providers/registry';
import { neededImages } from '../../stacks/images';
import type { Platform } from '../../stacks/platform/platform';
import type { CliContext } from '../cli/context';
import { loadTopology } from '../topology/load';

/** What is there at the sites of a platform before anybody deploys: images that it boots, machines in racks. */
export function seedsOf(platform: Platform): readonly SimulatedSeed[] {
  const providers: Readonly<Record<string, Provider>> = registry;
  const needed = neededImages(platform);
  return Object.values(platform.places).flatMap((place) => {
    const images = needed.filter((each) => each.place === place).map(({ image }) => image);
    return providers[place.site.provider]?.seeds(place.site, images) ?? [];
  });
}

/** The same for what `--topology` means; a topology that is refused tells of nothing, and whoever deploys it hears why. */
export async function adoptedBy(topology: string, context: CliContext): Promise<readonly SimulatedSeed[]> {
  try {
    return seedsOf(await loadTopology(topology, context));
  } catch (error) {
    if (error instanceof ProblemsError) return [];
    throw error;
  }
}
