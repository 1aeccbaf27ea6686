import type { ChosenType } from '../../constructs/contract/facts';
import { variantsFor } from '../../constructs/contract/image';
import type { Problem } from '../../constructs/contract/problem';
import { fittingImage } from '../../constructs/images';
import { groupBy } from '../../constructs/util/group';
import { type ImageLock, lockFile } from './image-lock';
import { type MachineWish, machineWishes } from './machine-wishes';
import type { Platform } from './platform';

/** Stages and roles that nobody has pinned, and machine types on which no pinned image of their role runs. */
export function checkImages(platform: Platform, lock: ImageLock): Problem[] {
  if (!lock.stages[platform.imageStage]) return [unknownStage(platform, lock)];
  const byRole = [...groupBy(machineWishes(platform), ({ role }) => role)].sort(([a], [b]) => (a < b ? -1 : 1));
  return byRole.flatMap(([role, [first, ...others]]) => {
    if (!first) return [];
    if (!first.place.images[role]) return [unpinnedRole(platform, first)];
    return unsuitable(platform, [first, ...others]);
  });
}

/** Images are pinned for `dev` first, and what was tested there moves on. */
function pinning(stage: string): string {
  const first = '`npx watari image refresh --write`';
  return stage === 'dev' ? first : `${first}, then \`npx watari image promote dev ${stage}\``;
}

function unknownStage({ imageStage }: Platform, lock: ImageLock): Problem {
  return {
    path: 'imageStage',
    message: `${lockFile} has no stage of this name`,
    value: imageStage,
    bound: `one of ${Object.keys(lock.stages).sort().join(', ')}`,
    fix: `Name one of these, or pin images for it: ${pinning(imageStage)}.`,
  };
}

function unpinnedRole({ imageStage }: Platform, { place, role }: MachineWish): Problem {
  const pinned = Object.keys(place.images).sort().join(', ') || 'none';
  return {
    path: 'imageStage',
    message: `stage "${imageStage}" pins no image of role ${role}, which machines of site "${place.site.id}" boot`,
    value: imageStage,
    bound: `roles that ${lockFile} pins for it: ${pinned}`,
    fix: `Pin one: ${pinning(imageStage)}.`,
  };
}

/** One problem for each place and type, however many machines have it. A size without a type is refused elsewhere. */
function unsuitable({ imageStage }: Platform, wishes: readonly MachineWish[]): Problem[] {
  const found = new Map<string, Problem>();
  for (const wish of wishes) {
    const { place, role, size, demand, path } = wish;
    const type = place.adapter.machineType(place.site, size, role, demand?.name);
    if (!type || fittingImage(place.images, role, type)) continue;
    const key = `${path} ${place.site.id} ${type.name}`;
    if (!found.has(key)) found.set(key, noImage(imageStage, wish, type));
  }
  return [...found.values()];
}

function noImage(stage: string, { path, place, role }: MachineWish, { name, cpu }: ChosenType): Problem {
  const { site, images } = place;
  return {
    path,
    message: `site "${site.id}" gives role ${role} machines of type ${name}, which run ${cpu}, and no image of stage "${stage}" does`,
    value: cpu,
    bound: `variants that ${lockFile} pins for ${role}: ${Object.keys(images[role] ?? {}).join(', ')}`,
    fix: `Pin one of ${variantsFor(cpu).join(', ')} (${pinning(stage)}), or let the site have another machine type.`,
  };
}
