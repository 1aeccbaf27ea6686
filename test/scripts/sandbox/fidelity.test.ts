import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { awsMirror } from '../../../scripts/facts/aws-mirror';
import { installProgram } from '../../../scripts/facts/installation';
import { knownProviders, readUsed } from '../../../scripts/facts/used';
import { readFacts } from '../../../scripts/sandbox/facts';
import type { RealProvider } from '../../../scripts/sandbox/real/providers';
import { simulation } from '../../../constructs/providers/aws/simulation';
import { describeWith, requirement } from '../../support/requirements';
import { terraformBinary } from '../../support/programs';
import { agreement, type PlannedChange } from './plan-agreement';
import { run, Workbench } from './workbench';

const root = join(__dirname, '..', '..', '..');
const facts = join(__dirname, '../../../constructs/providers/aws/schema/aws@5.100.0.json');

/** Share of planned attributes, nested ones too, that are the same: the rest are blocks and defaults that no fact tells. */
const LEAST_AGREEMENT = 0.97;

describeWith([requirement('terraform'), requirement('aws-provider')], 'a plan in the sandbox', () => {
  const bench = new Workbench();
  afterEach(() => bench.stop());
  afterAll(() => bench.close());

  const planned = async (stack: string, env: Record<string, string>): Promise<readonly PlannedChange[]> => {
    const folder = join(bench.folder, stack);
    mkdirSync(folder);
    copyFileSync(join(__dirname, 'everyday-aws.tf'), join(folder, 'main.tf'));
    for (const args of [['init'], ['plan', '-refresh=false', '-out=plan']]) {
      const { code, output } = await run(terraformBinary() ?? '', [...args, '-input=false', '-no-color'], folder, env);
      if (code !== 0) throw new Error(output);
    }
    const { output } = await run(terraformBinary() ?? '', ['show', '-json', 'plan'], folder, env);
    return (JSON.parse(output) as { resource_changes: PlannedChange[] }).resource_changes;
  };

  it('is the plan of the real AWS provider, but for a few attributes', async () => {
    const sandbox = bench.start({ simulations: [simulation], facts: [facts] });
    const [real, own] = [await planned('real', {}), await planned('own', await sandbox.env('own'))];
    const { same, all, differences } = agreement(real, own);
    process.stderr.write(`${same} of ${all} planned attributes agree (${((100 * same) / all).toFixed(1)} %)\n`);
    if (same / all < LEAST_AGREEMENT) throw new Error(differences.join('\n'));
  }, 120_000);

  it('is exactly that plan where the provider itself plans', async () => {
    const sandbox = bench.start({ simulations: [simulation], facts: [facts], realProviders: [await realAws()] });
    const env = await sandbox.env('hybrid');
    const { same, all, differences } = agreement(await planned('asked', {}), await planned('hybrid', env));
    expect([differences, same]).toEqual([[], all]);
  }, 120_000);

  /** The program of the facts' version, from the mirror or the registry. */
  async function realAws(): Promise<RealProvider> {
    const mirror = awsMirror(root, process.env);
    const used = readUsed(root).find(({ name }) => name === 'aws')!;
    const folder = join(bench.folder, 'program');
    const pluginDirs = mirror ? [mirror] : [];
    const binary = await installProgram(used, {
      terraform: terraformBinary() ?? '',
      folder,
      pluginDirs,
      env: process.env,
    });
    const { provider, version, provider_config: block = {} } = readFacts(facts);
    const { configuration = {}, fromStack = [] } = knownProviders['aws']!;
    return { provider, version, binary, block, configuration, fromStack };
  }
});
