import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictureFile, renderPicture } from '../../../scripts/map/picture';

it('the picture in the README is the one that belongs to the reference topology as it stands (npm run picture)', async () => {
  const root = join(__dirname, '..', '..', '..');
  expect(readFileSync(join(root, pictureFile), 'utf8')).toBe(await renderPicture());
});
