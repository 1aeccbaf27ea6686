import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { metal } from '../../../../constructs/providers/metal';
import type { MetalSite } from '../../../../constructs/providers/metal/settings';
import { listObjects } from '../../../../scripts/sandbox/control';
import { readFacts } from '../../../../scripts/sandbox/facts';
import type { Sandbox } from '../../../../scripts/sandbox/server';
import { type Result, Workbench } from '../../../scripts/sandbox/workbench';
import { describeWith, requirement } from '../../../support/requirements';
import { balancers, circuits, linkSpec, origin, originBalancer, segment, site, synth } from './fixture';
import { imageOf } from '../../../support/images';

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
    sandbox = bench.start({ simulations: metal.simulations, facts, seeds: metal.seeds(site(), [imageOf('origin')]) });
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
});
