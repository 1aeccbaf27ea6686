import { ImageCheckout, describe as description } from './checkout';

let checkout: ImageCheckout;
beforeEach(() => (checkout = new ImageCheckout()));
afterEach(() => checkout.remove());

interface Row {
  readonly image: string;
  readonly base: string;
  readonly variant: string;
  readonly contentId: string;
  readonly pinned: Readonly<Record<string, string>>;
}
const list = () => checkout.json<Row[]>(['list']);
const idOf = async (image: string, variant = 'amd64') =>
  (await list()).find((row) => row.image === image && row.variant === variant)!.contentId;

test('every file directly in images/ is an image, once for each kind of processor', async () => {
  expect((await list()).map(({ image, base, variant }) => `${image} on ${base}, ${variant}`)).toEqual([
    'fast on plain, amd64-v2',
    'fast on plain, amd64-v3',
    'fast on plain, amd64-v4',
    'fast on plain, arm64',
    'plain on debian-12, amd64',
    'plain on debian-12, arm64',
  ]);
});

test('a new image is one new file', async () => {
  checkout.write('images/role.ts', description({ summary: 'A role', base: 'plain' }));
  expect((await list()).filter(({ image }) => image === 'role')).toHaveLength(2);
});

test('the content id is the same twice, and another one once a step, the Debian snapshot or a script of the kit is another', async () => {
  const before = await idOf('fast', 'arm64');
  expect(await idOf('fast', 'arm64')).toBe(before);
  const ids = new Set([before]);
  checkout.write('images/steps/hello.sh', '#!/bin/bash\necho other\n');
  ids.add(await idOf('fast', 'arm64'));
  checkout.write('images/kit/linux/90-seal.sh', '#!/bin/bash\nexit 1\n');
  ids.add(await idOf('fast', 'arm64'));
  checkout.write(
    'images/kit/debian.json',
    JSON.stringify({
      suite: 'bookworm',
      snapshot: '20270101T000000Z',
      archive: 'http://a',
      securityArchive: 'http://b',
    }),
  );
  ids.add(await idOf('fast', 'arm64'));
  expect(ids.size).toBe(4);
});

test('an image moved to another base is another image; the others stay what they are', async () => {
  checkout.write('images/other.ts', description({ summary: 'Another base', base: 'debian-12', packages: ['curl'] }));
  const [fast, plain] = [await idOf('fast', 'arm64'), await idOf('plain')];
  checkout.write(
    'images/fast.ts',
    description({ summary: 'Built per level', base: 'other', microarchitectures: true }),
  );
  expect(await idOf('fast', 'arm64')).not.toBe(fast);
  expect(await idOf('plain')).toBe(plain);
});

test('two images of the same parts are two images', async () => {
  checkout.write(
    'images/twin.ts',
    description({ summary: 'Nothing but a step', base: 'debian-12', steps: ['steps/hello.sh'] }),
  );
  expect(await idOf('twin')).not.toBe(await idOf('plain'));
});

test('what a stage pins is shown beside what the description makes now', async () => {
  const lock = {
    stages: { prod: { plain: { amd64: '0123456789ab' } }, dev: { plain: { amd64: await idOf('plain') } } },
  };
  checkout.write('images.lock.json', JSON.stringify(lock));
  const { stdout } = await checkout.run(['list']);
  expect(stdout).toMatch(/│ plain +│ debian-12 +│ amd64 +│ [0-9a-f]{12} +│ 0123456789ab │ this/);
});

it.each([
  ['{ summary: 1, base: "plain" }', 'images/bad.ts: summary: must be string'],
  ['{ summary: "x" }', 'images/bad.ts: "base" is missing'],
  ['{ summary: "x", base: "plain", package: [] }', 'images/bad.ts: there is no "package" here'],
  ['{ summary: "x", base: "plain", steps: [5] }', 'images/bad.ts: steps.0: must be string'],
  ['{ summary: "x", base: "plain", diskGiB: -3 }', 'images/bad.ts: diskGiB: must be >= 1'],
  ['{ summary: "x", base: "plain", packages: ["a b"] }', 'images/bad.ts: packages.0: must match pattern'],
  ['{ summary: "x", base: "plain", checks: [5] }', 'images/bad.ts: checks.0: must be object'],
  ['{ summary: "x", base: "plain", checks: [{ servce: "x" }] }', 'images/bad.ts: checks.0: asks nothing that is known'],
  [
    '{ summary: "x", base: "plain", checks: [{ absent: "/a" }, { when: "seald", absent: "/b" }] }',
    'images/bad.ts: checks.1.when: is not known here',
  ],
  ['{ summary: "x", base: "plain", checks: [{ service: "x" }] }', 'images/bad.ts: checks.0: "is" is missing'],
  [
    '{ summary: "x", base: "plain", releases: [{ name: "k", version: "1", license: "MIT", install: {}, download: { amd64: { url: "https://a", sha256: "abc" } } }] }',
    'images/bad.ts: releases.0.download.amd64.sha256: must match pattern',
  ],
  [
    '{ summary: "x", base: "plain", inputs: { a: { kind: "text", description: "x", pattern: "(" } } }',
    'images/bad.ts: inputs.a.pattern: is no regular expression',
  ],
  ['{ summary: "x", base: "debian-13" }', 'images/bad.ts: base: is neither an image nor an operating system'],
  ['{ summary: "x", base: "bad" }', 'images/bad.ts: base: stands on itself'],
  [
    '{ summary: "x", base: "plain", steps: ["steps/no.sh"] }',
    'images/bad.ts: steps: there is no such file under images/',
  ],
  ['{ summary: ', 'images/bad.ts:'],
  ['7', 'images/bad.ts: describes no image'],
])('%s is refused with its place', async (text, message) => {
  checkout.write('images/bad.ts', `export default ${text};\n`);
  const { code, stderr } = await checkout.run(['list']);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

it.each([
  ['{}', 'images.lock.json: has no stages'],
  ['[]', 'images.lock.json: has no stages'],
  ['{"stages": {"dev": []}}', 'images.lock.json: stages.dev: is no map'],
  ['{"stages": {"dev": {"plain": "0123456789ab"}}}', 'images.lock.json: stages.dev.plain: is no map'],
  ['{"stages": {"dev": {"plain": {"amd64": 7}}}}', 'images.lock.json: stages.dev.plain.amd64: is no content id'],
])('the lock %s is refused with its place', async (text, message) => {
  checkout.write('images.lock.json', text);
  expect(await checkout.run(['list'])).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
});
