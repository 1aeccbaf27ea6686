import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../scripts/watari';
import type { Report } from '../../../scripts/review/report';
import { loadPlatform, synthesize } from '../../../stacks/main';
import onlyAws from '../../../stacks/topologies/only-aws';
import { recordedContext } from '../../support/cli';

interface Draft {
  systems: { live: { edges: { aws: { min: number; max: number } }; edge: { drainSeconds: number } } };
}

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watari-approval-'));
  write('base', () => undefined);
  write('head', ({ systems }) => (systems.live.edges.aws.max = 20));
  expect((await run('review', 'head', ['review', 'base-out', 'head-out', '-o', 'review', '-f', 'json'])).code).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A topology as a file, and what it makes. */
function write(name: string, edit: (topology: Draft) => unknown): void {
  const topology = structuredClone<unknown>(onlyAws) as Draft;
  edit(topology);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(topology));
  synthesize(loadPlatform(topology), join(folder, `${name}-out`), { describe: true });
}

/** @param home name of the place where simulated clouds are */
async function run(home: string, topology: string, args: readonly string[]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, WATARI_HOME: join(folder, home) };
  const context = recordedContext({ env, cwd: folder });
  return { code: await main([...args, '--topology', `${topology}.json`], context), ...context.written };
}

const reviewed = ['deploy', '--sandbox', '--reviewed', 'review/review.json'];

/** The base in a cloud of its own. */
async function deployedBase(home: string): Promise<void> {
  expect((await run(home, 'base', ['deploy', '--sandbox'])).code).toBe(0);
}

test('what was reviewed in one cloud is deployed to another, where every id is another one', async () => {
  await deployedBase('one');
  const first = idsIn('one');
  // A fresh cloud gives the ids that the review's own had; what is made a second time gets others.
  expect((await run('one', 'base', ['deploy', '--sandbox', '--destroy', '--stack', 'aws-live'])).code).toBe(0);
  await deployedBase('one');
  expect(first.length).toBeGreaterThan(0);
  for (const id of idsIn('one')) expect(first).not.toContain(id);
  const answer = await run('one', 'head', reviewed);
  expect(answer).toMatchObject({ code: 0 });
  expect(answer.stdout).toContain('1 of 4 stacks changed');
  // Once more: nothing is left of it, which is no other change.
  expect((await run('one', 'head', reviewed)).code).toBe(0);
}, 120_000);

test('after one changed attribute nothing is deployed', async () => {
  await deployedBase('two');
  write('other', ({ systems }) => {
    systems.live.edges.aws.max = 20;
    systems.live.edge.drainSeconds = 1700;
  });
  const answer = await run('two', 'other', reviewed);
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain('another configuration of aws-live than the one that would be deployed');
}, 120_000);

test('a real cloud that differs from the one of the review is not touched where it differs', async () => {
  await deployedBase('three');
  const state = stateOf('three', 'aws-live-a');
  const text = JSON.parse(readFileSync(state, 'utf8')) as { resources: { type: string }[] };
  const kept = text.resources.filter(({ type }) => type !== 'aws_instance');
  expect(kept.length).toBeLessThan(text.resources.length);
  writeFileSync(state, JSON.stringify({ ...text, resources: kept }));
  const answer = await run('three', 'head', reviewed);
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain('The plan is not the one that was reviewed');
  expect(answer.stderr).toMatch(/aws_instance\.\S+: create, which was not reviewed/);
}, 120_000);

function stateOf(home: string, stack: string): string {
  const states = join(folder, home, 'sandbox', 'only-aws', 'states');
  const name = readdirSync(states).find((file) => file.includes(stack) && !file.endsWith('.backup'));
  return join(states, name ?? '');
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { attributes: { id: string } }[];
  }[];
}

/** Ids of balancers and what is behind them. */
function idsIn(home: string): string[] {
  const states = join(folder, home, 'sandbox', 'only-aws', 'states');
  return readdirSync(states)
    .filter((file) => !file.endsWith('.backup'))
    .flatMap((file) => {
      const { resources } = JSON.parse(readFileSync(join(states, file), 'utf8')) as State;
      const balancers = resources.filter(
        ({ type }) => type === 'aws_lb' || type === 'aws_lb_target_group' || type === 'aws_launch_template',
      );
      return balancers.flatMap(({ instances }) => instances.map(({ attributes }) => attributes.id));
    });
}

describe('a review that approves nothing is refused, with what to do', () => {
  const report = (): Report => JSON.parse(readFileSync(join(folder, 'review', 'review.json'), 'utf8')) as Report;
  const deployWith = async (text: string) => {
    cpSync(join(folder, 'review'), join(folder, 'given'), { recursive: true });
    writeFileSync(join(folder, 'given', 'review.json'), text);
    return run('four', 'head', ['deploy', '--sandbox', '--reviewed', 'given/review.json']);
  };

  test.each([
    ['a file that is no JSON', () => '{', 'is no JSON'],
    ['some other JSON', () => '{}', 'is no report of a review'],
    [
      'a review of plans of files',
      () => JSON.stringify({ ...report(), source: 'plans' }),
      'is a review of plans of files',
    ],
    [
      'a fingerprint that was touched',
      () => JSON.stringify({ ...report(), fingerprint: { change: 'plan-0', stacks: {} } }),
      'is at odds with itself',
    ],
    [
      'a review of another topology',
      () => JSON.stringify({ ...report(), topology: 'other' }),
      'is a review of another topology',
    ],
    [
      'a fuse that nobody has acknowledged',
      () => {
        const fuse = { rule: 'fuse', decision: true, title: 'Both halves', details: [], addresses: ['a/b'] };
        // That the report calls it acknowledged counts for nothing.
        return JSON.stringify({ ...report(), findings: [{ ...fuse, acknowledged: true }] });
      },
      'needs an acknowledgement that it does not have: Both halves',
    ],
  ])('%s', async (_, text, message) => {
    const answer = await deployWith(text());
    expect(answer.code).toBe(2);
    expect(answer.stderr).toContain(message);
  });

  test('a file that is not there, and taking everything down', async () => {
    expect(await run('four', 'head', ['deploy', '--sandbox', '--reviewed', 'nowhere'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no such file') as string,
    });
    expect(await run('four', 'head', [...reviewed, '--destroy'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('does not go with --destroy') as string,
    });
  });
});
