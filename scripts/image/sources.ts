import { imageName } from '../../constructs/contract/image';
import { type Problem, ProblemsError } from '../../constructs/contract/problem';
import type { Place } from '../../constructs/contract/place';
import { groupBy } from '../../constructs/util/group';
import type { BuilderSource } from '../../images/kit/linux-template';
import type { StagedImage } from '../../images/kit/staging';
import type { Platform } from '../../stacks/platform/platform';
import type { Builder } from './selection';

export interface BuildPlaces {
  readonly sources: readonly BuilderSource[];
  /** Why it cannot be built at other sites as their settings are: no plain template of the architecture, for instance. */
  readonly impossible: readonly Problem[];
}

/**
 * Where an image is built for a platform: once for each provider and profile of its sites, or for each site where its adapter
 * says so, and with QEMU for whoever needs a disk, MAAS among them.
 */
export function buildPlaces(
  staged: StagedImage,
  platform: Pick<Platform, 'places'>,
  wanted: readonly Builder[],
): BuildPlaces {
  const places = Object.values(platform.places).filter(({ retired }) => !retired);
  const groups = groupBy(places, ({ site, adapter }) =>
    adapter.image.buildsPer === 'site' ? site.id : `${site.provider}-${site.profile}`,
  );
  const ofSites = [...groups.values()].map((members) => sourceOf(staged, members));
  const sources = ofSites.flatMap((one) => ('type' in one && one.type !== 'qemu' ? [one] : []));
  return {
    sources: [...sources, qemuOf(staged)].filter(({ type }) => wanted.includes(type)),
    impossible: ofSites.flatMap((one) => ('problems' in one ? one.problems : [])),
  };
}

const qemuOf = (staged: StagedImage): BuilderSource => ({ type: 'qemu', name: staged.image.name, body: {} });

function sourceOf(
  { image, variant, contentId }: StagedImage,
  places: readonly Place[],
): BuilderSource | { readonly problems: readonly Problem[] } {
  const [first] = places as readonly [Place, ...Place[]];
  try {
    const { type, body } = first.adapter.image.packerSource({
      name: imageName({ role: image.name, variant, contentId }),
      operatingSystem: image.operatingSystem,
      variant,
      diskGiB: image.diskGiB,
      labels: { role: image.name, content: contentId },
      sites: places.map(({ site }) => site),
    });
    return { type, name: first.site.id, body };
  } catch (error) {
    if (error instanceof ProblemsError) return { problems: error.problems };
    throw error;
  }
}
