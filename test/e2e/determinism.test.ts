import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import reference from '../../stacks/topologies/reference';
import { filesUnder, runIn } from '../support/checkout';

const root = join(__dirname, '..', '..');
let folder: string;
let first: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watari-determinism-'));
  first = await synth('first', reference);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `watari synth`, in a process of its own, makes of a topology: content by file. */
async function synth(name: string, topology: unknown, env: NodeJS.ProcessEnv = {}): Promise<Record<string, string>> {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'topology.json'), JSON.stringify(topology));
  const words = [join(root, 'bin', 'watari.mjs'), 'synth', '--topology', 'topology.json', '--output', 'out'];
  const { code, stderr } = await runIn(place, [process.execPath, ...words], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return filesUnder(join(place, 'out'));
}

/** The same data with the keys of every object in the reverse order; lists stay as they are. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

/** The same with the keys in the order of a hash, which is neither of the two others. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const place = (key: string): number => [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7);
  const entries = Object.entries(value).sort(([a], [b]) => place(a) - place(b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, shuffled(inner)]));
}

describe('the same topology', () => {
  it('is many stacks', () => {
    expect(Object.keys(first)).toEqual(expect.arrayContaining(['manifest.json', 'stacks/dns/cdk.tf.json']));
    expect(Object.keys(first).length).toBeGreaterThan(30);
  });

  it('is the same bytes a second time, in another folder', async () => {
    expect(await synth('elsewhere/and deeper', reference)).toEqual(first);
  }, 60_000);

  it('is the same bytes in whatever order its keys are written', async () => {
    expect(await synth('reversed', reversed(reference))).toEqual(first);
    expect(await synth('shuffled', shuffled(reference))).toEqual(first);
  }, 60_000);

  it('is the same bytes under another locale and time zone', async () => {
    const turkish = { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' };
    expect(await synth('turkish', reference, turkish)).toEqual(first);
    expect(await synth('posix', reference, { LC_ALL: 'C', LANG: 'C', TZ: 'America/St_Johns' })).toEqual(first);
  }, 60_000);

  it('says nothing of the machine that made it', () => {
    const traces = [root, folder, tmpdir(), homedir(), userInfo().username, hostname()].filter(
      (word) => word.length > 4,
    );
    const told = Object.entries(first).flatMap(([file, content]) =>
      traces.filter((trace) => content.includes(trace)).map((trace) => `${trace} in ${file}`),
    );
    expect(told).toEqual([]);
  });
});
