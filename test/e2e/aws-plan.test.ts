import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeds, simulation } from '../../constructs/providers/aws/simulation';
import { type Sandbox, startSandbox } from '../../scripts/sandbox/server';
import { makeAllStacks, tokyo } from '../constructs/providers/aws/fixture';
import { run, type Result } from '../scripts/sandbox/workbench';
import { offlineAws } from '../support/aws-provider';
import { imageOf } from '../support/images';
import { terraformBinary } from '../support/programs';
import { describeWith, requirement } from '../support/requirements';

const facts = join(__dirname, '..', '..', 'constructs', 'providers', 'aws', 'schema', 'aws@5.100.0.json');

interface Change {
  readonly address: string;
  readonly change: { readonly actions: readonly string[]; readonly after: object; readonly after_unknown: object };
}

/** What a plan says of every resource: values, and which of them are not known yet. */
async function planned(folder: string, env: Record<string, string>): Promise<Record<string, Change['change']>> {
  const terraform = async (...args: string[]): Promise<Result> => {
    const result = await run(terraformBinary() ?? 'terraform', args, folder, env);
    if (result.code !== 0) throw new Error(result.output);
    return result;
  };
  await terraform('init', '-input=false', '-no-color');
  await terraform('plan', '-refresh=false', '-input=false', '-lock=false', '-no-color', '-out=plan');
  const { output } = await terraform('show', '-json', 'plan');
  const { resource_changes: changes } = JSON.parse(output) as { resource_changes: Change[] };
  return Object.fromEntries(
    changes.map(({ address, change: { actions, after, after_unknown } }) => [
      address,
      { actions, after, after_unknown },
    ]),
  );
}

/** Where images are looked up there is nobody to ask: one that is there stands in for all. */
const images = seeds(tokyo(), [imageOf('edge')]);
const imageId = /\$\{one\(data\.aws_ami_ids\.[\w-]+\.ids\)\}/g;

/** The stacks as modules of one configuration, so that the real provider starts once for all, with nobody to ask. */
function writeModules(synthesised: string, folder: string, override?: object): void {
  const names = readdirSync(synthesised);
  for (const name of names) {
    const text = readFileSync(join(synthesised, name, 'cdk.tf.json'), 'utf8').replaceAll(imageId, images[0]?.id ?? '');
    const content = JSON.parse(text) as { terraform: { backend?: object }; data?: { aws_ami_ids?: object } };
    delete content.terraform.backend;
    delete content.data?.aws_ami_ids;
    if (Object.keys(content.data ?? {}).length === 0) delete content.data;
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'cdk.tf.json'), JSON.stringify(content));
    if (override) writeFileSync(join(folder, name, 'offline_override.tf.json'), JSON.stringify(override));
  }
  const module = Object.fromEntries(names.map((name) => [name, { source: `./${name}` }]));
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ module }));
}

describeWith([requirement('terraform'), requirement('aws-provider')], 'a plan of all that the adapter can emit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-aws-'));
  const [real, simulated] = [join(folder, 'real'), join(folder, 'simulated')];
  let sandbox: Sandbox;

  beforeAll(() => {
    makeAllStacks(join(folder, 'out')).synth();
    writeModules(join(folder, 'out', 'stacks'), real, offlineAws);
    writeModules(join(folder, 'out', 'stacks'), simulated);
    sandbox = startSandbox({
      cloudFile: join(folder, 'cloud.jsonl'),
      simulations: [simulation],
      facts: [facts],
      seeds: images,
    });
  });

  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same from the sandbox and from the real provider, value by value', async () => {
    const plans = await Promise.all([planned(real, {}), planned(simulated, await sandbox.env())]);
    expect(Object.keys(plans[0]).length).toBeGreaterThan(150);
    expect(plans[1]).toEqual(plans[0]);
  }, 120_000);
});
