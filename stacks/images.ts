import { type ImageReference, type PackerSource, imageName } from '../constructs/contract/image';
import type { Place } from '../constructs/contract/place';
import { fittingImage } from '../constructs/images';
import { machineWishes } from './platform/machine-wishes';
import type { Platform } from './platform/platform';

/** An image that machines of a site boot. */
export interface NeededImage {
  readonly place: Place;
  readonly image: ImageReference;
}

/** The images that a checked platform boots, each once for each of its sites: by site, then by name. */
export function neededImages(platform: Platform): NeededImage[] {
  const needed = new Map<string, NeededImage>();
  for (const { place, role, size, demand } of machineWishes(platform)) {
    const type = place.adapter.machineType(place.site, size, role, demand?.name);
    const image = type && fittingImage(place.images, role, type);
    if (image) needed.set(`${place.site.id} ${imageName(image)}`, { place, image });
  }
  return [...needed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/**
 * Where the provider of a site has an image built that its machines boot; roles of machines run on Debian.
 * @throws ProblemsError when the site does not say what a build needs, a plain template for instance
 */
export function sourceFor({ place: { site, adapter }, image }: NeededImage): PackerSource {
  const { role, variant, contentId } = image;
  return adapter.image.packerSource({
    name: imageName(image),
    operatingSystem: 'debian-12',
    variant,
    diskGiB: 8,
    labels: { role, content: contentId },
    sites: [site],
  });
}
