import { type PinnedImages, imageVariants } from '../../constructs/contract/image';
import type { Problem } from '../../constructs/contract/problem';
import { sortedEntries } from '../../constructs/util/group';

/** Which content of each image a stage boots; `watari image refresh` and `watari image promote` write it. */
export interface ImageLock {
  readonly stages: Readonly<Record<string, PinnedImages>>;
}

export const lockFile = 'images.lock.json';
const contentId = /^[0-9a-f]{12}$/;

const fix = 'Take the file from a commit before, or let `npx watari image refresh --write` make it.';

/** What is wrong with the lock's form, which is any JSON: it is written by a program, and merged by people. */
export function checkLock(lock: unknown): Problem[] {
  const stages = isMap(lock) ? lock['stages'] : undefined;
  if (!isMap(stages)) {
    const bound = '{"stages": {...}}';
    return [{ path: lockFile, message: 'has no stages', value: isMap(lock) ? stages : lock, bound, fix }];
  }
  return mapsBelow('stages', stages, 'images by name', (stage, roles) =>
    mapsBelow(stage, roles, 'content ids by variant', (role, variants) =>
      Object.entries(variants).flatMap(([variant, id]) => checkPin(`${role}.${variant}`, variant, id)),
    ),
  );
}

type JsonMap = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapsBelow(
  place: string,
  values: JsonMap,
  bound: string,
  check: (place: string, value: JsonMap) => Problem[],
): Problem[] {
  return sortedEntries(values).flatMap(([key, value]) => {
    const at = `${place}.${key}`;
    return isMap(value) ? check(at, value) : [{ path: `${lockFile}: ${at}`, message: 'is no map', value, bound, fix }];
  });
}

function checkPin(place: string, variant: string, id: unknown): Problem[] {
  const path = `${lockFile}: ${place}`;
  const known: readonly string[] = imageVariants;
  if (!known.includes(variant))
    return [{ path, message: 'is no variant of images', value: variant, bound: `one of ${known.join(', ')}`, fix }];
  if (typeof id === 'string' && contentId.test(id)) return [];
  return [{ path, message: 'is no content id', value: id, bound: '12 hexadecimal digits', fix }];
}
