import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { planSite } from '../../../../constructs/addresses';
import type { BalancerSpec } from '../../../../constructs/contract/balancer';
import type { ElasticSpec } from '../../../../constructs/contract/elastic';
import type { LinkEndSpec, Tunnel } from '../../../../constructs/contract/link';
import type { MachineSize, MachineSpec } from '../../../../constructs/contract/machines';
import type { Half, Handles, Site } from '../../../../constructs/contract/site';
import { aws } from '../../../../constructs/providers/aws';
import type { AwsSettings } from '../../../../constructs/providers/aws/settings';
import { addressAt } from '../../../../constructs/util/cidr';
import { imageOf } from '../../../support/images';

export const adapter = aws.profiles.standard;

const size: MachineSize = { vcpu: 4, memoryGiB: 8, diskGiB: 30, egressMbps: 2000 };
const healthCheck = { protocol: 'http', port: 8080, path: '/health', intervalSeconds: 2, fall: 3, rise: 2 } as const;

/** A site in Tokyo, as the composition root would give it. */
export function tokyo(change: Partial<Site<AwsSettings>> = {}): Site<AwsSettings> {
  const supernet = '10.64.0.0/10';
  return {
    id: 'aws',
    label: 'Tokyo',
    provider: 'aws',
    profile: 'standard',
    settings: { region: 'ap-northeast-1', zones: ['apne1-az4', 'apne1-az1', 'apne1-az2'] },
    platform: 'reference',
    labels: { platform: 'reference', site: 'aws', owner: 'live', cost: 'streaming' },
    plan: planSite({ id: 'aws', number: 4, supernet, vlanBase: 100 }),
    supernet,
    asn: 64516,
    operators: ['10.250.0.0/24'],
    ...change,
  };
}

/** Values of another stack as readers see them: ids of the right form. */
export function networkOf(): Handles {
  return Object.fromEntries(adapter.networkHandles().map((key, index) => [key, idOf(key, index)]));
}

function idOf(key: string, index: number): string {
  const hex = (0xabcdef00000 + index).toString(16).padStart(17, '0');
  if (key === 'vpc') return `vpc-${hex}`;
  if (key.startsWith('subnet-')) return `subnet-${hex}`;
  if (key.startsWith('security-group-')) return `sg-${hex}`;
  if (key === 'transit-gateway') return `tgw-${hex}`;
  return key.endsWith('-table') ? `tgw-rtb-${hex}` : 'reference-aws-machine';
}

export function machine(half: Half, change: Partial<MachineSpec> = {}): MachineSpec {
  return {
    name: `live-origin-s1-${half}`,
    role: 'origin',
    half,
    tier: 'origin',
    address: tokyo().plan.machine('origin', half, 1),
    size,
    image: imageOf('origin'),
    userData: '#cloud-config\nruncmd:\n  - echo "${HOME}"\n',
    antiAffinity: 'live-origin-s1',
    stateful: false,
    public: false,
    router: false,
    ...change,
  };
}

export function gateway(half: Half): MachineSpec {
  const address = tokyo().plan.machine('transit', half, 1);
  const change = {
    name: `gateway-${half}`,
    role: 'gateway',
    tier: 'transit',
    address,
    public: true,
    router: true,
  } as const;
  return machine(half, { ...change, antiAffinity: 'gateway' });
}

export function balancerSpec(change: Partial<BalancerSpec> = {}): BalancerSpec {
  const site = change.site ?? tokyo();
  const members = (['a', 'b'] as const).map((half) => ({
    name: `haproxy-${half}`,
    half,
    address: site.plan.machine('balancer', half, 1),
    handles: { instance: 'i-0123456789abcdef0' },
  }));
  const service = { port: 1935, memberPort: 10001, healthCheck, members };
  return {
    name: 'live-origin',
    site,
    network: networkOf(),
    mode: 'balanced',
    exposure: 'internal',
    services: [
      { ...service, name: 's1', addressSlot: 1 },
      { ...service, name: 's2', addressSlot: 2, memberPort: 10002 },
    ],
    drainSeconds: 300,
    idleSeconds: 600,
    failback: 'hold',
    ...change,
  };
}

export function elasticSpec(change: Partial<ElasticSpec> = {}): ElasticSpec {
  const site = change.site ?? tokyo();
  return {
    name: 'live-edge',
    site,
    network: networkOf(),
    role: 'edge',
    tier: 'edge',
    size,
    image: imageOf('edge'),
    userData: '#cloud-config\nssh_pwauth: false\n',
    min: 3,
    max: 40,
    targetEgressMbps: 1000,
    drainSeconds: 1800,
    bootSeconds: 180,
    healthCheck,
    listeners: [
      { name: 'rtmp', port: 1935, memberPort: 1935 },
      { name: 'http', port: 80, memberPort: 8000 },
    ],
    ...change,
  };
}

