import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../scripts/watari';
import { recordedContext } from '../../support/cli';
import { describeWith, requirement } from '../../support/requirements';

const root = join(__dirname, '..', '..', '..');
let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'watari-needed-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function watari(...words: readonly string[]) {
  const env = { PATH: process.env.PATH, WATARI_HOME: home, WATARI_TERRAFORM: process.env.WATARI_TEST_TERRAFORM };
  const context = recordedContext({ root, cwd: root, env });
  const code = await main(words, context);
  return { code, ...context.written };
}

interface Row {
  readonly site: string;
  readonly image: string;
  readonly name: string;
  readonly builder: string;
  readonly exists: string;
}

test('the images that a topology boots are named as each provider knows them, with what builds them', async () => {
  const { code, stdout } = await watari('image', 'list', '-t', 'reference', '--json');
  const rows = JSON.parse(stdout) as Row[];
  expect(code).toBe(0);
  expect(
    rows.filter(({ image }) => image === 'edge').map(({ site, builder, exists }) => [site, builder, exists]),
  ).toEqual([
    ['aws', 'amazon-ebs', 'not asked'],
    ['dev', 'cloudstack', 'not asked'],
    ['gcp', 'googlecompute', 'not asked'],
    ['idcf', 'cloudstack', 'not asked'],
  ]);
  const names = Object.fromEntries(rows.map(({ site, image, name }) => [`${site} ${image}`, name]));
  expect(names['cage origin']).toMatch(/^custom\/watari-origin-amd64-v\d-[0-9a-f]{12}$/);
  expect(names['gcp edge']).toMatch(/^projects\/[^/]+\/global\/images\/watari-edge-amd64-v\d-[0-9a-f]{12}$/);
});

describeWith(requirement('terraform'), 'asked of the simulated cloud', () => {
  const asked = async () => {
    const { code, stdout, stderr } = await watari('image', 'list', '-t', 'reference', '--sandbox', '--json');
    const rows = JSON.parse(stdout) as Row[];
    return { code, stderr, exists: [...new Set(rows.map(({ exists }) => exists))] };
  };

  test('they are there, and are not once they are withheld: then the answer is no', async () => {
    expect(await asked()).toMatchObject({ code: 0, exists: ['yes'] });
    await watari('sandbox', 'withhold', 'images', '-t', 'reference');
    expect(await asked()).toMatchObject({ code: 1, exists: ['no'] });
    const { stderr } = await watari('image', 'list', '-t', 'reference', '--sandbox');
    expect(stderr).toMatch(
      /npx watari image build edge --arch amd64-v\d --builder googlecompute --topology reference$/m,
    );
    expect(stderr).toMatch(
      /npx watari image build origin --arch \S+ --builder qemu --format tgz --topology reference$/m,
    );
  });
});

test('a provider that cannot be asked leaves it unknown and says why', async () => {
  const { code, stdout, stderr } = await watari('image', 'list', '-t', 'only-metal', '--ask', '--json');
  expect(code).toBe(0);
  expect(new Set((JSON.parse(stdout) as Row[]).map(({ exists }) => exists))).toEqual(new Set(['unknown']));
  expect(stderr).toContain('MAAS_API_KEY is not in the environment');
});
