import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { terraformBinary } from '../../../support/programs';
import { describeWith, requirement } from '../../../support/requirements';
import { Nursery, objectsIn, statesIn, type Plot } from './nursery';

const seconds = 60_000;

/** A network, which others read; its provider's configuration names a resource. */
const NETWORK = {
  provider: { cloud: [{ region: 'north', labels: { made: 'by ${terraform_data.maker.output}' } }] },
  resource: {
    terraform_data: { maker: { input: 'hand' } },
    cloud_network: { net: { name: 'net', cidr: '10.1.0.0/24', tags: { b: '${1 + 1}', a: true } } },
  },
  output: { handles: { value: { id: '${cloud_network.net.id}', link: '${cloud_network.net.link}' } } },
};

const remote = { backend: 'gcs', config: { bucket: 'states', prefix: 'network' } };
const port = (number: number | string, protocol: string | null = null) => ({ number, protocol });

/** Everything that a machine may say, and what the machine is made of. */
const MACHINES = {
  provider: { cloud: [{ region: 'north' }, { alias: 'south', region: 'south', labels: { site: 'south' } }] },
  variable: { password: { type: 'string', sensitive: true } },
  locals: {
    network: '${data.terraform_remote_state.net.outputs.handles["id"]}',
    first: '${cloud_machine.one.address}',
  },
  data: {
    terraform_remote_state: { net: remote },
    cloud_zone: {
      zone: {
        name: 'north',
        lifecycle: { postcondition: [{ condition: '${length(self.id) == 2}', error_message: 'no such zone' }] },
      },
    },
  },
  resource: {
    terraform_data: {
      boot: {
        triggers_replace: { text: '${sha256(cloud_machine.one.id)}', secret: '${var.password}' },
        lifecycle: { create_before_destroy: true },
      },
    },
    cloud_group: { group: { name: 'g', capacity: '2', probe: { path: '/health' }, depends_on: ['cloud_machine.two'] } },
    cloud_network: {
      south: { name: 'net', cidr: '10.2.0.0/24', description: 'for ${var.password}', provider: 'cloud.south' },
    },
    cloud_machine: {
      one: {
        name: 'one',
        network_id: '${local.network}',
        cpus: '2',
        disk: [{ size: '10' }, { size: 0.6, kind: 'fast' }, { size: '2.5' }],
        port: [port(8080), port('443', 'udp'), port(8080), port(80, 'udp')],
        tags: { zone: '${data.cloud_zone.zone.location}', secret: '${var.password}' },
        lifecycle: { ignore_changes: ['tags'], prevent_destroy: true },
      },
      two: { name: 'two', network_id: '${local.network}', cpus: 1, image: '${local.first}' },
      three: {
        name: 'three',
        network_id: '${cloud_network.south.id}',
        provider: 'cloud.south',
        lifecycle: { replace_triggered_by: ['terraform_data.boot'] },
      },
    },
  },
  output: {
    addresses: { value: ['${cloud_machine.one.address}', '${cloud_machine.two.address}'] },
    serials: { value: '${cloud_machine.one.disk[*].serial}' },
    members: { value: '${cloud_group.group.members}' },
    tags: { value: '${cloud_machine.two.tags_all}' },
    secret: { value: '${cloud_network.south.description}', sensitive: true },
  },
};

/** How OpenTofu keeps in states what is sensitive is not known: such stacks are left to it. */
const isTofu = basename(terraformBinary() ?? '').includes('tofu');

