import { type PinnedImages, imageVariants } from '../../constructs/contract/image';
import type { Problem } from '../../constructs/contract/problem';
import { sortedEntries } from '../../constructs/util/group';

/** Which content of each image a stage boots; `watari image refresh` and `watari image promote` write it. */
export interface ImageLock {
  readonly stages: Readonly<Record<string, PinnedImages>>;
}

export const lockFile = 'images.lock.json';
const contentId = /^[0-9a-f]{12}$/;

/** What is wrong with the lock's form: it is written by a program, and merged by people. */
export function checkLock({ stages }: ImageLock): Problem[] {
  return sortedEntries(stages).flatMap(([stage, roles]) =>
    sortedEntries(roles).flatMap(([role, variants]) =>
      Object.entries(variants).flatMap(([variant, id]) => checkPin(`stages.${stage}.${role}.${variant}`, variant, id)),
    ),
  );
}

function checkPin(place: string, variant: string, id: string | undefined): Problem[] {
  const path = `${lockFile}: ${place}`;
  const fix = 'Take the file from a commit before, or let `npx watari image refresh --write` make it.';
  const known: readonly string[] = imageVariants;
  if (!known.includes(variant))
    return [{ path, message: 'is no variant of images', value: variant, bound: `one of ${known.join(', ')}`, fix }];
  if (typeof id === 'string' && contentId.test(id)) return [];
  return [{ path, message: 'is no content id', value: id, bound: '12 hexadecimal digits', fix }];
}
