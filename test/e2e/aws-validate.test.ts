import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '../../constructs/providers/registry';
import { type Sandbox, startSandbox } from '../../scripts/sandbox/server';
import { prepareStack } from '../../scripts/sandbox/stack-folder';
import { loadPlatform, synthesize } from '../../stacks/main';
import onlyAws from '../../stacks/topologies/only-aws';
import reference from '../../stacks/topologies/reference';
import { lookedUp, makeAllStacks } from '../constructs/providers/aws/fixture';
import { run, type Result } from '../scripts/sandbox/workbench';
import { offlineAws } from '../support/aws-provider';
import { terraformBinary } from '../support/programs';
import { describeWith, requirement } from '../support/requirements';

const providersFolder = join(__dirname, '..', '..', 'constructs', 'providers');
interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly isOffline?: boolean;
}

function usesAws({ folder }: Stack): boolean {
  const { resource = {} } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as { resource?: object };
  return Object.keys(resource).some((type) => type.startsWith('aws_'));
}

function stacksIn(folder: string, origin: string): Stack[] {
  const names = readdirSync(join(folder, 'stacks'));
  return names.map((name) => ({ name: `${origin}/${name}`, folder: join(folder, 'stacks', name) })).filter(usesAws);
}

function factsOf(adapter: string): string[] {
  const folder = join(providersFolder, adapter, 'schema');
  return readdirSync(folder).flatMap((file) => (file.includes('@') ? [join(folder, file)] : []));
}

/** All providers but AWS, so that stacks with two of them need only the real one of AWS. */
function startOthers(folder: string): Sandbox {
  const others = Object.values(registry).filter(({ name }) => name !== 'aws');
  return startSandbox({
    cloudFile: join(folder, 'cloud.jsonl'),
    simulations: others.flatMap(({ simulations }) => simulations),
    facts: others.flatMap(({ name }) => factsOf(name)),
  });
}

/** Does the tasks two at a time, and gives what failed. */
async function failuresOf(stacks: readonly Stack[], check: (stack: Stack) => Promise<Result>): Promise<string[]> {
  const waiting = [...stacks];
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let stack = waiting.shift(); stack; stack = waiting.shift()) {
      const { code, output } = await check(stack);
      if (code !== 0) failures.push(`${stack.name}: ${output}`);
    }
  };
  await Promise.all([work(), work()]);
  return failures;
}

describeWith([requirement('terraform'), requirement('aws-provider')], 'the real AWS provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-aws-'));
  let others: Sandbox;

  const terraform = async (stack: Stack, ...args: string[]): Promise<Result> => {
    const { providers = {}, folder: cwd } = prepareStack(stack.folder, join(folder, 'prepared', stack.name));
    const wanted = Object.fromEntries(Object.entries(providers).filter(([address]) => !address.endsWith('aws')));
    if (stack.isOffline) writeFileSync(join(cwd, 'offline_override.tf.json'), JSON.stringify(offlineAws));
    return run(terraformBinary() ?? 'terraform', args, cwd, await others.env(stack.name, wanted));
  };
  const initialised = async (stack: Stack, ...args: string[]): Promise<Result> => {
    const init = await terraform(stack, 'init', '-input=false', '-no-color');
    return init.code === 0 ? terraform(stack, ...args) : init;
  };

  beforeAll(() => {
    others = startOthers(folder);
  });

  afterAll(async () => {
    await others.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('accepts every stack of the shipped topologies that is on AWS', async () => {
    const stacks = Object.entries({ onlyAws, reference }).flatMap(([name, topology]) => {
      synthesize(loadPlatform(topology), join(folder, name));
      return stacksIn(join(folder, name), name);
    });
    expect(stacks.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['onlyAws/aws-network', 'reference/link-aws-gcp']),
    );
    expect(await failuresOf(stacks, (stack) => initialised(stack, 'validate', '-no-color'))).toEqual([]);
  }, 240_000);

  it('plans everything that the adapter can emit', async () => {
    makeAllStacks(join(folder, 'all')).synth();
    const stacks = stacksIn(join(folder, 'all'), 'all').map((stack) => ({ ...stack, isOffline: true }));
    const plan = ['plan', '-refresh=false', '-input=false', '-lock=false', '-no-color'];
    const check = (stack: Stack): Promise<Result> =>
      initialised(stack, ...(stack.name.endsWith(lookedUp) ? ['validate', '-no-color'] : plan));
    expect(await failuresOf(stacks, check)).toEqual([]);
  }, 240_000);
});
