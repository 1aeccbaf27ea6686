import {
  changeObject,
  injectFault,
  listObjects,
  removeObject,
  setQuota,
  withhold,
  grant,
} from '../../../scripts/sandbox/control';
import type { Sandbox } from '../../../scripts/sandbox/server';
import { describeWith, requirement } from '../../support/requirements';
import { Workbench } from './workbench';

const net = { cidr: '10.1.0.0/24', name: 'net' };
const network_id = '${cloud_network.net.id}';
const withNetwork = (machines: Record<string, object>) => ({ cloud_network: { net }, cloud_machine: machines });

describeWith(requirement('terraform'), 'the sandbox', () => {
  let bench: Workbench;
  let sandbox: Sandbox;

  beforeEach(async () => {
    bench = new Workbench();
    sandbox = bench.start();
    bench.write(
      withNetwork({
        m: { name: 'm', network_id, cpus: 2, tags: { a: 'b' }, disk: [{ size: 5 }], port: [{ number: 80 }] },
      }),
    );
    await bench.init();
  });

  afterEach(() => bench.close());

  describe('create, change and destroy', () => {
    it('creates what is configured and finds nothing to change afterwards', async () => {
      const applied = await bench.apply();
      expect(applied.output).toContain('2 added, 0 changed, 0 destroyed');
      expect(await bench.plan()).toMatchObject({ code: 0 });
      const [machine] = listObjects(sandbox.cloud, { type: 'cloud_machine' });
      expect(machine?.id).toMatch(/^m-[0-9a-f]{10}$/);
      expect(machine?.attributes).toMatchObject({
        size: 'small',
        version: 1,
        tags_all: { a: 'b' },
        disk: [{ size: 5, kind: 'plain', serial: expect.stringMatching(/^disk-/) }],
        port: [{ number: 80, protocol: 'tcp', rule: expect.stringMatching(/^rule-/) }],
        address: expect.stringMatching(/^10\.1\.0\./),
      });
    });

    it('changes in place what can be changed', async () => {
      await bench.apply();
      const [before] = listObjects(sandbox.cloud, { type: 'cloud_machine' });
      bench.write(
        withNetwork({
          m: {
            name: 'm',
            network_id,
            cpus: 4,
            tags: { a: 'c' },
            disk: [{ size: 6 }],
            port: [{ number: 80 }, { number: 443 }],
          },
        }),
      );
      expect((await bench.apply()).output).toContain('0 added, 1 changed, 0 destroyed');
      const [after] = listObjects(sandbox.cloud, { type: 'cloud_machine' });
      expect(after?.id).toBe(before?.id);
      expect(after?.attributes).toMatchObject({
        cpus: 4,
        version: 2,
        tags_all: { a: 'c' },
        address: before?.attributes['address'],
      });
      expect(after?.attributes['disk']).toMatchObject([
        { size: 6, serial: (before?.attributes['disk'] as { serial: string }[])[0]?.serial },
      ]);
      expect(await bench.plan()).toMatchObject({ code: 0 });
    });

    it('replaces an object when an argument of a nested block cannot be changed', async () => {
      await bench.apply();
      const [before] = listObjects(sandbox.cloud, { type: 'cloud_machine' });
      bench.write(
        withNetwork({
          m: {
            name: 'm',
            network_id,
            cpus: 2,
            tags: { a: 'b' },
            disk: [{ size: 5, kind: 'fast' }],
            port: [{ number: 80 }],
          },
        }),
      );
      const planned = await bench.plan();
      expect(planned.output).toContain('kind = "plain" -> "fast" # forces replacement');
      expect((await bench.apply()).output).toContain('1 added, 0 changed, 1 destroyed');
      expect(listObjects(sandbox.cloud, { type: 'cloud_machine' })[0]?.id).not.toBe(before?.id);
    });

    it('gives the same ids to a platform that is deployed again', async () => {
      await bench.apply();
      const first = listObjects(sandbox.cloud).map(({ id }) => id);
      expect((await bench.destroy()).output).toContain('2 destroyed');
      expect(listObjects(sandbox.cloud)).toEqual([]);
      await bench.apply();
      expect(listObjects(sandbox.cloud).map(({ id }) => id)).toEqual(first);
    });

    it('imports what exists', async () => {
      await bench.apply();
      const [machine] = listObjects(sandbox.cloud, { type: 'cloud_machine' });
      await bench.terraform(['state', 'rm', 'cloud_machine.m']);
      const imported = await bench.terraform(['import', '-no-color', 'cloud_machine.m', machine?.id ?? '']);
      expect(imported.output).toContain('Import successful');
      expect(await bench.plan()).toMatchObject({ code: 0 });
      const unknown = await bench.terraform(['import', '-no-color', 'cloud_network.other', 'networks/here/other']);
      expect(unknown.code).toBe(1);
    });

    it('lists what the cloud makes by itself and removes it with its group', async () => {
      bench.write({ cloud_group: { g: { name: 'g', capacity: 2, probe: { path: '/' } } } });
      await bench.apply();
      const members = listObjects(sandbox.cloud, { type: 'member' }).map(({ id }) => id);
      expect(members).toHaveLength(2);
      expect(listObjects(sandbox.cloud, { type: 'cloud_group' })[0]?.attributes).toMatchObject({
        members,
        probe: { port: 80 },
      });
      expect(await bench.plan()).toMatchObject({ code: 0 });
      bench.write({ cloud_group: { g: { name: 'g', capacity: 3, probe: { path: '/' } } } });
      expect((await bench.apply()).output).toContain('0 added, 1 changed');
      expect(listObjects(sandbox.cloud, { type: 'member' })).toHaveLength(3);
      await bench.destroy();
      expect(listObjects(sandbox.cloud)).toEqual([]);
    });
  });

  describe('errors of a cloud', () => {
    const fails = async (machines: Record<string, object>): Promise<string> => {
      bench.write(withNetwork(machines));
      const { code, output } = await bench.apply();
      expect(code).toBe(1);
      return output;
    };

    it('refuses values that the provider refuses, and names the argument', async () => {
      bench.write(withNetwork({ m: { name: 'm', network_id, size: 'huge', cpus: 65, image: 'a', image_family: 'b' } }));
      const { output } = await bench.terraform(['validate', '-no-color']);
      expect(output).toContain('expected size to be one of ["small" "large"], got huge');
      expect(output).toContain('expected cpus to be in the range (1 - 64), got 65');
      expect(output).toContain('"image": conflicts with image_family');
      expect(output).toContain('with cloud_machine.m');
    });

    it('says when a name is taken', async () => {
      expect(await fails({ m: { name: 'm', network_id }, n: { name: 'm', network_id } })).toContain(
        'Error 409: m already exists',
      );
    });

    it('says when a referenced object is not there', async () => {
      expect(await fails({ m: { name: 'm', network_id: 'networks/here/gone' } })).toContain(
        'Error 404: networks/here/gone was not found',
      );
    });

    it('says when an object is still in use', async () => {
      bench.write(
        withNetwork({ m: { name: 'm', network_id: 'networks/here/net', depends_on: ['cloud_network.net'] } }),
      );
      await bench.apply();
      bench.write({ cloud_machine: { m: { name: 'm', network_id: 'networks/here/net' } } });
      expect((await bench.apply()).output).toMatch(/Error 400: networks\/here\/net is already being used by m-/);
    });

    it('says when an address is outside of its subnet, reserved or taken', async () => {
      expect(await fails({ m: { name: 'm', network_id, address: '10.2.0.9' } })).toContain(
        'address "10.2.0.9" is outside of 10.1.0.0/24',
      );
      expect(await fails({ m: { name: 'm', network_id, address: '10.1.0.1' } })).toContain('reserved there');
      const twice = {
        m: { name: 'm', network_id, address: '10.1.0.9' },
        n: { name: 'n', network_id, address: '10.1.0.9' },
      };
      expect(await fails(twice)).toContain('Error 409: 10.1.0.9 already exists');
    });

    it('says when a quota is exhausted, and a quota can be set', async () => {
      expect(await fails({ m: { name: 'm', network_id, cpus: 9 } })).toContain(
        'Quota "CPUS" exceeded. Limit: 8, would be: 9',
      );
      setQuota(sandbox.cloud, 'CPUS', 16, ['here']);
      expect((await bench.apply()).code).toBe(0);
    });

    it('fails as the API does while a prerequisite is withheld', async () => {
      withhold(sandbox.cloud, 'machine-api');
      expect(await fails({ m: { name: 'm', network_id } })).toContain('Error 403: the machine API is off in here');
      grant(sandbox.cloud, 'machine-api');
      expect((await bench.apply()).code).toBe(0);
    });

    it('keeps what is protected from deletion', async () => {
      bench.write({ cloud_group: { g: { name: 'g', capacity: 1, protected: true } } });
      await bench.apply();
      expect((await bench.destroy()).output).toContain('g is protected');
    });

    it('fails now and then when told to, and the next apply carries on', async () => {
      injectFault(sandbox.cloud, {
        id: 'once',
        kind: 'fail',
        types: ['cloud_machine'],
        times: 1,
        message: 'Error 503: try again',
      });
      const first = await bench.apply();
      expect(first.output).toContain('Error 503: try again');
      expect((await bench.apply()).output).toContain('1 added');
    });
  });

  describe('drift and data', () => {
    it('finds an object that was removed or changed behind its back', async () => {
      await bench.apply();
      const [machine] = listObjects(sandbox.cloud, { type: 'cloud_machine' });
      changeObject(sandbox.cloud, 'cloud_machine', machine?.id ?? '', { size: 'large' });
      expect((await bench.plan()).output).toContain('size = "large" -> "small"');
      removeObject(sandbox.cloud, 'cloud_machine', machine?.id ?? '');
      expect((await bench.plan()).output).toContain('1 to add, 0 to change, 0 to destroy');
      expect((await bench.apply()).code).toBe(0);
    });

    it('answers data sources from the cloud', async () => {
      const data = {
        cloud_zone: { z: { name: 'north' } },
        cloud_network: { n: { name: 'net', cidr: '10.1.0.0/24', depends_on: ['cloud_network.net'] } },
      };
      const output = {
        where: { value: '${data.cloud_zone.z.location}' },
        link: { value: '${data.cloud_network.n.link}' },
      };
      bench.write({ cloud_network: { net } }, { data, output });
      expect((await bench.apply()).output).toContain(
        'link = "https://cloud.example/networks/here/net"\nwhere = "Kitami"',
      );
      bench.write({ cloud_network: { net } }, { data: { cloud_zone: { z: { name: 'south' } } } });
      expect((await bench.plan()).output).toContain('no matching cloud_zone found');
    });

    it('tells the aliases of a provider apart', async () => {
      const provider = { cloud: [{ region: 'east' }, { alias: 'west', region: 'west', labels: { a: 'w' } }] };
      const machine = { name: 'm', network_id: '${cloud_network.w.id}', provider: 'cloud.west' };
      bench.write(
        { cloud_network: { e: net, w: { ...net, provider: 'cloud.west' } }, cloud_machine: { m: machine } },
        { provider },
      );
      expect((await bench.apply()).output).toContain('3 added');
      expect(listObjects(sandbox.cloud, { type: 'cloud_network' }).map(({ id }) => id)).toEqual([
        'networks/east/net',
        'networks/west/net',
      ]);
      expect(listObjects(sandbox.cloud, { type: 'cloud_machine' })[0]?.attributes['tags_all']).toEqual({ a: 'w' });
    });
  });
});
