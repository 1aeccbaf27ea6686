import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, copyCheckout, filesUnder, runIn } from '../support/checkout';
import { describeWith, requirement } from '../support/requirements';

const minutes = 60_000;
/** What cdktf and Terraform keep beside what was synthesised. */
const notSynthesised = /\.terraform|\.tfstate|(^|\/)plan$/;

describeWith([requirement('terraform'), requirement('cdktf')], 'cdktf, in a copy of the checkout', () => {
  const checkout = copyCheckout();
  const home = mkdtempSync(join(tmpdir(), 'watari-cdktf-'));
  const cdktf = join(checkout, 'node_modules', '.bin', 'cdktf');
  const env = { WATARI_HOME: home, WATARI_TOPOLOGY: 'only-idcf', CI: 'true', CHECKPOINT_DISABLE: '1' };
  const run = async (...words: string[]): Promise<Answer> => {
    const answer = await runIn(checkout, words, env);
    if (answer.code !== 0) throw new Error(`${words.join(' ')}: ${answer.stdout}\n${answer.stderr}`);
    return answer;
  };
  const watari = (...words: string[]): Promise<Answer> => run(process.execPath, 'bin/watari.mjs', ...words);
  const inSandbox = (...words: string[]): Promise<Answer> => watari('sandbox', '--', cdktf, ...words);
  const output = (folder = 'cdktf.out'): Record<string, string> => filesUnder(join(checkout, folder), notSynthesised);

  const edit = (name: string, from: string, to: string): void => {
    const file = join(checkout, name);
    const before = readFileSync(file, 'utf8');
    expect(before).toContain(from);
    writeFileSync(file, before.replace(from, to));
  };

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it(
    'synthesises what watari synthesises',
    async () => {
      await run(cdktf, 'synth');
      await watari('synth', '--output', 'from-watari');
      expect(Object.keys(output())).toContain('stacks/idcf-live/cdk.tf.json');
      expect(output()).toEqual(output('from-watari'));
    },
    2 * minutes,
  );

  it(
    'deploys into the sandbox, and leaves its output as it is for real use',
    async () => {
      edit('stacks/topologies/only-idcf.ts', "bucket: 'example-watari-states'", "bucket: 'moved-watari-states'");
      const { stdout } = await inSandbox('deploy', '*', '--auto-approve', '--skip-provider-lock');
      expect(stdout).toContain('idcf-live');
      const { objects } = JSON.parse((await watari('sandbox', 'ls', '--json')).stdout) as {
        objects: { type: string }[];
      };
      expect(objects.filter(({ type }) => type === 'cloudstack_instance').length).toBeGreaterThan(8);
      expect(JSON.parse(output()['stacks/idcf-live/cdk.tf.json']!)).toHaveProperty('terraform.backend.s3');
    },
    4 * minutes,
  );

  it('is never stale: a word that was edited in a topology is in the next output', () => {
    const buckets = JSON.stringify(output()).match(/[a-z]+-watari-states/g) ?? [];
    expect([...new Set(buckets)]).toEqual(['moved-watari-states']);
  });

  it(
    'finds no changes afterwards',
    async () => {
      const { stdout } = await inSandbox('diff', 'idcf-live-a', '--skip-provider-lock');
      expect(stdout).toMatch(/No changes\./);
    },
    2 * minutes,
  );

  it(
    'takes everything down again',
    async () => {
      await inSandbox('destroy', '*', '--auto-approve', '--skip-provider-lock');
      expect(JSON.parse((await watari('sandbox', 'ls', '--json')).stdout)).toMatchObject({ objects: [] });
    },
    4 * minutes,
  );
});
