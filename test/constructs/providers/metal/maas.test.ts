import { metal } from '../../../../constructs/providers/metal';
import type { MetalSettings } from '../../../../constructs/providers/metal/settings';
import { withhold } from '../../../../scripts/sandbox/control';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';
import { settings, site } from './fixture';
import { imageOf } from '../../../support/images';

/** Words of the API: canonical/maas 3.7; of the provider: canonical/terraform-provider-maas v2.4.0. */
describe('the simulated MAAS', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;

  function start(changes: Partial<MetalSettings> = {}): void {
    clouds = new SimulatedClouds(
      metal.simulations,
      factsOfAdapter('metal'),
      metal.seeds(site(changes), [imageOf('origin')]),
    );
    api = clouds.api('canonical/maas', { api_url: settings.maas.url });
  }
  beforeEach(() => start());
  afterEach(() => clouds.close());

  const tag = (name: string, machines: readonly string[]): Promise<Made> => api.create('maas_tag', { name, machines });
  const machine = (allocate_params: Fields, more: Fields = {}): Promise<Made> =>
    api.create('maas_instance', {
      allocate_params: [allocate_params],
      deploy_params: [{ distro_series: 'custom/watari-origin-amd64-0123456789ab' }],
      ...more,
    });
  const origins = (): Promise<Made> => tag('origin-16', ['r1-u01', 'r1-u02', 'r2-u01']);
  const inRack = (zone: string): Fields => ({ zone, tags: ['origin-16'] });

  it('gives a machine of the zone that is asked for', async () => {
    await origins();
    const { attributes } = await machine(inRack('rack-b'));
    expect(attributes).toMatchObject({ hostname: 'r2-u01', zone: 'rack-b', pool: 'default', cpu_count: 16 });
  });

  it('has none left in one rack while the other has', async () => {
    await origins();
    await machine(inRack('rack-b'));
    await expect(machine(inRack('rack-b'))).rejects.toThrow(
      `ServerError: 409 Conflict (No available machine matches constraints: [('tags', ['origin-16']), ('zone', ['rack-b'])] (resolved to "tags=origin-16 zone=rack-b"))`,
    );
    expect((await machine(inRack('rack-a'))).attributes).toMatchObject({ hostname: 'r1-u01' });
  });

  it('gives a machine back with the id that it had', async () => {
    await origins();
    const first = await machine(inRack('rack-b'));
    await api.destroy(first);
    expect((await machine(inRack('rack-b'))).id).toBe(first.id);
  });

  it('gives machines of the pool only', async () => {
    clouds.close();
    start({ maas: { ...settings.maas, pool: 'live' } });
    await origins();
    expect((await machine({ ...inRack('rack-a'), pool: 'live' })).attributes).toMatchObject({ pool: 'live' });
    await expect(machine({ ...inRack('rack-a'), pool: 'default' })).rejects.toThrow('(resolved to "pool=default tags=');
  });

  it('gives the machine of a system id to one only', async () => {
    await origins();
    const { id } = await machine(inRack('rack-b'));
    await expect(machine({ system_id: id })).rejects.toThrow(
      `409 Conflict (No machine with system ID ${id} available.)`,
    );
  });

  it('gives the pinned machine to one only', async () => {
    await machine({ hostname: 'r1-u10' });
    await expect(machine({ hostname: 'r1-u10' })).rejects.toThrow(
      `No available machine matches constraints: [('name', ['r1-u10'])] (resolved to "name=r1-u10")`,
    );
    await expect(machine({ hostname: 'r9-u99' })).rejects.toThrow('(resolved to "name=r9-u99")');
  });

  it('gives the least machine that is large enough', async () => {
    expect((await machine({})).attributes).toMatchObject({ cpu_count: 8 });
    await expect(machine({ min_cpu_count: 64, min_memory: 1024 })).rejects.toThrow(
      `[('cpu_count', ['64']), ('mem', ['1024'])] (resolved to "cpu_count=64.0 mem=1024.0")`,
    );
  });

  it('says when there is no machine at all', async () => {
    for (const hostname of Object.keys(settings.machines)) await machine({ hostname });
    await expect(machine({})).rejects.toThrow('409 Conflict (No machine available.)');
  });

  it('knows zones, pools, tags and machines by their names', async () => {
    await origins();
    await expect(machine(inRack('rack-c'))).rejects.toThrow('400 Bad Request ({"zone": ["No such zone(s): rack-c."]})');
    await expect(machine({ pool: 'vod' })).rejects.toThrow('400 Bad Request ({"pool": ["No such pool(s): vod."]})');
    await expect(machine({ tags: ['edge-16'] })).rejects.toThrow(`({"tags": ["No such tag(s): 'edge-16'."]})`);
    await expect(tag('edge-16', ['r9-u99'])).rejects.toThrow('machine (r9-u99) not found');
  });

  const cidr = '10.1.32.0/20';
  const nic = (ip_address: string): Fields => ({
    network_interfaces: [{ name: 'eno1', subnet_cidr: cidr, ip_address }],
  });
  const subnet = async (): Promise<Made> => {
    const { id } = await api.create('maas_vlan', { fabric: '1', vid: 102 });
    return api.create('maas_subnet', { cidr, name: 'origin', fabric: '1', vlan: id });
  };

  it('gives no address twice, and none of another subnet', async () => {
    await subnet();
    await machine({ hostname: 'r1-u01' }, nic('10.1.32.5'));
    await expect(machine({ hostname: 'r1-u02' }, nic('10.1.32.5'))).rejects.toThrow(
      'ServerError: 404 Not Found (IP address is already in use.)',
    );
    await expect(machine({ hostname: 'r1-u02' }, nic('10.9.0.5'))).rejects.toThrow(
      `({"ip_address": ["IP address is not in the given subnet 'origin:${cidr}(vid=102)'."]})`,
    );
  });

  it('keeps what a machine uses', async () => {
    const own = await subnet();
    const partition = { size_gigabytes: 400, fs_type: 'ext4', mount_point: '/' };
    const disk = { machine: 'r1-u01', name: 'sda', id_path: '/dev/x', size_gigabytes: 480, partitions: [partition] };
    const made = await api.create('maas_block_device', { ...disk, is_boot_device: true });
    const used = await machine({ hostname: 'r1-u01' }, nic('10.1.32.5'));
    await expect(api.destroy(own)).rejects.toThrow('Cannot delete a subnet that has IP addresses in use by nodes.');
    await expect(api.destroy(made)).rejects.toThrow('Cannot delete block device because the machine is not Ready.');
    await expect(api.update(made, { ...disk, is_boot_device: true, partitions: [] })).rejects.toThrow(
      '409 Conflict (Cannot set as boot disk because the machine is not Ready.)',
    );
    await api.destroy(used);
    await api.destroy(made);
    await api.destroy(own);
  });

  it('has each network, VLAN and range once', async () => {
    const { id } = await subnet();
    await expect(subnet()).rejects.toThrow('A VLAN with the specified VID already exists in the destination fabric.');
    const again = { cidr, name: 'again', fabric: '1', vlan: '1' };
    await expect(api.create('maas_subnet', again)).rejects.toThrow('vlan (1) was not found');
    const reserve = (start_ip: string, end_ip: string): Promise<Made> =>
      api.create('maas_subnet_ip_range', { subnet: id, type: 'reserved', start_ip, end_ip });
    await reserve('10.1.32.1', '10.1.32.20');
    await expect(reserve('10.1.32.20', '10.1.32.30')).rejects.toThrow(
      '{"start_ip": ["Requested reserved range conflicts with an existing range."], "end_ip": [',
    );
    await reserve('10.1.32.21', '10.1.32.30');
  });

  it('has no machine that nobody commissioned', async () => {
    withhold(clouds.cloud, 'commissioned-machines');
    await expect(machine({ hostname: 'r1-u01' })).rejects.toThrow('409 Conflict (No available machine matches');
  });
});
