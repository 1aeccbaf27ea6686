import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import type { Site } from '../../../../constructs/contract/site';
import { cloudstack } from '../../../../constructs/providers/cloudstack';
import { listObjects, withhold } from '../../../../scripts/sandbox/control';
import { readFacts } from '../../../../scripts/sandbox/facts';
import type { Sandbox } from '../../../../scripts/sandbox/server';
import { Workbench } from '../../../scripts/sandbox/workbench';
import { describeWith, requirement } from '../../../support/requirements';
import { dev, idcf } from './sites';
import { everythingAtIdcf, everythingAtPrivate } from './stacks';
import { synth } from './synth';

const schema = join(__dirname, '../../../../constructs/providers/cloudstack/schema');
const versions = { idcf: '0.5.0', dev: '0.6.0' };

describeWith(requirement('terraform'), 'a cloudstack site in the sandbox', () => {
  let bench: Workbench;
  let sandbox: Sandbox;

  beforeEach(() => (bench = new Workbench()));
  afterEach(() => bench.close());

  function start(site: Site): void {
    const version = versions[site.id as keyof typeof versions];
    const facts = [readFacts(join(schema, `cloudstack@${version}.json`))];
    sandbox = bench.start({ simulations: cloudstack.simulations, facts });
  }

  async function write(site: Site, build: (stack: TerraformStack) => void): Promise<void> {
    const folder = join(bench.folder, 'stack');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(synth(site, build)));
    const keys = [`${site.id}_cloudstack_api_key = "k"`, `${site.id}_cloudstack_secret_key = "s"`];
    writeFileSync(join(folder, 'terraform.tfvars'), `${keys.join('\n')}\n`);
    await bench.init();
  }

  it.each([
    { site: idcf, everything: (stack: TerraformStack) => everythingAtIdcf(stack, idcf) },
    { site: dev, everything: (stack: TerraformStack) => everythingAtPrivate(stack, dev) },
  ])('of profile $site.profile stands, needs no change, and goes', async ({ site, everything }) => {
    start(site);
    await write(site, everything);
    expect((await bench.apply()).output).toContain('Apply complete');
    expect(await bench.plan()).toMatchObject({ code: 0 });
    expect((await bench.destroy()).output).toContain('Destroy complete');
    expect(listObjects(sandbox.cloud, {})).toEqual([]);
  });

  it('takes new labels without touching an address', async () => {
    start(idcf);
    await write(idcf, (stack) => everythingAtIdcf(stack, idcf));
    await bench.apply();
    const relabelled = { ...idcf, labels: { ...idcf.labels, cost: 'other' } };
    await write(relabelled, (stack) => everythingAtIdcf(stack, relabelled));
    expect((await bench.apply()).output).toContain('0 added, 3 changed, 0 destroyed');
  });

  it('makes a fleet anew when its bounds change, and the group starts its machines', async () => {
    start(dev);
    await write(dev, (stack) => everythingAtPrivate(stack, dev));
    await bench.apply();
    await write(dev, (stack) => everythingAtPrivate(stack, dev, { min: 3 }));
    expect(await bench.apply()).toMatchObject({ code: 0 });
    const machines = listObjects(sandbox.cloud, { type: 'cloudstack_instance' });
    const scaled = machines.filter(({ attributes }) => String(attributes.name).startsWith('autoScaleVm-'));
    expect(scaled).toHaveLength(3);
  });

  it.each([
    ['api-keys', idcf, 'unable to verify user credentials'],
    ['stock-template', idcf, 'Invalid parameter template'],
    ['adopted-network', idcf, 'Invalid parameter networkid'],
    ['compute-offerings', idcf, 'Invalid parameter serviceoffering'],
    ['machine-quota', idcf, "Type = 'user_vm'"],
    ['address-quota', idcf, "Type = 'public_ip'"],
    ['virtual-bridge', idcf, 'Error creating the new NIC'],
    ['root-admin', dev, "The given command 'createServiceOffering' either does not exist"],
    ['vpc-offering', dev, 'Invalid parameter vpcoffering'],
    ['vm-autoscaling', dev, 'Vm AutoScaling is not supported by this network'],
    ['egress-counter', dev, 'Invalid parameter counterid'],
    ['host-tags', dev, 'Unable to create a deployment'],
  ])('without %s fails as the API does', async (id, site, words) => {
    start(site);
    withhold(sandbox.cloud, id);
    await write(site, (stack) => (site === idcf ? everythingAtIdcf(stack, site) : everythingAtPrivate(stack, site)));
    const applied = await bench.apply();
    expect(applied.code).toBe(1);
    expect(applied.output.replace(/\s+/g, ' ')).toContain(words);
  });

  it('can withhold every prerequisite that the facts name', () => {
    const known = new Set(
      cloudstack.simulations.flatMap(({ prerequisites = [] }) => prerequisites.map(({ id }) => id)),
    );
    const named = Object.values(cloudstack.profiles).flatMap(({ facts }) => facts.prerequisites.map(({ id }) => id));
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });
});
