import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageVariant } from '../../constructs/contract/image';
import { ProblemsError, refuse } from '../../constructs/contract/problem';
import { sortedEntries } from '../../constructs/util/group';
import { type ImageLock, checkLock, lockFile } from '../../stacks/platform/image-lock';

/** One content id of a stage. */
export interface Pin {
  readonly image: string;
  readonly variant: ImageVariant;
  readonly contentId: string;
}

/**
 * `images.lock.json` of the checkout; without the file nothing is pinned.
 * @throws ProblemsError when it is not as it must be
 */
export function readLock(root: string): ImageLock {
  const file = join(root, lockFile);
  if (!existsSync(file)) return { stages: {} };
  const lock = parse(readFileSync(file, 'utf8'));
  refuse(checkLock(lock));
  return lock;
}

function parse(text: string): ImageLock {
  try {
    return JSON.parse(text) as ImageLock;
  } catch (error) {
    const fix = 'Mend the conflict of a merge, or take the file from a commit before.';
    const message = `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw new ProblemsError([{ path: lockFile, message, fix }]);
  }
}

/** Everything that a stage pins, by image, the lowest variant first. */
export function pinsOf(lock: ImageLock, stage: string): Pin[] {
  return sortedEntries(lock.stages[stage] ?? {}).flatMap(([image, variants]) =>
    sortedEntries(variants).flatMap(([variant, contentId]) =>
      contentId === undefined ? [] : [{ image, variant: variant as ImageVariant, contentId }],
    ),
  );
}

/** The lock with these pins in a stage, those of the same image and variant replaced, the others as they were. */
export function withPins(lock: ImageLock, stage: string, pins: readonly Pin[]): ImageLock {
  const images: Record<string, Record<string, string>> = {};
  for (const { image, variant, contentId } of [...pinsOf(lock, stage), ...pins]) {
    images[image] = { ...images[image], [variant]: contentId };
  }
  const sorted = sortedEntries(images).map(([image, variants]) => [image, Object.fromEntries(sortedEntries(variants))]);
  const stages = { ...lock.stages, [stage]: Object.fromEntries(sorted) as ImageLock['stages'][string] };
  return { stages: Object.fromEntries(sortedEntries(stages)) };
}

/** Written whole or not at all. */
export function writeLock(root: string, lock: ImageLock): void {
  const file = join(root, lockFile);
  writeFileSync(`${file}.new`, `${JSON.stringify(lock, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
