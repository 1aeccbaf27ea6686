import { App, Testing, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { planSite } from '../../../../constructs/addresses';
import type { BalancerSpec } from '../../../../constructs/contract/balancer';
import type { LinkEndSpec, LinkPath } from '../../../../constructs/contract/link';
import type { MachineSpec } from '../../../../constructs/contract/machines';
import type { BalancersSettings, MetalSettings, MetalSite } from '../../../../constructs/providers/metal/settings';
import { imageOf } from '../../../support/images';

const interfaces = { tier: 'enp65s0f0', public: 'enp65s0f1' };
const type = (vcpu: number, roles: string[]) => ({
  ...{ vcpu, memoryGiB: vcpu * 4, diskGiB: 400, egressMbps: 10_000, cpu: 'x86-64-v3' as const, roles, interfaces },
});

export const routerType = type(8, ['router']);

const switchPorts = (half: 'a' | 'b') => ({
  address: half === 'a' ? '192.0.2.11' : '192.0.2.12',
  model: 'qfx5120',
  access: {
    'xe-0/0/0': { tier: 'origin' as const, to: `origin machines of rack ${half}` },
    'xe-0/0/1': { tier: 'public' as const, to: 'upstream' },
  },
  trunks: {
    'et-0/0/48': { to: 'the other switch' },
    'xe-0/0/2': { to: `balancer ${half}`, tiers: ['balancer' as const, 'public' as const] },
  },
  circuits: { 'xe-0/0/40': { to: `carrier, rack ${half}` } },
});

export const balancers: BalancersSettings = {
  primary: 'a',
  boxes: {
    a: { address: '192.0.2.21', hostname: 'bigip-a.cage.example.net' },
    b: { address: '192.0.2.22', hostname: 'bigip-b.cage.example.net' },
  },
  interfaces: { balancer: '1.1' },
  dns: ['192.0.2.53'],
  ntp: ['ntp.example.net'],
};
export const publicBlock = { vlan: 300, cidr: '203.0.113.0/26', gateway: '203.0.113.1' };

export const settings: MetalSettings = {
  maas: {
    url: 'https://maas.example.net/MAAS',
    fabric: 'cage',
    zones: { a: 'rack-a', b: 'rack-b' },
    dns: ['192.0.2.53'],
  },
  machineTypes: {
    'origin-16': type(16, ['origin']),
    'origin-32': type(32, ['origin']),
    'router-8': type(8, ['router']),
  },
  machines: {
    'r1-u01': { rack: 'a', type: 'origin-16' },
    'r1-u02': { rack: 'a', type: 'origin-16' },
    'r2-u01': { rack: 'b', type: 'origin-16' },
    'r1-u10': { rack: 'a', type: 'router-8' },
    'r2-u10': { rack: 'b', type: 'router-8' },
  },
  public: publicBlock,
  switches: { a: switchPorts('a'), b: switchPorts('b') },
  balancers,
};

export function site(changes: Partial<MetalSettings> = {}, more: Partial<MetalSite> = {}): MetalSite {
  return {
    id: 'cage',
    label: 'The cage',
    provider: 'metal',
    profile: 'bigip',
    settings: { ...settings, ...changes },
    platform: 'reference',
    labels: { owner: 'live-team', cost: 'streaming' },
    plan: planSite({ id: 'cage', number: 1, supernet: '10.0.0.0/10', publicBlock: '203.0.113.0/26', vlanBase: 100 }),
    supernet: '10.0.0.0/10',
    asn: 64513,
    operators: ['198.51.100.0/24'],
    ...more,
  };
}

export function origin(name: string, half: 'a' | 'b', changes: Partial<MachineSpec> = {}): MachineSpec {
  return {
    name,
    role: 'origin',
    half,
    tier: 'origin',
    address: site().plan.machine('origin', half, 1),
    size: { vcpu: 8, memoryGiB: 32, diskGiB: 100, egressMbps: 5000 },
    image: imageOf('origin'),
    userData: '#cloud-config\nhostname: x\n',
    antiAffinity: 's1',
    stateful: false,
    public: false,
    router: false,
    ...changes,
  };
}

export function originBalancer(changes: Partial<BalancerSpec> = {}, memberB = '10.1.36.5'): BalancerSpec {
  const check = { protocol: 'http' as const, port: 8080, path: '/health', intervalSeconds: 2, fall: 3, rise: 2 };
  return {
    name: 'live-origins',
    site: site(),
    network: {},
    mode: 'active-standby',
    exposure: 'public',
    services: [
      {
        name: 's1',
        port: 1935,
        memberPort: 1935,
        healthCheck: check,
        members: [
          { name: 'live-origin-s1-b', half: 'b', address: memberB, handles: {} },
          { name: 'live-origin-s1-a', half: 'a', address: '10.1.32.5', handles: {} },
        ],
        addressSlot: 1,
      },
    ],
    drainSeconds: 0,
    idleSeconds: 600,
    failback: 'hold',
    ...changes,
  };
}

export const circuits = (port = 'xe-0/0/40'): LinkPath => ({
  kind: 'circuit',
  id: 'primary',
  preference: 200,
  mtu: 1500,
  bfd: true,
  circuits: [
    { id: 'east', half: 'a', vlan: 1001, local: '169.254.60.2/29', remote: '169.254.60.1/29', end: { port } },
    { id: 'west', half: 'b', vlan: 1002, local: '169.254.61.2/29', remote: '169.254.61.1/29', end: { port } },
  ],
});
export const segment = (port: string): LinkPath => ({
  ...{ kind: 'segment', id: 'primary', preference: 200, mtu: 1500, vlan: 3001, cidr: '10.0.0.16/28' },
  ...{ local: ['10.0.0.17', '10.0.0.18'], remote: ['10.0.0.19', '10.0.0.20'], end: { port, half: 'b' } },
});
export const linkSpec = (path: LinkPath, at: MetalSite = site()): LinkEndSpec => ({
  link: 'cage-gcp',
  site: at,
  network: {},
  peer: { site: 'gcp', asn: 16550, prefixes: ['10.3.0.0/16'] },
  paths: [path],
});

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
export interface Synthesised {
  readonly resource: Resources;
  readonly provider: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
  readonly variable?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What one stack is as Terraform reads it, without cdktf's own comments. */
export function synth(build: (stack: Construct) => void): Synthesised {
  const app = Testing.stubVersion(new App({ stackTraces: false, skipValidation: true }));
  const stack = new TerraformStack(app, 'stack');
  build(stack);
  const text = JSON.stringify(stack.toTerraform(), (key, value: unknown) => (key === '//' ? undefined : value));
  return JSON.parse(text) as Synthesised;
}
