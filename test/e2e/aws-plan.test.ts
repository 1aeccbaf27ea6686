import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { simulation } from '../../constructs/providers/aws/simulation';
import { type Sandbox, startSandbox } from '../../scripts/sandbox/server';
import { makeWholeSite } from '../constructs/providers/aws/fixture';
import { run, type Result } from '../scripts/sandbox/workbench';
import { offlineAws } from '../support/aws-provider';
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

describeWith([requirement('terraform'), requirement('aws-provider')], 'a plan of a whole site on AWS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-aws-'));
  let sandbox: Sandbox;

  beforeAll(() => {
    const app = new App({ outdir: join(folder, 'out') });
    makeWholeSite(app, 'aws');
    app.synth();
    const content = JSON.parse(readFileSync(join(folder, 'out', 'stacks', 'aws', 'cdk.tf.json'), 'utf8')) as {
      terraform: { backend?: object };
    };
    delete content.terraform.backend;
    for (const name of ['real', 'simulated']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'main.tf.json'), JSON.stringify(content));
    }
    writeFileSync(join(folder, 'real', 'offline_override.tf.json'), JSON.stringify(offlineAws));
    sandbox = startSandbox({ cloudFile: join(folder, 'cloud.jsonl'), simulations: [simulation], facts: [facts] });
  });

  afterAll(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same from the sandbox and from the real provider, value by value', async () => {
    const [real, simulated] = await Promise.all([
      planned(join(folder, 'real'), {}),
      planned(join(folder, 'simulated'), await sandbox.env('aws')),
    ]);
    expect(Object.keys(real).length).toBeGreaterThan(150);
    expect(simulated).toEqual(real);
  }, 120_000);
});
