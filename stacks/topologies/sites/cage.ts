import type { SettingsOf } from '../../topology/topology';

type MachineType = SettingsOf<'metal'>['machineTypes'][string];

/** The cage: two racks, each with its own power and switch, which are the halves. */

const originType: MachineType = {
  vcpu: 32,
  memoryGiB: 128,
  diskGiB: 480,
  egressMbps: 20000,
  cpu: 'x86-64-v4',
  roles: ['origin'],
  interfaces: { tier: 'enp65s0f0' },
  disk: { name: 'nvme0n1', idPath: '/dev/disk/by-path/pci-0000:01:00.0-nvme-1', sizeGigabytes: 480 },
};

const gatewayType: MachineType = {
  vcpu: 8,
  memoryGiB: 32,
  diskGiB: 240,
  egressMbps: 10000,
  cpu: 'x86-64-v3',
  roles: ['gateway'],
  interfaces: { tier: 'eno1', public: 'eno2' },
};

const edgeType: MachineType = { ...originType, roles: ['edge'] };
const balancerType: MachineType = { ...gatewayType, roles: ['balancer'] };

/** Machines of one rack: an origin for each shard, a router, and a gateway for each link with a VPN. */
function rackMachines(rack: 'a' | 'b', origins: number, gateways: number) {
  const named = (role: string, count: number, type: string) =>
    Array.from({ length: count }, (_, index) => [`${role}-${rack}${index + 1}`, { rack, type }] as const);
  return Object.fromEntries([...named('origin', origins, 'origin-32c'), ...named('gw', gateways, 'gateway-8c')]);
}

function rackSwitch(half: 'a' | 'b', address: string, circuits: Readonly<Record<string, { to: string; mtu: number }>>) {
  const other = half === 'a' ? 'b' : 'a';
  const origins = Array.from({ length: 6 }, (_, index) => [
    `xe-0/0/${index}`,
    { tier: 'origin' as const, to: `origin-${half}${index + 1}` },
  ]);
  const gateways = Array.from({ length: 4 }, (_, index) => [
    [`xe-0/0/${20 + 2 * index}`, { tier: 'transit' as const, to: `gw-${half}${index + 1} eno1` }],
    [`xe-0/0/${21 + 2 * index}`, { tier: 'public' as const, to: `gw-${half}${index + 1} eno2` }],
  ]).flat();
  return {
    address,
    model: 'qfx5120',
    access: Object.fromEntries([...origins, ...gateways]),
    trunks: {
      'xe-0/0/40': { to: `bigip-${half}`, tiers: ['balancer' as const, 'public' as const] },
      'et-0/0/48': { to: `switch-${other}` },
    },
    circuits,
  };
}

export const cageSettings: SettingsOf<'metal'> = {
  maas: {
    url: 'https://maas.cage.example.net/MAAS',
    fabric: 'cage',
    zones: { a: 'rack-a', b: 'rack-b' },
    dns: ['192.0.2.53', '192.0.2.54'],
  },
  machineTypes: { 'origin-32c': originType, 'gateway-8c': gatewayType },
  machines: { ...rackMachines('a', 6, 4), ...rackMachines('b', 6, 4) },
  public: { vlan: 90, cidr: '203.0.113.0/24', gateway: '203.0.113.1' },
  switches: {
    a: rackSwitch('a', '192.0.2.11', {
      'xe-0/0/44': { to: 'interconnect to Google Cloud, line 1', mtu: 1500 },
      'xe-0/0/45': { to: 'Direct Connect, line 1', mtu: 8500 },
    }),
    b: rackSwitch('b', '192.0.2.12', {
      'xe-0/0/44': { to: 'interconnect to Google Cloud, line 2', mtu: 1500 },
      'xe-0/0/45': { to: 'Direct Connect, line 2', mtu: 8500 },
    }),
  },
  balancers: {
    primary: 'a',
    boxes: {
      a: { address: '192.0.2.21', hostname: 'bigip-a.cage.example.net' },
      b: { address: '192.0.2.22', hostname: 'bigip-b.cage.example.net' },
    },
    interfaces: { balancer: '1.1', public: '1.1' },
    dns: ['192.0.2.53'],
    ntp: ['ntp.cage.example.net'],
  },
};

/** The same cage without the hardware balancers: HAProxy pairs and edges stand in the racks too. */
const { balancers: _, ...withoutBalancers } = cageSettings;
export const plainCageSettings: SettingsOf<'metal'> = {
  ...withoutBalancers,
  machineTypes: { ...cageSettings.machineTypes, 'edge-32c': edgeType, 'balancer-8c': balancerType },
  machines: {
    ...cageSettings.machines,
    ...Object.fromEntries(
      (['a', 'b'] as const).flatMap((rack) => [
        ...[1, 2].map((number) => [`edge-${rack}${number}`, { rack, type: 'edge-32c' }] as const),
        ...[1, 2].map((number) => [`lb-${rack}${number}`, { rack, type: 'balancer-8c' }] as const),
      ]),
    ),
  },
};
