import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, loadPlatform } from '../../stacks/main';
import reference from '../../stacks/topologies/reference';
import { layOut } from './layout';
import { renderSvg } from './render-svg';

export const pictureFile = join('docs', 'reference.svg');

/** The reference platform as it stands in its topology. */
export async function renderPicture(): Promise<string> {
  return renderSvg(await layOut({ description: describe(loadPlatform(reference)) }));
}

/** `npm run picture`. */
export async function main(): Promise<number> {
  writeFileSync(pictureFile, await renderPicture());
  return 0;
}
