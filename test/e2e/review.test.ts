import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../scripts/review/report';
import { type Answer, copyCheckout, runIn } from '../support/checkout';
import { describeWith, requirement } from '../support/requirements';

const minutes = 60_000;

describeWith([requirement('terraform'), requirement('git')], 'a review of git revisions', () => {
  const checkout = copyCheckout();
  const home = mkdtempSync(join(tmpdir(), 'watari-review-'));
  const env = { WATARI_HOME: home, WATARI_TOPOLOGY: 'only-aws', CI: 'true', GIT_CONFIG_GLOBAL: '/dev/null' };
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const git = async (...words: string[]): Promise<string> => {
    const identity = [
      '-c',
      'user.name=somebody',
      '-c',
      'user.email=somebody@example.com',
      '-c',
      'commit.gpgsign=false',
    ];
    const answer = await runIn(checkout, ['git', ...identity, ...words], env);
    if (answer.code !== 0) throw new Error(`git ${words.join(' ')}: ${answer.stderr}`);
    return answer.stdout.trim();
  };
  const review = (...words: string[]): Promise<Answer> =>
    runIn(checkout, [process.execPath, 'bin/watari.mjs', 'review', ...words], env);
  const reported = ({ stdout }: Answer): Report => JSON.parse(stdout) as Report;
  const edit = (name: string, from: string, to: string): void => {
    const file = join(checkout, name);
    const before = readFileSync(file, 'utf8');
    expect(before).toContain(from);
    writeFileSync(file, before.replace(from, to));
  };
  const commit = async (message: string): Promise<void> => {
    await git('add', '-A');
    await git('commit', '-q', '-m', message);
  };
  /** Whatever the last test left. */
  const backToMain = async (): Promise<void> => {
    await git('checkout', '-q', '-f', 'main');
    await git('clean', '-q', '-fd');
  };

  beforeAll(async () => {
    expect((await review()).stderr).toContain('this checkout is not a git repository');
    writeFileSync(join(checkout, '.gitignore'), 'node_modules\n.watari\n.gen\ncdktf.out\n');
    await git('init', '-q', '-b', 'main');
    await commit('The platform');
  }, minutes);
  afterEach(backToMain);

  it(
    'compares the working tree with where it left the main branch, and leaves no plan, no state and no cloud behind',
    async () => {
      edit('stacks/topologies/only-aws.ts', 'min: 2, max: 10', 'min: 2, max: 12');
      const answer = await review('--json');
      expect(answer).toMatchObject({ code: 0 });
      const { base, head, order, risks } = reported(answer);
      expect({ order, risks }).toEqual({ order: ['aws-live'], risks: { 'in-place': 1 } });
      expect(base?.commit).toBe(await git('rev-parse', 'HEAD'));
      expect(head).toEqual({ revision: 'working tree' });
      expect(readdirSync(join(home, 'review')).filter((name) => name.startsWith('work-'))).toEqual([]);
    },
    2 * minutes,
  );

  it(
    'shows a change of shared code at every site, and the base keeps its own code',
    async () => {
      await git('checkout', '-q', '-b', 'shared');
      edit('constructs/providers/aws/elastic.ts', 'defaultInstanceWarmup:', 'defaultInstanceWarmup: 1 +');
      await commit('Warm up longer');
      const answer = await review('main', 'shared', '--json');
      expect(answer).toMatchObject({ code: 0 });
      const { changes, head } = reported(answer);
      expect(changes.map(({ stack, type }) => `${stack} ${type}`)).toEqual(['aws-live aws_autoscaling_group']);
      expect(head?.commit).toBe(await git('rev-parse', 'shared'));
    },
    2 * minutes,
  );

  it(
    'takes a topology that is new for one of which nothing stands',
    async () => {
      const text = readFileSync(join(checkout, 'stacks', 'topologies', 'only-aws.ts'), 'utf8');
      writeFileSync(
        join(checkout, 'stacks', 'topologies', 'fresh.ts'),
        text.replace("name: 'only-aws'", "name: 'fresh'"),
      );
      const { stdout, stderr, code } = await review('--topology', 'fresh', '--json');
      expect({ code, stderr }).toMatchObject({ code: 1 });
      const { risks, findings } = JSON.parse(stdout) as Report;
      expect(Object.keys(risks)).toEqual(['created']);
      expect(findings.map(({ rule }) => rule)).toContain('opening');
    },
    2 * minutes,
  );

  it(
    'counts an acknowledgement for the change that it names and for no other, and bounds as they were before',
    async () => {
      edit(
        'stacks/topologies/only-aws.ts',
        "shards: { s1: { site: 'aws' }, s2: { site: 'aws' } }",
        "shards: { s1: { site: 'aws' } }",
      );
      const first = reported(await review('--json'));
      expect(first.verdict).toBe('decide');
      const resources = [
        ...new Set([
          ...first.findings.flatMap(({ addresses }) => addresses),
          ...first.changes.map(({ stack, address }) => `${stack}/${address}`),
        ]),
      ];
      const acknowledge = (change: string): void => {
        mkdirSync(join(checkout, 'reviews'), { recursive: true });
        const lines = resources.map((resource) => `      - ${JSON.stringify(resource)}`);
        const entry = [
          'fuse: { percent: 100 }',
          'acknowledged:',
          `  - change: ${change}`,
          '    why: Nobody uses s2.',
          '    resources:',
        ];
        writeFileSync(join(checkout, 'reviews', 'only-aws.yaml'), [...entry, ...lines, ''].join('\n'));
      };
      acknowledge(first.fingerprint?.change ?? '');
      const second = reported(await review('--json'));
      expect(second.fingerprint).toEqual(first.fingerprint);
      expect(second.findings.filter(({ acknowledged }) => acknowledged).map(({ rule }) => rule)).toContain('fuse');
      expect(second.findings.filter(({ decision, acknowledged }) => decision && !acknowledged)).toEqual(
        second.findings.filter(({ decision, addresses }) => decision && addresses.length === 0),
      );
      acknowledge('plan-00000000000000000000');
      const third = reported(await review('--json'));
      expect(third.findings.map(({ title }) => title)).toContainEqual(
        expect.stringContaining('The acknowledgement of plan-00000000000000000000 counts for nothing'),
      );
      expect(third.findings.some(({ rule, acknowledged }) => rule === 'fuse' && !acknowledged)).toBe(true);
    },
    4 * minutes,
  );

  describe('refuses with exit 2 and says what to do', () => {
    const refused = async (message: RegExp, ...words: string[]): Promise<void> => {
      const { code, stderr, stdout } = await review(...words);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/^\s+at /m);
    };

    it('a revision that does not exist', () =>
      refused(/BASE: is no revision of this repository[^]*nowhere/, 'nowhere'));
    it('a head that is no revision', () => refused(/HEAD: is no revision[^]*--help/, 'main', '--', '--help'));
    it('a topology that does not exist', () => refused(/HEAD[^]*there is no such topology/, '--topology', 'nowhere'));

    it('a head that does not compile, with the words of the compiler', async () => {
      await git('checkout', '-q', '-b', 'broken');
      edit('stacks/topologies/only-aws.ts', 'export default', 'export defautl');
      await commit('A word is wrong');
      await backToMain();
      await refused(/HEAD: the topology only-aws cannot be synthesised:[^]*only-aws\.ts:6/, 'main', 'broken');
    });

    it('a topology that is not as it should be, with what is wrong', async () => {
      edit('stacks/topologies/only-aws.ts', 'min: 2, max: 10', 'min: 20, max: 10');
      await refused(/HEAD: the topology only-aws cannot be synthesised:[^]*min/);
    });

    it('dependencies that cannot be installed, where the lock file differs', async () => {
      await git('checkout', '-q', '-b', 'lock');
      unlinkSync(join(checkout, 'package-lock.json'));
      await commit('No lock');
      await backToMain();
      await refused(/revision \w{12}: its dependencies cannot be installed/, 'lock');
    });

    it('plans and revisions at once', () => refused(/takes revisions or plans, not both/, 'main', '--plan', 'x.json'));
  });
});