/** Four tunnels to a peer with two outside addresses, and two circuits before them. */
export function linkSpec(stack: TerraformStack, change: Partial<LinkEndSpec> = {}): LinkEndSpec {
  const site = change.site ?? tokyo();
  const key = new TerraformVariable(stack, `psk-${site.id}`, {
    type: 'string',
    sensitive: true,
    default: 'a-key.of_the-tests'.replaceAll('-', '_'),
  });
  const tunnels: Tunnel[] = [0, 1, 2, 3].map((index) => {
    const insideCidr = `169.254.32.${index * 4 + 4}/30`;
    return {
      id: `backup-${index + 1}`,
      endpoint: index,
      peerEndpoint: Math.floor(index / 2),
      insideCidr,
      inside: addressAt(insideCidr, 1),
      peerInside: addressAt(insideCidr, 2),
      preSharedKey: key.stringValue,
    };
  });
  const circuit = (half: Half, octet: number) => ({
    id: half,
    half,
    vlan: 100 + octet,
    local: `169.254.100.${octet * 4 + 1}/30`,
    remote: `169.254.100.${octet * 4 + 2}/30`,
    end: { connection: `dxcon-fg12345${octet}`, asn: 4200000004 },
  });
  return {
    link: 'aws-cage',
    site,
    network: networkOf(),
    peer: { site: 'cage', asn: 64513, prefixes: ['10.65.0.0/16'] },
    paths: [
      {
        kind: 'circuit',
        id: 'primary',
        preference: 200,
        mtu: 1500,
        bfd: true,
        circuits: [circuit('a', 1), circuit('b', 2)],
      },
      { kind: 'vpn', id: 'backup', preference: 100, mtu: 1390, tunnels },
    ],
    ...change,
  };
}

/** All of a site in one stack, with real references between its parts. */
export function makeWholeSite(app: App, id: string, site: Site<AwsSettings> = tokyo()): TerraformStack {
  const stack = new TerraformStack(app, id);
  adapter.configure(stack, site);
  const network = adapter.network(stack, site);
  adapter.access(stack, 'access', site, network);
  const machines = (['a', 'b'] as const).flatMap((half) => [machine(half), gateway(half)]);
  adapter.machines(stack, 'origins', { site, network, machines });
  adapter.balancer(stack, 'internal', balancerSpec({ site, network }));
  adapter.elastic(stack, 'edges', elasticSpec({ site, network }));
  adapter.link(stack, 'link', linkSpec(stack, { site, network })).connect(['203.0.113.10', '203.0.113.11']);
  return stack;
}

/** Stacks with all that the adapter can emit. */
export function makeAllStacks(outdir: string): App {
  const app = new App({ outdir });
  const site = tokyo();
  const network = networkOf();
  adapter.balancer(
    makeWholeSite(app, 'aws', site),
    'ingest',
    balancerSpec({ name: 'live-ingest', exposure: 'public' }),
  );
  const protectedStack = new TerraformStack(app, 'aws-protected');
  adapter.configure(protectedStack, site);
  adapter.machines(protectedStack, 'origins', { site, network, machines: [machine('a', { stateful: true })] });
  makeDnsStack(app);
  makeStoreStack(app);
  return app;
}

function makeDnsStack(app: App): void {
  const stack = new TerraformStack(app, 'dns');
  const answers = [
    { id: 'aws', weight: 3, addresses: ['203.0.113.1', '203.0.113.2'] },
    { id: 'gcp', weight: 1, addresses: ['198.51.100.1'] },
  ];
  const spec = {
    platform: 'reference',
    labels: { owner: 'live' },
    domain: 'live.example.com',
    settings: { zone: 'Z0123456789ABCDEFGHIJ' },
    records: [{ name: 'edge', ttlSeconds: 30, answers }],
  };
  adapter.dns.configure(stack, spec);
  adapter.dns.records(stack, 'records', spec);
}

function makeStoreStack(app: App): void {
  const stack = new TerraformStack(app, 'store');
  const settings = { region: 'ap-northeast-3' };
  adapter.stateStore.configure(stack, settings);
  adapter.stateStore.bucket(stack, 'states', { name: 'reference-states', settings, labels: { owner: 'live' } });
}
