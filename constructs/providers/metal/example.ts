import type { SiteExample } from '../../contract/adapter';
import { type Half, halves } from '../../contract/site';
import type {
  BalancersSettings,
  MachineTypeSettings,
  MetalCircuitEnd,
  MetalSettings,
  SwitchSettings,
} from './settings';

/** Two racks for the conformance suite, with two machines of each role in either. */
const roles = ['balancer', 'edge', 'gateway', 'origin'] as const;
/** Roles whose machines have a port in the public block too. */
const publicRoles: readonly string[] = ['balancer', 'gateway'];
const perRack = 2;

const machineType = (role: string): MachineTypeSettings => ({
  vcpu: 16,
  memoryGiB: 64,
  diskGiB: 400,
  egressMbps: 10_000,
  cpu: 'x86-64-v3',
  roles: [role],
  interfaces: { tier: 'eno1', ...(publicRoles.includes(role) ? { public: 'eno2' } : {}) },
});

function machinesOf(rack: Half) {
  return roles.flatMap((role) =>
    Array.from({ length: perRack }, (_, at) => [`${role}-${rack}${at + 1}`, { rack, type: `${role}-16` }] as const),
  );
}

const portOf = (role: (typeof roles)[number]) => ({ role, tier: role === 'gateway' ? ('transit' as const) : role });

function rackSwitch(half: Half, address: string): SwitchSettings {
  const ports = [
    ...roles.map((role) => portOf(role)),
    ...publicRoles.map((role) => ({ role, tier: 'public' as const })),
  ];
  const access = ports.flatMap(({ role, tier }, at) =>
    Array.from({ length: perRack }, (_, number) => {
      const to = `${role}-${half}${number + 1}`;
      return [`xe-0/0/${at * perRack + number}`, { tier, to }] as const;
    }),
  );
  return {
    address,
    model: 'qfx5120',
    access: Object.fromEntries(access),
    trunks: {
      'xe-0/0/40': { to: `bigip-${half}`, tiers: ['balancer', 'public'] },
      'et-0/0/48': { to: 'the switch of the other rack' },
    },
    circuits: { 'xe-0/0/44': { to: 'an ordered line', mtu: 1500 } },
  };
}

const software: MetalSettings = {
  maas: { url: 'https://maas.example.net/MAAS', fabric: 'cage', zones: { a: 'rack-a', b: 'rack-b' } },
  machineTypes: Object.fromEntries(roles.map((role) => [`${role}-16`, machineType(role)])),
  machines: Object.fromEntries(halves.flatMap(machinesOf)),
  public: { vlan: 90, cidr: '203.0.113.0/24', gateway: '203.0.113.1' },
  switches: { a: rackSwitch('a', '192.0.2.11'), b: rackSwitch('b', '192.0.2.12') },
};

const balancers: BalancersSettings = {
  primary: 'a',
  boxes: {
    a: { address: '192.0.2.21', hostname: 'bigip-a.example.net' },
    b: { address: '192.0.2.22', hostname: 'bigip-b.example.net' },
  },
  interfaces: { balancer: '1.1', public: '1.1' },
  dns: ['192.0.2.53'],
  ntp: ['ntp.example.net'],
};

const line: MetalCircuitEnd = { port: 'xe-0/0/44' };
const segment: MetalCircuitEnd = { port: 'xe-0/0/46' };
const common = { publicBlock: '203.0.113.0/24', circuits: { a: line, b: line }, segment };

export const examples = {
  bigip: { ...common, settings: { ...software, balancers } satisfies MetalSettings },
  software: { ...common, settings: software },
} satisfies Record<string, SiteExample>;
