import { join } from 'node:path';
import { main } from '../../scripts/watari';
import { recordedContext } from '../support/cli';

const root = join(__dirname, '..', '..');

interface Row {
  readonly image: string;
  readonly variant: string;
  readonly contentId: string;
  readonly pinned: Readonly<Record<string, string | undefined>>;
}

test('what stage dev pins is what the descriptions of this commit make, so that the build command of a plan makes it', async () => {
  const context = recordedContext({ root, cwd: root });
  expect(await main(['image', 'list', '--json'], context)).toBe(0);
  const rows = JSON.parse(context.written.stdout) as Row[];
  const stale = rows.filter(({ contentId, pinned }) => pinned.dev !== contentId);
  const mend = 'npx watari image refresh --snapshot keep --write';
  expect(stale.map(({ image, variant, contentId }) => `${image} (${variant}) is ${contentId} now: ${mend}`)).toEqual(
    [],
  );
});
