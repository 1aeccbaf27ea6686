import type { ChosenType } from './contract/facts';
import { type ImageReference, type PinnedImages, variantsFor } from './contract/image';
import type { MachineSize } from './contract/machines';
import type { Place } from './contract/place';

/** The most special pinned image of a role that a machine type runs; undefined when none does. */
export function fittingImage(pinned: PinnedImages, role: string, { cpu }: ChosenType): ImageReference | undefined {
  const variants = pinned[role] ?? {};
  const fitting = variantsFor(cpu).flatMap((variant) => {
    const contentId = variants[variant];
    return contentId === undefined ? [] : [{ role, variant, contentId }];
  });
  return fitting[0];
}

/**
 * The image that a machine of a site boots: its size gives the type, that the processor, and that the image.
 * @param machine its name; a machine of an elastic fleet has none
 * @throws Error where no type or no image fits, which the checks of a platform refuse before
 */
export function imageFor(place: Place, role: string, size: MachineSize, machine?: string): ImageReference {
  const type = place.adapter.machineType(place.site, size, role, machine);
  const image = type && fittingImage(place.images, role, type);
  if (image) return image;
  throw new Error(`no image of role ${role} runs on ${type?.name ?? 'any machine type'} of site ${place.site.id}`);
}
