import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry } from '../../constructs/providers/registry';
import { type Sandbox, startSandbox } from '../../scripts/sandbox/server';
import { prepareStack, type StackFolder } from '../../scripts/sandbox/stack-folder';
import { loadPlatform, synthesize } from '../../stacks/main';
import onlyAws from '../../stacks/topologies/only-aws';
import reference from '../../stacks/topologies/reference';
import { makeAllStacks } from '../constructs/providers/aws/fixture';
import { run, type Result } from '../scripts/sandbox/workbench';
import { terraformBinary } from '../support/programs';
import { factsOfAdapter } from '../support/provider-facts';
import { describeWith, requirement } from '../support/requirements';
import type { StackJson } from '../support/stack-json';

interface Stack extends StackFolder {
  /** Of its module: `reference-aws-network`. */
  readonly module: string;
}

type Wanted = Record<string, string | undefined>;

interface Validation {
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
    readonly address?: string;
  }[];
}

function usesAws(folder: string): boolean {
  const { resource = {} } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as StackJson;
  return Object.keys(resource).some((type) => type.startsWith('aws_'));
}

/** All providers but AWS, so that stacks with two of them need only the real one of AWS. */
function startOthers(folder: string): Sandbox {
  const others = Object.values(registry).filter(({ name }) => name !== 'aws');
  return startSandbox({
    cloudFile: join(folder, 'cloud.jsonl'),
    simulations: others.flatMap(({ simulations }) => simulations),
    facts: others.flatMap(({ name }) => factsOfAdapter(name)),
  });
}

/**
 * A configuration whose modules are the stacks, so that the real provider, which takes seconds to start, starts once for
 * all. What a stack must be told the whole must be told: it stays unknown, as it does in the stack alone.
 */
function wholeOf(stacks: readonly Stack[]): object {
  const modules = stacks.map(({ module, folder, variables }) => {
    const values = Object.keys(variables).map((name) => [name, `\${var.${name}}`]);
    return [module, { source: folder, ...Object.fromEntries(values) }];
  });
  const variables = stacks.flatMap((stack) => Object.entries(stack.variables));
  return {
    module: Object.fromEntries(modules),
    variable: Object.fromEntries(variables.map(([name, type]) => [name, { type }])),
  };
}

describeWith([requirement('terraform'), requirement('aws-provider')], 'the real AWS provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-aws-'));
  let stacks: readonly Stack[];
  let others: Sandbox;

  const prepared = (origin: string): Stack[] =>
    readdirSync(join(folder, origin, 'stacks')).flatMap((name) => {
      const source = join(folder, origin, 'stacks', name);
      if (!usesAws(source)) return [];
      return [{ module: `${origin}-${name}`, ...prepareStack(source, join(folder, 'prepared', origin)) }];
    });

  /** What is wrong, by address: `module.reference-aws-network.aws_vpc.main: expected ...`. */
  async function errorsOf(content: object): Promise<string[]> {
    const cwd = join(folder, 'whole');
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'main.tf.json'), JSON.stringify(content));
    const { 'hashicorp/aws': _, ...wanted } = Object.assign({}, ...stacks.map((stack) => stack.providers)) as Wanted;
    const env = await others.env('whole', wanted);
    const terraform = (...args: string[]): Promise<Result> => run(terraformBinary() ?? 'terraform', args, cwd, env);
    expect(await terraform('init', '-input=false', '-no-color')).toMatchObject({ code: 0 });
    const { diagnostics } = JSON.parse((await terraform('validate', '-json')).output) as Validation;
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    return errors.map(({ address = '', summary, detail }) => `${address}: ${summary} ${detail}`);
  }

  /** A stack that is wrong, to see that mistakes in modules are seen. */
  function brokenStack(): Stack {
    const source = join(folder, 'broken');
    mkdirSync(source);
    const resource = { aws_vpc: { v: { cidr_block: '10.0.0.0/33' } } };
    writeFileSync(join(source, 'cdk.tf.json'), JSON.stringify({ resource }));
    return { module: 'broken', ...prepareStack(source, folder) };
  }

  beforeAll(() => {
    others = startOthers(folder);
    for (const [name, topology] of Object.entries({ reference, onlyAws }))
      synthesize(loadPlatform(topology), join(folder, name));
    makeAllStacks(join(folder, 'all')).synth();
    stacks = ['reference', 'onlyAws', 'all'].flatMap(prepared);
  });

  afterAll(async () => {
    await others.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('accepts every stack of the shipped topologies that is on AWS, and all that the adapter can emit, and sees a mistake', async () => {
    expect(stacks.map(({ module }) => module)).toEqual(
      expect.arrayContaining(['onlyAws-aws-network', 'reference-link-aws-gcp', `all-aws-protected`]),
    );
    const errors = await errorsOf(wholeOf([...stacks, brokenStack()]));
    expect(errors).toEqual([expect.stringMatching(/^module\.broken\.aws_vpc\.v: .*invalid CIDR/)]);
  }, 240_000);
});
