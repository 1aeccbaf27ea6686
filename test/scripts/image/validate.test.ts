import { homedir } from 'node:os';
import { join } from 'node:path';
import { findPacker, targetOf } from '../../../scripts/image/find-packer';
import { main } from '../../../scripts/watari';
import { recordedContext } from '../../support/cli';
import { describeWith, notApplicable, requirement } from '../../support/requirements';

const root = join(__dirname, '..', '..', '..');
const env = { PATH: process.env.PATH, HOME: homedir() };

async function validate(words: readonly string[], more: Readonly<Record<string, string | undefined>> = {}) {
  const context = recordedContext({ root, cwd: root, env: { ...env, ...more } });
  const code = await main(['image', 'validate', ...words], context);
  return { code, ...context.written };
}

describeWith(requirement('packer'), 'the Packer that Debian has', () => {
  test('accepts every image for every processor on every builder', async () => {
    const { code, stdout, stderr } = await validate(['--all', '--json']);
    if (code !== 0) throw new Error(stdout + stderr);
    const { verdicts } = JSON.parse(stdout) as { verdicts: { image: string; accepted: boolean }[] };
    expect(verdicts.length).toBeGreaterThan(30);
    expect(verdicts.filter(({ accepted }) => !accepted)).toEqual([]);
  }, 300_000);
});

const current = process.env.WATARI_CURRENT_PACKER;
if (current === undefined) notApplicable('current-packer');
else
  test('current Packer accepts every image on every builder', async () => {
    const { code, stdout, stderr } = await validate(['--all'], {
      WATARI_PACKER: current,
      PACKER_PLUGIN_PATH: process.env.PACKER_PLUGIN_PATH,
    });
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining(' 0 refused'), expect.anything()]);
  }, 900_000);

describe('which Packer', () => {
  it.each([
    ['1.6.6', '1.6.6'],
    ['1.10.0', 'current'],
    ['1.16.0', 'current'],
    ['2.0.0', 'current'],
    ['1.7.2', undefined],
    ['1.6.5', undefined],
  ])('%s is given templates for %s', (version, target) => expect(targetOf(version)).toBe(target));

  test('an absent one is refused with what to install', async () => {
    const { code, stderr } = await validate(['edge'], { PATH: '/nowhere' });
    expect([code, stderr]).toEqual([2, expect.stringContaining('apt-get install packer')]);
  });

  test('another program of that name is none', async () => {
    await expect(findPacker({ env: { ...env, WATARI_PACKER: '/bin/true' } })).rejects.toThrow(
      'WATARI_PACKER: no Packer that runs',
    );
  });
});

describe('bad input', () => {
  it.each([
    [[], 'image: no image is named'],
    [['nowhere'], 'image: there is no such image'],
    [['edge', '--builder', 'vmware'], '--builder: there is no such builder'],
    [['edge', '--arch', 'riscv64'], '--arch: there is no such architecture'],
    [['balancer', '--arch', 'amd64-v3'], '--arch: balancer has no such variant'],
    [['edge', '--input', 'nonsense'], '--input: is not NAME=VALUE'],
    [['edge', '--input', 'nonsense=1'], '--input nonsense: no image of this command has such an input'],
  ])('%j is refused', async (words, message) => {
    const { code, stderr } = await validate(words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
