import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MadeUp } from '../../../../scripts/review/engine/made-up';
import { planOf, resource } from '../plan-examples';

let state: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watari-made-up-'));
  state = join(folder, 'state');
  const value = { addresses: '198.51.100.7,198.51.100.8', name: 'known-before', id: '7' };
  writeFileSync(state, JSON.stringify({ outputs: { handles: { value } } }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function shown(before: object | null, after: object): unknown {
  const madeUp = new MadeUp();
  const unknown = { addresses: true, id: true };
  madeUp.learn('gcp-live', state, {
    ...planOf(),
    output_changes: { handles: { actions: ['update'], after_unknown: unknown } },
  });
  return madeUp.unmake(planOf(resource('a.b', ['update'], { before, after }))).resource_changes?.[0]?.change.after;
}
const label = '(known after the apply of gcp-live: handles.addresses)';

test('a value that another stack made up is said to be known after its apply', () => {
  expect(shown(null, { rrdatas: ['198.51.100.7'], all: '198.51.100.7,198.51.100.8' })).toEqual({
    rrdatas: [label],
    all: label,
  });
});
test('also inside of a longer text', () => {
  expect(shown(null, { script: 'connect 198.51.100.8;' })).toEqual({ script: `connect ${label};` });
});
test('what was known before the apply stays what it is, and so does what was there', () => {
  expect(shown(null, { name: 'known-before' })).toEqual({ name: 'known-before' });
  expect(shown({ address: '198.51.100.7' }, { address: '198.51.100.7' })).toEqual({ address: '198.51.100.7' });
});
test('a short value could stand for anything', () => expect(shown(null, { port: '7' })).toEqual({ port: '7' }));
