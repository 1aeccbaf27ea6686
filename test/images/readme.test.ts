import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveImage } from '../../images/kit/resolve';
import { described, folder } from './staged';

it('images/README.md has a row for each image, as the files say it', async () => {
  const descriptions = await described();
  const rows = Object.keys(descriptions)
    .sort()
    .map((name) => {
      const { summary, variants } = resolveImage(descriptions, name);
      return `| \`${name}\` | ${descriptions[name]?.base} | ${variants.join(', ')} | ${summary} |`;
    });
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const written = readme
    .split('\n')
    .filter((line) => /^\| `/.test(line))
    .map((line) => line.replace(/ +\|/g, ' |'));
  expect(written).toEqual(rows);
});