describeWith(requirement('terraform'), 'a stack that is planted', () => {
  let nursery: Nursery;
  beforeEach(() => (nursery = new Nursery()));
  afterEach(() => nursery.close());

  const both = (): readonly [Plot, Plot] => [nursery.plot('planted'), nursery.plot('applied')];

  const platform = () => [nursery.write('network', NETWORK), nursery.write('machines', MACHINES)];

  it(
    'leaves the states and the cloud that Terraform leaves',
    async () => {
      const stacks = platform();
      const [planted, applied] = both();
      const { planted: names } = await nursery.plant(planted, stacks);
      expect(names).toEqual(isTofu ? ['network'] : ['network', 'machines']);
      await nursery.apply(applied, stacks);
      expect(statesIn(planted.home)).toEqual(statesIn(applied.home));
      expect(objectsIn(planted.sandbox)).toEqual(objectsIn(applied.sandbox));
    },
    seconds,
  );

  it(
    'has nothing to change at the next plan',
    async () => {
      const stacks = platform();
      const plot = nursery.plot('planned');
      await nursery.plant(plot, stacks);
      for (const { folder } of stacks) expect(await nursery.plan(plot, folder)).toMatchObject({ code: 0 });
    },
    seconds,
  );

  it(
    'is applied by Terraform when something in it is not understood, and says why',
    async () => {
      const value = '${[for id in [cloud_network.net.id] : upper(id)]}';
      const stack = nursery.write('loops', { ...NETWORK, output: { ids: { value } } });
      const [planted, applied] = both();
      const why = expect.stringContaining('a for expression') as string;
      expect(await nursery.plant(planted, [stack])).toEqual({
        planted: [],
        applied: [{ stack: 'loops', why }],
        failed: [],
      });
      await nursery.apply(applied, [stack]);
      expect(statesIn(planted.home)).toEqual(statesIn(applied.home));
    },
    seconds,
  );

  it(
    'keeps the ids of what was made before something showed that Terraform has to go on',
    async () => {
      const resource = {
        cloud_network: { net: { name: 'net', cidr: '10.1.0.0/24' } },
        cloud_group: { group: { name: '${upper("é${cloud_network.net.name}")}', capacity: 1 } },
      };
      const stack = nursery.write('late', { resource });
      const [planted, applied] = both();
      expect((await nursery.plant(planted, [stack])).applied).toMatchObject([{ stack: 'late' }]);
      await nursery.apply(applied, [stack]);
      expect(statesIn(planted.home)).toEqual(statesIn(applied.home));
      expect(objectsIn(planted.sandbox)).toEqual(objectsIn(applied.sandbox));
    },
    seconds,
  );

  it(
    'makes two objects of two equal resources',
    async () => {
      const network = { name: 'net', cidr: '10.1.0.0/24' };
      const group = { name: 'g', capacity: 0 };
      const resource = { cloud_network: { net: network }, cloud_group: { a: group, b: group } };
      const plot = nursery.plot('twins');
      expect((await nursery.plant(plot, [nursery.write('twins', { resource })])).planted).toEqual(['twins']);
      expect(
        objectsIn(plot.sandbox).filter((object) => 'type' in object && object.type === 'cloud_group'),
      ).toHaveLength(2);
    },
    seconds,
  );

  it(
    'is reported with what Terraform says when it cannot be applied, and the others go on',
    async () => {
      const orphan = { name: 'm', network_id: 'networks/here/nowhere' };
      const broken = nursery.write('broken', { resource: { cloud_machine: { m: orphan } } });
      const plot = nursery.plot('broken');
      const { planted, failed } = await nursery.plant(plot, [broken, nursery.write('network', NETWORK)]);
      expect(planted).toEqual(['network']);
      expect(failed).toMatchObject([{ stack: 'broken', error: expect.stringContaining('was not found') as string }]);
    },
    seconds,
  );

  it(
    'is left to Terraform when a condition of its data does not hold',
    async () => {
      const postcondition = [{ condition: '${self.location == "elsewhere"}', error_message: 'The zone is not there.' }];
      const data = { cloud_zone: { zone: { name: 'north', lifecycle: { postcondition } } } };
      const { failed } = await nursery.plant(nursery.plot('condition'), [nursery.write('condition', { data })]);
      expect(failed).toMatchObject([{ error: expect.stringContaining('The zone is not there.') as string }]);
    },
    seconds,
  );

  it(
    'is brought up to date by Terraform when it stands already',
    async () => {
      const stack = nursery.write('network', NETWORK);
      const plot = nursery.plot('twice');
      await nursery.plant(plot, [stack]);
      expect((await nursery.plant(plot, [stack])).applied).toEqual([
        { stack: 'network', why: 'it has a state already' },
      ]);
    },
    seconds,
  );

  it.each([
    [
      'count',
      { resource: { cloud_network: { net: { name: 'n${count.index}', cidr: '10.0.0.0/24', count: 2 } } } },
      'count',
    ],
    [
      'a provisioner',
      { resource: { terraform_data: { a: { provisioner: [{ 'local-exec': { command: 'true' } }] } } } },
      'provisioner',
    ],
    [
      'a check',
      { locals: { a: 1 }, check: { c: { assert: [{ condition: '${local.a == 1}', error_message: 'No.' }] } } },
      'the block check',
    ],
    [
      'a validated variable',
      { variable: { v: { default: 'a', validation: [{ condition: '${var.v == "a"}', error_message: 'No.' }] } } },
      'validation',
    ],
    [
      'a variable of a structure',
      { variable: { v: { type: 'list(string)', default: [] } } },
      'the type of the variable v',
    ],
  ])('is left to Terraform with %s', async (name, configuration, reason) => {
    const { applied } = await nursery.plant(nursery.plot('left'), [
      nursery.write(name.replaceAll(' ', '-'), configuration),
    ]);
    expect(applied).toMatchObject([{ why: expect.stringContaining(reason) as string }]);
  });

  it('is left to Terraform when it names a provider that it does not have', async () => {
    const net = { name: 'net', cidr: '10.1.0.0/24', provider: 'cloud.west' };
    const stack = nursery.write('west', { resource: { cloud_network: { net } } });
    const { failed } = await nursery.plant(nursery.plot('west'), [stack]);
    expect(failed).toMatchObject([{ why: 'the provider cloud.west, which is not there' }]);
  });

  it('is left to Terraform with files beside it', async () => {
    const stack = nursery.write('beside', NETWORK);
    writeFileSync(join(stack.folder, 'more.tf'), 'locals {\n  more = 1\n}\n');
    const { applied } = await nursery.plant(nursery.plot('beside'), [stack]);
    expect(applied).toEqual([{ stack: 'beside', why: 'the file more.tf' }]);
  });
});
