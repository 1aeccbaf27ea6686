import { imageName } from '../../constructs/contract/image';
import type { Place } from '../../constructs/contract/place';
import { groupBy } from '../../constructs/util/group';
import type { BuilderSource } from '../../images/kit/linux-template';
import type { StagedImage } from '../../images/kit/staging';
import type { Platform } from '../../stacks/platform/platform';
import type { Builder } from './selection';

/**
 * Where an image is built for a platform: once for each provider and profile of its sites, and with QEMU for whoever needs
 * a disk, MAAS among them.
 */
export function sourcesFor(
  staged: StagedImage,
  platform: Pick<Platform, 'places'>,
  wanted: readonly Builder[],
): BuilderSource[] {
  const places = Object.values(platform.places).filter(({ retired }) => !retired);
  const groups = groupBy(places, ({ site }) => `${site.provider}-${site.profile}`);
  const ofSites = [...groups].map(([, members]) => sourceOf(staged, members));
  const qemu: BuilderSource = { type: 'qemu', name: staged.image.name, body: {} };
  return [...ofSites.filter(({ type }) => type !== 'qemu'), qemu].filter(({ type }) => wanted.includes(type));
}

function sourceOf({ image, variant, contentId }: StagedImage, places: readonly Place[]): BuilderSource {
  const [first] = places as readonly [Place, ...Place[]];
  const { type, body } = first.adapter.image.packerSource({
    name: imageName({ role: image.name, variant, contentId }),
    operatingSystem: image.operatingSystem,
    variant,
    diskGiB: image.diskGiB,
    labels: { role: image.name, content: contentId },
    sites: places.map(({ site }) => site),
  });
  return { type: type as Builder, name: first.site.id, body };
}
