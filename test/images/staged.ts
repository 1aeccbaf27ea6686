import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Descriptions } from '../../images/kit/resolve';
import { isWindows, resolveImage } from '../../images/kit/resolve';
import { type StagedImage, type StagingInput, stageImage } from '../../images/kit/staging';
import { loadImages } from '../../scripts/image/load';

export const root = join(__dirname, '..', '..');
export const folder = join(root, 'images');

export const debian = {
  suite: 'bookworm',
  snapshot: '20261120T000000Z',
  archive: 'http://archive.example/debian',
  securityArchive: 'http://archive.example/debian-security',
};

export const described = (): Promise<Descriptions> => loadImages(root);

/** Every Linux image of the folder in every variant, staged from its files. */
export async function stagedLinuxImages(): Promise<readonly StagedImage[]> {
  const descriptions = await described();
  const images = Object.keys(descriptions).map((name) => resolveImage(descriptions, name));
  return images
    .filter((image) => !isWindows(image))
    .flatMap((image) => image.variants.map((variant) => mustStage({ image, variant, read: readImageFile })));
}

/** Throws where something is wrong with the image. */
export function mustStage(
  input: Pick<StagingInput, 'image' | 'variant' | 'read'> & Partial<StagingInput>,
): StagedImage {
  const staged = stageImage({ given: {}, bases: {}, debian, ...input });
  if ('problems' in staged) throw new Error(JSON.stringify(staged.problems));
  return staged;
}

export function readImageFile(path: string): Uint8Array | undefined {
  const file = join(folder, path);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined;
}
