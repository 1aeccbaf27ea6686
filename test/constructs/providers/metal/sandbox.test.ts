import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { metal } from '../../../../constructs/providers/metal';
import type { MetalSite } from '../../../../constructs/providers/metal/settings';
import { listObjects, withhold } from '../../../../scripts/sandbox/control';
import { readFacts } from '../../../../scripts/sandbox/facts';
import type { Sandbox } from '../../../../scripts/sandbox/server';
import { type Result, Workbench } from '../../../scripts/sandbox/workbench';
import { describeWith, requirement } from '../../../support/requirements';
import { balancers, circuits, linkSpec, origin, originBalancer, segment, site, synth } from './fixture';

jest.setTimeout(120_000);

const { bigip } = metal.profiles;
const schema = join(__dirname, '../../../../constructs/providers/metal/schema');
const facts = ['maas@2.4.0', 'junos@2.20.0', 'bigip@1.28.0'].map((name) => readFacts(join(schema, `${name}.json`)));

type Stacks = Readonly<Record<string, (scope: Construct, at: MetalSite) => void>>;

/** The stacks of a site in the order in which they are deployed. */
const stacks: Stacks = {
  network: (scope, at) => bigip.network(scope, at),
  'bigip-a': (scope, at) => bigip.devices(at)[0]?.build(scope, {}),
  'bigip-b': (scope, at) => bigip.devices(at)[1]?.build(scope, {}),
  'bigip-pair': (scope, at) => bigip.devices(at)[2]?.build(scope, {}),
  machines: (scope, at) => {
    const machines = [origin('live-origin-s1-a', 'a'), origin('live-origin-s1-b', 'b')];
    bigip.machines(scope, 'origins', { site: at, network: {}, machines });
  },
  balancer: (scope, at) => bigip.balancer(scope, 'origins', originBalancer({ site: at })),
  link: (scope, at) => {
    bigip.link(scope, 'gcp', linkSpec(circuits(), at));
    bigip.link(scope, 'idcf', { ...linkSpec(segment('xe-0/0/41'), at), link: 'cage-idcf' });
  },
};

describeWith(requirement('terraform'), 'a site on own hardware in the sandbox', () => {
  let bench: Workbench;
  let sandbox: Sandbox;

  beforeEach(() => {
    bench = new Workbench();
    sandbox = bench.start({ simulations: metal.simulations, facts, seeds: metal.seeds(site()) });
  });
  afterEach(() => bench.close());

  async function write(stack: string, configuration: object): Promise<void> {
    const folder = join(bench.folder, stack);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(configuration));
    writeFileSync(join(folder, 'terraform.tfvars'), 'cage_bigip_password = "p"\n');
    await bench.init(stack);
  }

  async function writeStack(stack: string, at: MetalSite): Promise<void> {
    const configuration = synth((scope) => {
      bigip.configure(scope, at);
      stacks[stack]?.(scope, at);
    });
    await write(stack, configuration);
  }

  async function apply(names: readonly string[], at: MetalSite = site()): Promise<Result> {
    let last: Result = { code: 0, output: '' };
    for (const stack of names) {
      await writeStack(stack, at);
      last = await bench.apply(stack);
      if (last.code !== 0) return last;
    }
    return last;
  }

  it('stands, needs no change whichever box is written to, and goes', async () => {
    const all = Object.keys(stacks);
    expect(await apply(all)).toMatchObject({ code: 0 });
    const other = site({ balancers: { ...balancers, primary: 'b' } });
    for (const stack of all)
      await writeStack(stack, stack.startsWith('bigip-p') || stack === 'balancer' ? other : site());
    for (const stack of all) expect([stack, (await bench.plan(stack)).code]).toEqual([stack, 0]);
    for (const stack of [...all].reverse()) expect([stack, (await bench.destroy(stack)).code]).toEqual([stack, 0]);
    expect(listObjects(sandbox.cloud, {})).toEqual([]);
  });

  it.each([
    ['maas-api-key', ['network'], '401 Unauthorized'],
    ['maas-fabric', ['network'], 'fabric (cage) was not found'],
    ['junos-netconf-user', ['network'], 'unable to authenticate'],
    ['commissioned-machines', ['network', 'machines'], '(resolved to "tags=origin-16 zone=rack-'],
    ['stock-series', ['network', 'machines'], "'ubuntu/noble' is not a valid distro_series"],
    ['bigip-first-password', ['bigip-a'], 'Authentication failed'],
    ['bigip-licence', ['bigip-a'], 'No module has been licensed'],
    ['bigip-do-package', ['bigip-a'], 'Public URI path not registered'],
  ])('without %s fails as the device or MAAS does', async (id, names, words) => {
    withhold(sandbox.cloud, id);
    const applied = await apply(names);
    expect(applied.code).toBe(1);
    expect(applied.output.replace(/\s+/g, ' ')).toContain(words);
  });

  const firewall = (type: string, block: object) => ({
    terraform: { required_providers: { junos: { source: 'jeremmfr/junos' } } },
    provider: { junos: [{ ip: '192.0.2.11' }] },
    resource: { [type]: { out: { name: 'out', ...block } } },
  });
  const nat = {
    from: { type: 'zone', value: ['trust'] },
    to: { type: 'zone', value: ['untrust'] },
    rule: [{ name: 'all', match: { source_address: ['10.0.0.0/8'] }, then: { type: 'interface' } }],
  };
  const ipsec = { bind_interface: 'st0.0', ike: { gateway: 'g', policy: 'p' } };

  it.each([
    ['junos_security_nat_source', nat, 'security nat source "out" not compatible with Junos device "qfx5120"'],
    ['junos_security_ipsec_vpn', ipsec, 'security ipsec vpn "out" not compatible with Junos device "qfx5120"'],
  ])('refuses %s on a switch as the provider does', async (type, block, words) => {
    await write('firewall', firewall(type, block));
    const applied = await bench.apply('firewall');
    expect(applied.code).toBe(1);
    expect(applied.output.replace(/\s+/g, ' ')).toContain(words);
  });

  it('takes address translation where the device is a firewall', async () => {
    await bench.stop();
    const { a } = site().settings.switches;
    const seeds = metal.seeds(site({ switches: { ...site().settings.switches, a: { ...a, model: 'srx1500' } } }));
    sandbox = bench.start({ simulations: metal.simulations, facts, seeds });
    await write('firewall', firewall('junos_security_nat_source', nat));
    expect((await bench.apply('firewall')).output).toContain('Apply complete');
  });

  it('withholds every prerequisite but those that only people or orders bring', () => {
    const known = new Set(metal.simulations.flatMap(({ prerequisites = [] }) => prerequisites.map(({ id }) => id)));
    const named = bigip.facts.prerequisites.map(({ id }) => id);
    expect(named.filter((id) => !known.has(id))).toEqual(['racks', 'junos-routing-licence', 'circuit-orders']);
  });
});
