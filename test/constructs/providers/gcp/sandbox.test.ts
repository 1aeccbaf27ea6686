import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { gcp } from '../../../../constructs/providers/gcp';
import { listObjects, removeObject, setQuota, withhold } from '../../../../scripts/sandbox/control';
import { readFacts } from '../../../../scripts/sandbox/facts';
import type { Sandbox } from '../../../../scripts/sandbox/server';
import { Workbench } from '../../../scripts/sandbox/workbench';
import { describeWith, requirement } from '../../../support/requirements';
import { everything, global, networkOnly, type Changes } from './stacks';
import { siteOf, synthesise } from './support';

const facts = readFacts(join(__dirname, '../../../../constructs/providers/gcp/schema/google@6.50.0.json'));
const site = siteOf();
jest.setTimeout(120_000);

type Build = (stack: TerraformStack) => void;
const whole =
  (changes: Changes = {}): Build =>
  (stack) =>
    everything(stack, site, changes);
const bare: Build = (stack) => networkOnly(stack, site);

describeWith(requirement('terraform'), 'a site on Google Cloud in the sandbox', () => {
  let bench: Workbench;
  let sandbox: Sandbox;

  beforeEach(() => {
    bench = new Workbench();
    sandbox = bench.start({ simulations: gcp.simulations, facts: [facts] });
  });
  afterEach(() => bench.close());

  async function write(build: Build, stack = 'stack'): Promise<void> {
    const folder = join(bench.folder, stack);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(synthesise(build, site).stack));
    await bench.init(stack);
  }

  async function deploy(build: Build): Promise<string> {
    await write(build);
    return (await bench.apply()).output.replace(/\s+/g, ' ');
  }

  it('stands, needs no change, and goes', async () => {
    expect(await deploy(whole())).toContain('Apply complete');
    expect(await bench.plan()).toMatchObject({ code: 0 });
    expect((await bench.destroy()).output).toContain('Destroy complete');
    expect(listObjects(sandbox.cloud, {})).toEqual([]);
  });

  it('holds names and states, and needs no change', async () => {
    expect(await deploy(global)).toContain('Apply complete! Resources: 3 added');
    expect(await bench.plan()).toMatchObject({ code: 0 });
  });

  it('has as many edges as the least of the fleet, spread over three zones', async () => {
    await deploy(whole());
    const edges = listObjects(sandbox.cloud, { type: 'google_compute_instance', origins: ['cloud'] });
    expect(edges.map((edge) => edge.attributes['zone'])).toEqual([
      'asia-northeast1-a',
      'asia-northeast1-b',
      'asia-northeast1-c',
    ]);
  });

  it('makes machines anew for other user data, and leaves the groups that the balancer holds', async () => {
    await deploy(whole());
    const output = await deploy(whole({ machine: { userData: '#cloud-config\nhostname: other\n' } }));
    expect(output).toContain('Apply complete! Resources: 4 added, 2 changed, 4 destroyed');
    expect(await bench.plan()).toMatchObject({ code: 0 });
    expect(listObjects(sandbox.cloud, { type: 'google_compute_instance_group_membership' })).toHaveLength(2);
  });

  it('rolls the fleet to a new template before the old one goes', async () => {
    await deploy(whole());
    const output = await deploy(whole({ elastic: { userData: '#cloud-config\n' } }));
    expect(output).toContain('Apply complete! Resources: 1 added, 1 changed, 1 destroyed');
  });

  it('scales the bounds of the fleet without another template', async () => {
    await deploy(whole());
    expect(await deploy(whole({ elastic: { max: 90 } }))).toContain('Resources: 0 added, 1 changed, 0 destroyed');
  });

  it('finds a machine that somebody removed', async () => {
    await deploy(whole());
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

  it('refuses an address outside of its subnet', async () => {
    expect(await deploy(whole({ machine: { address: '10.9.0.1' } }))).toContain(
      "Invalid value for field 'resource.address': '10.9.0.1'",
    );
  });

  it('refuses a name that is taken', async () => {
    await deploy(bare);
    await write(bare, 'other');
    const output = (await bench.apply('other')).output.replace(/\s+/g, ' ');
    expect(output).toContain("The resource 'projects/live-example/global/networks/live-tokyo' already exists");
  });

  it('refuses an address that another machine has', async () => {
    await deploy(whole());
    const output = await deploy(whole({ machine: { address: '10.3.9.10' } }));
    expect(output).toContain("'10.3.9.10'. Specified IP address is already reserved");
  });

  it('says which quota is used up', async () => {
    setQuota(sandbox.cloud, 'STATIC_ADDRESSES', 1);
    expect(await deploy(whole())).toContain("Quota 'STATIC_ADDRESSES' exceeded. Limit: 1.0 in region asia-northeast1.");
  });

  it.each([
    ['credentials', bare, 'Attempted to load application default credentials'],
    ['billing', bare, 'requires billing to be enabled'],
    ['compute-api', bare, 'Compute Engine API has not been used in project live-example before'],
    ['iam-api', bare, 'Identity and Access Management (IAM) API has not been used'],
    ['resource-manager-api', bare, 'Cloud Resource Manager API has not been used'],
    ['compute-admin', bare, "Required 'compute.networks.create' permission"],
    ['account-admin', bare, "Required 'iam.serviceAccounts.create' permission"],
    ['project-iam-admin', bare, "Required 'resourcemanager.projects.setIamPolicy' permission"],
    ['account-user', whole(), 'grant you the iam.serviceAccountUser role'],
    ['cpus', whole(), "Quota 'CPUS' exceeded"],
    ['addresses', whole(), "Quota 'STATIC_ADDRESSES' exceeded"],
    ['instance-groups', whole(), "Quota 'INSTANCE_GROUPS' exceeded"],
    ['dns-api', global, 'Cloud DNS API has not been used'],
    ['dns-admin', global, "Required 'dns.changes.create' permission"],
    ['dns-zone', global, "resource named 'live' does not exist"],
    ['storage-api', global, 'Cloud Storage API has not been used'],
    ['storage-admin', global, "Required 'storage.buckets.create' permission"],
    ['vlan-attachment', whole(), "interconnectAttachments/cage-a' was not found"],
  ] as const)('without %s fails as the API does', async (id, build, words) => {
    withhold(sandbox.cloud, id);
    expect(await deploy(build)).toContain(words);
  });
});

test('every prerequisite that a deployment can notice can be withheld', () => {
  const known = new Set(gcp.simulations.flatMap(({ prerequisites = [] }) => prerequisites.map(({ id }) => id)));
  const named = gcp.profiles.standard.facts.prerequisites.map(({ id }) => id);
  // Log-in through the proxy, and a session that people set, show only in use.
  expect(named.filter((id) => !known.has(id))).toEqual(['iap-api', 'oslogin-api', 'partner-session']);
});
