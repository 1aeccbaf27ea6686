import { metal } from '../../../../constructs/providers/metal';
import { describeProblem } from '../../../../constructs/contract/problem';
import type { MachineSpec } from '../../../../constructs/contract/machines';
import type { MetalSite } from '../../../../constructs/providers/metal/settings';
import { origin, routerType, site, synth } from './fixture';

const { bigip } = metal.profiles;
const build = (machines: readonly MachineSpec[], at: MetalSite = site()) =>
  synth((stack) => {
    bigip.configure(stack, at);
    bigip.machines(stack, 'origins', { site: at, network: {}, machines });
  }).resource['maas_instance'] ?? {};

describe('machines from MAAS', () => {
  it('come from the rack of their half, by the tag of the smallest type', () => {
    expect(build([origin('live-origin-s1-a', 'a')])['origins-live-origin-s1-a']).toMatchObject({
      allocate_params: { zone: 'rack-a', tags: ['origin-16'] },
      deploy_params: { distro_series: 'custom/watari-origin-amd64-0123456789ab' },
      network_interfaces: [{ name: 'enp65s0f0', subnet_cidr: '10.1.32.0/20', ip_address: '10.1.32.5' }],
    });
  });

  it('come by hostname where the topology pins them', () => {
    const pinned = site({ pinned: { 'live-origin-s1-a': 'r1-u02' } });
    expect(build([origin('live-origin-s1-a', 'a')], pinned)['origins-live-origin-s1-a']?.['allocate_params']).toEqual({
      hostname: 'r1-u02',
    });
  });

  it('leave a pinned machine to the one that it is pinned for', () => {
    const pinned = site({ pinned: { 'live-origin-s1-a': 'r1-u02' } });
    const tags = synth((stack) => {
      bigip.configure(stack, pinned);
      bigip.network(stack, pinned);
    }).resource['maas_tag'];
    expect(tags?.['type-origin-16']).toMatchObject({ machines: ['r1-u01', 'r2-u01'] });
  });

  it('are refused on a pinned machine of the other rack', () => {
    const pinned = site({ pinned: { 'live-origin-s1-a': 'r2-u01' } });
    expect(() => build([origin('live-origin-s1-a', 'a')], pinned)).toThrow(
      'live-origin-s1-a belongs to half a and r2-u01 stands in rack b (found "r2-u01"). Pin a machine of rack a.',
    );
  });

  it('are refused on a pinned machine that is too small', () => {
    const pinned = site({ pinned: { 'live-origin-s1-a': 'r1-u10' } });
    const large = origin('live-origin-s1-a', 'a', { size: { vcpu: 16, memoryGiB: 1, diskGiB: 1, egressMbps: 1 } });
    expect(() => build([large], pinned)).toThrow(/r1-u10 is too small for live-origin-s1-a/);
  });

  it('have the processor of the machine that they are pinned to', () => {
    const { machineTypes } = site().settings;
    const old = { ...machineTypes, 'router-8': { ...routerType, cpu: 'x86-64-v2' as const } };
    const pinned = site({ pinned: { 'live-origin-s1-a': 'r1-u10' }, machineTypes: old });
    const size = { vcpu: 8, memoryGiB: 32, diskGiB: 100, egressMbps: 5000 };
    const typeOf = (name: string) => bigip.machineType(pinned, size, 'origin', name);
    expect(typeOf('live-origin-s1-a')).toEqual({ name: 'router-8', cpu: 'x86-64-v2' });
    expect(typeOf('live-origin-s2-a')).toEqual({ name: 'origin-16', cpu: 'x86-64-v3' });
  });

  it('have their public address on the interface that is plugged into the public VLAN', () => {
    const machine = origin('live-origin-s1-a', 'a', { public: true, publicAddressSlot: 5 });
    expect(build([machine])['origins-live-origin-s1-a']?.['network_interfaces']).toContainEqual({
      name: 'enp65s0f1',
      subnet_cidr: '203.0.113.0/26',
      ip_address: '203.0.113.6',
    });
  });

  it('carry nothing that changes with labels, since every argument replaces them', () => {
    const relabelled = site({}, { labels: { owner: 'somebody-else', cost: 'other' }, label: 'Another name' });
    expect(build([origin('live-origin-s1-a', 'a')], relabelled)).toEqual(build([origin('live-origin-s1-a', 'a')]));
  });

  it('boot an image by its content id', () => {
    expect(build([origin('live-origin-s1-a', 'a')])['origins-live-origin-s1-a']?.['deploy_params']).toMatchObject({
      distro_series: 'custom/watari-origin-amd64-0123456789ab',
    });
  });

  it('are refused when the rack has too few of them', () => {
    const two = [origin('live-origin-s1-b', 'b'), origin('live-origin-s2-b', 'b')];
    expect(bigip.checkMachines(site(), two).map(describeProblem)).toEqual([
      'settings.machines: rack b has too few machines of type origin-16 (found 2). Bound: 1 in the rack. Add machines to the rack, or ask for fewer.',
    ]);
    const pinned = site({ pinned: { 'live-origin-s2-b': 'r1-u02' } });
    expect(bigip.checkMachines(pinned, two)).toEqual([]);
  });

  it('are refused when no type gives their size, with the sizes that there are', () => {
    const huge = origin('live-origin-s1-a', 'a', { size: { vcpu: 64, memoryGiB: 1, diskGiB: 1, egressMbps: 1 } });
    expect(() => build([huge])).toThrow(/no machine type gives live-origin-s1-a its size.*origin-32 32 vCPU/);
  });

  it('are refused with a public address and no interface for it', () => {
    const machine = origin('live-origin-s1-a', 'a', { public: true, publicAddressSlot: 5 });
    expect(() => build([machine], site({ public: undefined }))).toThrow(/has a public address and no interface/);
  });

  it('tell the smallest type for a role, and none where nothing fits', () => {
    const size = { vcpu: 17, memoryGiB: 1, diskGiB: 1, egressMbps: 1 };
    expect(bigip.machineType(site(), size, 'origin')?.name).toBe('origin-32');
    expect(bigip.machineType(site(), size, 'router')).toBeUndefined();
  });
});
