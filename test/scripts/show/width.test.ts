import { views } from '../../../scripts/show/command';
import { main } from '../../../scripts/watari';
import { recordedContext } from '../../support/cli';

const shown = async (tty: boolean, ...words: readonly string[]): Promise<string> => {
  const context = recordedContext({ tty });
  expect(await main(['show', ...words], context)).toBe(0);
  return context.written.stdout;
};
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
/** The text of a table without its frame, with no spaces, in no order. */
const letters = (text: string): string => [...text.replaceAll(/[│┌┐└┘├┤┬┴┼─\s]/g, '')].sort().join('');

it.each(views)('the view %s of the reference platform fits a terminal of 120 columns, whole', async (view) => {
  const [wrapped, plain] = [await shown(true, view), await shown(false, view)];
  expect(widest(wrapped)).toBeLessThanOrEqual(120);
  expect(letters(wrapped)).toBe(letters(plain));
});

it('a view that goes into a pipe has one line for each row, however long', async () => {
  const [plain, json] = [await shown(false, 'prerequisites'), await shown(true, 'prerequisites', '--json')];
  const { prerequisites } = JSON.parse(json) as { prerequisites: { how: string }[] };
  expect(widest(plain)).toBeGreaterThan(120);
  for (const { how } of prerequisites) expect(plain).toContain(how);
});
