import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import type { Site } from '../../../../constructs/contract/site';
import { cloudstack } from '../../../../constructs/providers/cloudstack';
import { listObjects } from '../../../../scripts/sandbox/control';
import { readFacts } from '../../../../scripts/sandbox/facts';
import type { Sandbox } from '../../../../scripts/sandbox/server';
import { Workbench } from '../../../scripts/sandbox/workbench';
import { describeWith, requirement } from '../../../support/requirements';
import { dev, idcf } from './sites';
import { everythingAtIdcf, everythingAtPrivate } from './stacks';
import { synth } from './synth';
import { imageOf } from '../../../support/images';

const schema = join(__dirname, '../../../../constructs/providers/cloudstack/schema');
const versions = { idcf: '0.5.0', dev: '0.6.0' };

describeWith(requirement('terraform'), 'a cloudstack site in the sandbox', () => {
  let bench: Workbench;
  let sandbox: Sandbox;
  const images = [imageOf('edge'), imageOf('gateway'), imageOf('origin')];

  beforeEach(() => (bench = new Workbench()));
  afterEach(() => bench.close());

  function start(site: Site): void {
    const version = versions[site.id as keyof typeof versions];
    const facts = [readFacts(join(schema, `cloudstack@${version}.json`))];
    sandbox = bench.start({ simulations: cloudstack.simulations, facts, seeds: cloudstack.seeds(site, images) });
  }

  async function write(site: Site, build: (stack: TerraformStack) => void): Promise<void> {
    const folder = join(bench.folder, 'stack');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(synth(site, build)));
    const keys = [`${site.id}_cloudstack_api_key = "k"`, `${site.id}_cloudstack_secret_key = "s"`];
    writeFileSync(join(folder, 'terraform.tfvars'), `${keys.join('\n')}\n`);
    await bench.init();
  }

  async function expectToStand(): Promise<void> {
    expect((await bench.apply()).output).toContain('Apply complete');
    expect(await bench.plan()).toMatchObject({ code: 0 });
  }

  async function expectToGo(): Promise<void> {
    expect((await bench.destroy()).output).toContain('Destroy complete');
    expect(listObjects(sandbox.cloud, {})).toEqual([]);
  }

  it('of profile idcf stands, needs no change, takes new labels without touching an address, and goes', async () => {
    start(idcf);
    await write(idcf, (stack) => everythingAtIdcf(stack, idcf));
    await expectToStand();
    const relabelled = { ...idcf, labels: { ...idcf.labels, cost: 'other' } };
    await write(relabelled, (stack) => everythingAtIdcf(stack, relabelled));
    expect((await bench.apply()).output).toContain('0 added, 3 changed, 0 destroyed');
    await expectToGo();
  });

  it('of profile private stands, needs no change, makes a fleet anew when its bounds change, and goes', async () => {
    start(dev);
    await write(dev, (stack) => everythingAtPrivate(stack, dev));
    await expectToStand();
    await write(dev, (stack) => everythingAtPrivate(stack, dev, { min: 3 }));
    expect(await bench.apply()).toMatchObject({ code: 0 });
    const machines = listObjects(sandbox.cloud, { type: 'cloudstack_instance' });
    const scaled = machines.filter(({ attributes }) => String(attributes.name).startsWith('autoScaleVm-'));
    expect(scaled).toHaveLength(3);
    await expectToGo();
  });
});
