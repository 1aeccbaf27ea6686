import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { gcp } from '../../../../constructs/providers/gcp';
import { listObjects, removeObject } from '../../../../scripts/sandbox/control';
import { readFacts } from '../../../../scripts/sandbox/facts';
import type { Sandbox } from '../../../../scripts/sandbox/server';
import { Workbench } from '../../../scripts/sandbox/workbench';
import { describeWith, requirement } from '../../../support/requirements';
import { everything, global, networkOnly, type Changes } from './stacks';
import { siteOf, synthesise } from './support';
import { imageOf } from '../../../support/images';

const facts = readFacts(join(__dirname, '../../../../constructs/providers/gcp/schema/google@6.50.0.json'));
const site = siteOf();
jest.setTimeout(120_000);

type Build = (stack: TerraformStack) => void;
const whole =
  (changes: Changes = {}): Build =>
  (stack) =>
    everything(stack, site, changes);

describeWith(requirement('terraform'), 'a site on Google Cloud in the sandbox', () => {
  /** The whole site, deployed once: each test goes on from there with a cloud of its own. */
  const deployed = new Workbench();
  let bench: Workbench;
  let sandbox: Sandbox;
  let output: string;
  const images = [imageOf('edge'), imageOf('origin')];

  const start = (on: Workbench): Sandbox =>
    on.start({ simulations: gcp.simulations, facts: [facts], seeds: gcp.seeds(site, images) });

  beforeAll(async () => {
    start(deployed);
    output = await deploy(whole(), deployed);
    await deployed.stop();
  });
  afterAll(() => deployed.close());

  beforeEach(() => {
    bench = new Workbench();
    bench.continueFrom(deployed);
    sandbox = start(bench);
  });
  afterEach(() => bench.close());

  async function deploy(build: Build, on = bench, stack = 'stack'): Promise<string> {
    const folder = join(on.folder, stack);
    const isNew = !existsSync(folder);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(synthesise(build, site).stack));
    if (isNew) await on.init(stack);
    return (await on.apply(stack)).output.replace(/\s+/g, ' ');
  }

  it('stands, needs no change, and goes', async () => {
    expect(output).toContain('Apply complete');
    expect(await bench.plan()).toMatchObject({ code: 0 });
    expect((await bench.destroy()).output).toContain('Destroy complete');
    expect(listObjects(sandbox.cloud, {})).toEqual([]);
  });

  it('holds names and states, and needs no change', async () => {
    expect(await deploy(global, bench, 'global')).toContain('Apply complete! Resources: 3 added');
    expect(await bench.plan('global')).toMatchObject({ code: 0 });
  });

  it('has as many edges as the least of the fleet, spread over three zones', () => {
    const edges = listObjects(sandbox.cloud, { type: 'google_compute_instance', origins: ['cloud'] });
    expect(edges.map((edge) => edge.attributes['zone'])).toEqual([
      'asia-northeast1-a',
      'asia-northeast1-b',
      'asia-northeast1-c',
    ]);
  });

  it('makes machines anew for other user data, and leaves the groups that the balancer holds', async () => {
    const changed = await deploy(whole({ machine: { userData: '#cloud-config\nhostname: other\n' } }));
    expect(changed).toContain('Apply complete! Resources: 4 added, 2 changed, 4 destroyed');
    expect(await bench.plan()).toMatchObject({ code: 0 });
    expect(listObjects(sandbox.cloud, { type: 'google_compute_instance_group_membership' })).toHaveLength(2);
  });

  it('rolls the fleet to a new template before the old one goes', async () => {
    const changed = await deploy(whole({ elastic: { userData: '#cloud-config\n' } }));
    expect(changed).toContain('Apply complete! Resources: 1 added, 1 changed, 1 destroyed');
  });

  it('scales the bounds of the fleet without another template', async () => {
    expect(await deploy(whole({ elastic: { max: 90 } }))).toContain('Resources: 0 added, 1 changed, 0 destroyed');
  });

  it('finds a machine that somebody removed', async () => {
    removeObject(
      sandbox.cloud,
      'google_compute_instance',
      'projects/live-example/zones/asia-northeast1-a/instances/live-tokyo-live-origin-s1-a',
    );
    expect(await bench.plan()).toMatchObject({ code: 2 });
    expect((await bench.apply()).output).toContain('Apply complete');
  });

  it('does not lose a machine with data, whatever is asked', async () => {
    await deploy(whole({ machine: { stateful: true } }));
    expect((await bench.destroy()).output).toContain('instance Deletion Protection is enabled');
  });

  it('says of two sites with one name what the API says', async () => {
    const output = await deploy((stack) => networkOnly(stack, site), bench, 'other');
    expect(output).toContain("The resource 'projects/live-example/global/networks/live-tokyo' already exists");
  });
});
