import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImageCheckout, describe as description } from '../checkout';

let checkout: ImageCheckout;
beforeEach(() => (checkout = new ImageCheckout()));
afterEach(() => checkout.remove());

/** As on a machine where nothing is installed. */
const bare = { PATH: '/nowhere' };
const build = (words: readonly string[], env = bare) =>
  checkout.run(['build', 'plain', '--builder', 'qemu', ...words], env);

test('a machine without QEMU is told what to install, before anything is begun', async () => {
  const { code, stderr } = await build(['--arch', 'amd64']);
  expect(code).toBe(2);
  expect(stderr).toContain('there is no qemu-system-x86_64, which runs the machine');
  expect(stderr).toContain('apt-get install mmdebstrap');
  expect(stderr).toContain('apt-get install xorriso');
});

test('another architecture needs its own machine, firmware and interpreter', async () => {
  const { code, stderr } = await build(['--arch', 'arm64']);
  expect(code).toBe(2);
  expect(stderr).toContain('apt-get install qemu-system-arm');
});

test('a machine without Packer is told what to install', async () => {
  const programs = join(checkout.path, 'programs');
  mkdirSync(programs);
  for (const name of ['qemu-system-x86_64', 'qemu-img', 'mmdebstrap', 'xorriso'])
    writeFileSync(join(programs, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const { code, stderr } = await build(['--arch', 'amd64'], { PATH: programs });
  expect(code).toBe(2);
  expect(stderr).toContain('apt-get install packer');
});

test.each([
  [['--format', 'vhd'], 'there is no such format', 'qcow2, raw, tgz, ova, ddgz'],
  [['--format', 'ddgz'], 'plain has no such format', 'qcow2, raw, tgz, ova'],
  [['--only', 'plain-arm64/qcow2'], 'leaves nothing to build', 'plain-amd64 (qcow2)'],
  [['--arch', 'amd64-v3'], 'plain has no such variant', 'amd64, arm64'],
])('%j is refused with what is possible', async (words, message, bound) => {
  const { code, stderr } = await build(words);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain(bound);
});

test('an input that a build cannot do without is asked for', async () => {
  const inputs = { licence: { kind: 'text', description: 'the address of the licence server' } };
  checkout.write('images/asking.ts', description({ summary: 'Asks', base: 'plain', inputs }));
  const { code, stderr } = await checkout.run(['build', 'asking', '--builder', 'qemu'], bare);
  expect(code).toBe(2);
  expect(stderr).toContain('Give --input licence=VALUE.');
});

test('Windows is installed from its own DVD, which has to be named before anything is looked for', async () => {
  cpSync(join(__dirname, '../../../../images/windows-drm'), join(checkout.path, 'images/windows-drm'), {
    recursive: true,
  });
  checkout.write('images/server.ts', description({ summary: 'Windows', base: 'windows-server-2022' }));
  const { code, stderr } = await checkout.run(['build', 'server', '--builder', 'qemu'], bare);
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('--windows-iso: has no value') });
});

test.each(['check', 'boot'])('%s needs an image that was built here as it is described now', async (command) => {
  const { code, stderr } = await checkout.run([command, 'plain'], bare);
  expect(code).toBe(2);
  expect(stderr).toContain('was not built here as it is described now');
  expect(stderr).toContain('npx watari image build plain --builder qemu');
});

test('what was built is not built again, unless it came from a mirror and the snapshot is asked for', async () => {
  const rows = await checkout.json<{ image: string; variant: string; contentId: string }[]>(['list']);
  const contentId = rows.find(({ image, variant }) => image === 'plain' && variant === 'amd64')?.contentId ?? '';
  const manifest = (content: object) =>
    checkout.write(`.watari/images/store/watari-plain-amd64-${contentId}/qcow2/manifest.json`, JSON.stringify(content));
  manifest({ packages: [] });
  expect(await build(['--arch', 'amd64'])).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to do') });
  manifest({ packages: [], otherArchive: 'http://mirror.example/debian' });
  const mirror = ['--arch', 'amd64', '--archive', 'http://mirror.example/debian'];
  expect(await build(mirror)).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to do') });
  expect(await build(['--arch', 'amd64'])).toMatchObject({ code: 2 });
});
