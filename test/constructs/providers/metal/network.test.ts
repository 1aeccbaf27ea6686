import { metal } from '../../../../constructs/providers/metal';
import { routerType, site, synth } from './fixture';

const { bigip } = metal.profiles;
const { resource, provider } = synth((stack) => {
  bigip.configure(stack, site());
  bigip.network(stack, site());
});

describe('the network of a site on own hardware', () => {
  it('talks to both switches and to MAAS, each by an alias of the site', () => {
    expect(provider['junos']).toEqual([
      { alias: 'cage-a', ip: '192.0.2.11' },
      { alias: 'cage-b', ip: '192.0.2.12' },
    ]);
    expect(provider['maas']).toEqual([{ alias: 'cage', api_url: 'https://maas.example.net/MAAS', api_version: '2.0' }]);
  });

  it('gives each tier a VLAN on both switches and one gateway that both hold', () => {
    const gateways = resource['junos_interface_logical'];
    expect(resource['junos_vlan']?.['vlan-a-origin']).toMatchObject({ vlan_id: '102', provider: 'junos.cage-a' });
    expect(gateways?.['irb-a-origin']?.['family_inet']).toEqual({
      address: [
        {
          cidr_ip: '10.1.47.253/20',
          vrrp_group: [{ identifier: 254, virtual_address: ['10.1.32.1'], priority: 200, accept_data: true }],
        },
      ],
    });
    expect(JSON.stringify(gateways?.['irb-b-origin'])).toContain('"priority":100');
  });

  it('puts ports into the VLANs that the settings name', () => {
    const ports = resource['junos_interface_physical'];
    expect(ports?.['port-a-xe-0-0-0']).toMatchObject({ name: 'xe-0/0/0', vlan_members: ['reference-cage-origin'] });
    expect(ports?.['port-a-xe-0-0-2']).toMatchObject({
      trunk: true,
      vlan_members: ['reference-cage-balancer', 'reference-cage-public'],
    });
    expect(ports?.['port-a-et-0-0-48']).toMatchObject({ trunk: true, vlan_members: ['all'] });
    expect(ports?.['port-b-xe-0-0-40']).toMatchObject({ vlan_tagging: true });
  });

  it('sends the internet to the router pair and speaks BGP with both routers and the other switch', () => {
    expect(resource['junos_static_route']?.['internet-a']).toMatchObject({
      destination: '0.0.0.0/0',
      next_hop: ['10.1.12.1'],
    });
    const neighbors = resource['junos_bgp_neighbor'];
    expect(neighbors?.['mesh-a-switch']).toMatchObject({ ip: '10.1.12.3' });
    expect(neighbors?.['mesh-a-router-a']).toMatchObject({ ip: site().plan.machine('transit', 'a', 1) });
    expect(neighbors?.['mesh-b-router-b']).toMatchObject({ ip: site().plan.machine('transit', 'b', 1) });
  });

  it('lets MAAS give away no address of the shared quarter', () => {
    expect(resource['maas_subnet_ip_range']?.['range-origin']).toMatchObject({
      type: 'reserved',
      start_ip: '10.1.44.0',
      end_ip: '10.1.47.254',
    });
  });

  it('tells MAAS no gateway in the transit tier, where the routers themselves are', () => {
    expect(resource['maas_subnet']?.['subnet-transit']).not.toHaveProperty('gateway_ip');
    expect(resource['maas_subnet']?.['subnet-origin']).toMatchObject({ gateway_ip: '10.1.32.1', cidr: '10.1.32.0/20' });
  });

  it('tags the machines of each type', () => {
    expect(resource['maas_tag']?.['type-origin-16']).toMatchObject({
      name: 'origin-16',
      machines: ['r1-u01', 'r1-u02', 'r2-u01'],
    });
  });

  it('lays out the disks that the topology describes, while the machines are not deployed yet', () => {
    const base = site().settings.machineTypes;
    const disk = {
      ...{ name: 'nvme0n1', idPath: '/dev/disk/by-path/pci-0000:01:00.0-nvme-1', sizeGigabytes: 480 },
      partitions: [{ sizeGigabytes: 470, fileSystem: 'ext4' as const, mountPoint: '/', bootable: true }],
    };
    const withDisk = site({ machineTypes: { ...base, 'router-8': { ...routerType, disk } } });
    const made = synth((stack) => {
      bigip.configure(stack, withDisk);
      bigip.network(stack, withDisk);
    }).resource['maas_block_device'];
    expect(Object.keys(made ?? {})).toEqual(['disk-r1-u10', 'disk-r2-u10']);
    expect(made?.['disk-r1-u10']).toMatchObject({ machine: 'r1-u10', is_boot_device: true });
  });

  it('returns the handles that it promises', () => {
    synth((stack) => {
      bigip.configure(stack, site());
      expect(Object.keys(bigip.network(stack, site())).sort()).toEqual([...bigip.networkHandles(site())].sort());
    });
  });
});
