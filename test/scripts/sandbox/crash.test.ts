import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cloud } from '../../../scripts/sandbox/cloud';
import { injectFault, listObjects } from '../../../scripts/sandbox/control';
import type { Fault } from '../../../scripts/sandbox/objects';
import { describeWith, requirement } from '../../support/requirements';
import { terraformBinary } from '../../support/programs';
import { compileSandbox, kill, startSeparately, type SeparateSandbox } from './separate-process';
import { run, Workbench, type Result } from './workbench';

const apply = ['apply', '-auto-approve', '-input=false', '-no-color'];
const machines = Object.fromEntries(
  Array.from({ length: 12 }, (_, at) => [`m${at}`, { name: `m${at}`, network_id: '${cloud_network.net.id}' }]),
);
const platform = { cloud_network: { net: { name: 'net', cidr: '10.1.0.0/24' } }, cloud_machine: machines };

describeWith(requirement('terraform'), 'a sandbox that is killed', () => {
  const programs = mkdtempSync(join(tmpdir(), 'watari-test-'));
  const running: SeparateSandbox[] = [];
  let program: string;
  let bench: Workbench;

  beforeAll(() => {
    program = compileSandbox(programs);
  });
  afterAll(() => rmSync(programs, { recursive: true, force: true }));
  beforeEach(() => {
    bench = new Workbench();
    bench.write(platform);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(kill));
    await bench.close();
  });

  const inStack = (args: readonly string[], env: Record<string, string> = {}, stack = 'stack'): Promise<Result> =>
    run(terraformBinary() ?? '', args, join(bench.folder, stack), env);

  const start = async (file: string, owners: readonly string[]): Promise<SeparateSandbox> => {
    const started = await startSeparately(program, file, owners);
    running.push(started);
    return started;
  };

  const everything = (file: string): readonly string[] => {
    const cloud = new Cloud(file);
    const ids = listObjects(cloud).map(({ id, attributes }) => `${id} ${JSON.stringify(attributes)}`);
    cloud.close();
    return ids;
  };

  const faulty = (fault: Omit<Fault, 'id'>): void => {
    const cloud = new Cloud(bench.cloudFile);
    injectFault(cloud, { id: 'fault', ...fault });
    cloud.close();
  };

  it.each([
    ['before it does anything', { kind: 'die', after: 5, times: 1 } as const],
    ['after it has made an object and before it answers', { kind: 'lose', after: 5, times: 1 } as const],
    ['after it has answered', { kind: 'answer-and-die', after: 5, times: 1 } as const],
  ])('%s: the next apply ends where an undisturbed one does', async (_, fault) => {
    const otherFile = join(bench.folder, 'other.jsonl');
    const undisturbed = await start(otherFile, ['stack']);
    await inStack(['init', '-input=false'], undisturbed.env['stack']);
    expect(await inStack([...apply, '-state=other.tfstate'], undisturbed.env['stack'])).toMatchObject({ code: 0 });

    faulty(fault);
    const first = await start(bench.cloudFile, ['stack']);
    expect((await inStack(apply, first.env['stack'])).code).not.toBe(0);
    expect(first.process.signalCode).toBe('SIGKILL');
    const second = await start(bench.cloudFile, ['stack']);
    expect((await inStack(apply, second.env['stack'])).code).toBe(0);
    expect((await inStack(['plan', '-detailed-exitcode', '-input=false'], second.env['stack'])).code).toBe(0);
    expect(everything(bench.cloudFile)).toEqual(everything(otherFile));
  });

  it('holds two stacks that two processes deploy at the same time', async () => {
    const own = (name: string): object => ({
      cloud_network: { net: { name, cidr: '10.1.0.0/24' } },
      cloud_machine: Object.fromEntries(
        Array.from({ length: 20 }, (_, at) => [
          `m${at}`,
          { name: `${name}-${at}`, network_id: '${cloud_network.net.id}' },
        ]),
      ),
    });
    const stacks = ['a', 'b'];
    for (const stack of stacks) bench.write(own(stack) as never, { stack });
    const sandboxes = await Promise.all(stacks.map((stack) => start(bench.cloudFile, [stack])));
    const results = await Promise.all(
      stacks.map(async (stack, at) => {
        const env = sandboxes[at]?.env[stack];
        await inStack(['init', '-input=false'], env, stack);
        return inStack([...apply, '-parallelism=20'], env, stack);
      }),
    );
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    expect(everything(bench.cloudFile)).toHaveLength(42);
  });
});
