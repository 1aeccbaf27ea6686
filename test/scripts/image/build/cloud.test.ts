import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingPlaces } from '../../../../scripts/image/build/provider';
import { ImageCheckout } from '../checkout';

let checkout: ImageCheckout;
beforeEach(() => (checkout = new ImageCheckout()));
afterEach(() => checkout.remove());

const root = join(__dirname, '..', '..', '..', '..');
const topology = join(root, 'stacks', 'topologies', 'only-aws.ts');

const passes = ['1..1', 'ok 1 - it is well'];
const dies = ['1..2', 'ok 1 - it is well'];

/** Stands for a current Packer that makes an image at a cloud: what its checks print, and what it calls the image. */
function packer(lines: readonly string[], artifacts: string): Record<string, string> {
  const printed = lines.map((line) => `echo '1,,ui,message,    amazon-ebs.site: ${line}'`);
  const script = [
    '#!/bin/sh',
    'case "$1" in',
    'version) echo "Packer v1.12.0" ;;',
    'build)',
    `echo build >> ${checkout.path}/builds`,
    ...printed,
    `echo '{"builds": [{"artifact_id": "${artifacts}"}]}' > packer-manifest.json`,
    ';;',
    'esac',
  ];
  checkout.write('bin/packer', script.join('\n'));
  chmodSync(join(checkout.path, 'bin', 'packer'), 0o755);
  return { WATARI_PACKER: join(checkout.path, 'bin', 'packer') };
}

const build = (env: Record<string, string>, words: readonly string[] = []) =>
  checkout.run(['build', 'plain', '--arch', 'amd64', '-b', 'amazon-ebs', '-t', topology, ...words], env);
const builds = () => {
  const file = join(checkout.path, 'builds');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
};
const everywhere = 'ap-northeast-1:ami-1,ap-northeast-3:ami-3';

test('an image that is at the provider although its build failed is named, to be removed there', async () => {
  const { code, stdout } = await build(packer(dies, everywhere));
  expect(code).toBe(1);
  expect(stdout).toContain('failed, no image is kept here');
  expect(stdout).toContain('ap-northeast-1:ami-1, ap-northeast-3:ami-3. It must be removed there by hand.');
  expect(stdout).toContain('the checks have not all answered: 1 of 2');
});

test('it is named also where the result cannot be kept', async () => {
  const env = packer(passes, everywhere);
  // A file where the folder of results has to be.
  checkout.write('.watari/images/store', '');
  const { code, stdout } = await build(env, ['--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([
    { status: 'failed', removeAtProvider: ['ap-northeast-1:ami-1', 'ap-northeast-3:ami-3'] },
  ]);
});

test('what was built is left alone, with the word that the provider was not asked, and built anew when that is wanted', async () => {
  const env = packer(passes, everywhere);
  expect(await build(env)).toMatchObject({ code: 0, stdout: expect.stringContaining('ap-northeast-1:ami-1') });
  const second = await build(env);
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to do') });
  expect(second.stdout).toContain('the provider was not asked whether it is still there: --again builds it anew');
  expect(builds()).toBe(1);
  expect((await build(env, ['--again'])).code).toBe(0);
  expect(builds()).toBe(2);
});

test('a region that the topology has and the image was not brought to is no "nothing to do"', async () => {
  const env = packer(passes, 'ap-southeast-2:ami-9');
  await build(env);
  const { stderr } = await build(env);
  expect(stderr).toContain('was built, but not for ap-northeast-1');
  expect(builds()).toBe(2);
});

test.each([
  ['amazon-ebs', ['r-1:ami-1', 'r-2:ami-2'], []],
  ['amazon-ebs', ['r-1:ami-1', 'r-22:ami-2'], ['r-2']],
  ['amazon-ebs', undefined, ['r-1', 'r-2']],
  ['cloudstack', ['a-template'], []],
  ['cloudstack', [], ['site']],
] as const)('%s with %j lacks %j', (type, artifacts, missing) => {
  const source = { type, name: 'site', body: { region: 'r-1', ami_regions: ['r-2'] } };
  expect(missingPlaces(source, artifacts ? { artifacts } : {})).toEqual(missing);
});

test.each([
  [['--archive', 'http://mirror.example/debian'], {}, '--archive:'],
  [[], { WATARI_DEBIAN_ARCHIVE: 'http://mirror.example/debian' }, 'WATARI_DEBIAN_ARCHIVE:'],
])('an image at a provider comes from the snapshot alone (%j, %j)', async (words, more, path) => {
  const { code, stderr } = await build({ ...packer(passes, everywhere), ...more }, words);
  expect(code).toBe(2);
  expect(stderr).toContain(path);
  expect(stderr).toContain('images at amazon-ebs carry the id of the snapshot');
  expect(builds()).toBe(0);
});
