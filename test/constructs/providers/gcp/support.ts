import { App, TerraformStack } from 'cdktf';
import type { BalancerSpec } from '../../../../constructs/contract/balancer';
import type { ElasticSpec } from '../../../../constructs/contract/elastic';
import type { LinkEndSpec } from '../../../../constructs/contract/link';
import type { MachineSpec } from '../../../../constructs/contract/machines';
import { type SitePlan, type Tier, type TierPlan, tiers } from '../../../../constructs/contract/plan';
import type { Handles, Site } from '../../../../constructs/contract/site';
import { configure } from '../../../../constructs/providers/gcp/provider';
import type { GcpSettings, GcpSite } from '../../../../constructs/providers/gcp/settings';
import { imageOf } from '../../../support/images';

function tierPlan(index: number): TierPlan {
  const block = (last: number, prefix: number): string => `10.3.${index * 4 + last}.0/${prefix}`;
  return {
    cidr: block(0, 22),
    zones: { a: block(0, 24), b: block(1, 24), c: block(2, 24) },
    shared: block(3, 24),
    gateway: `10.3.${index * 4}.1`,
    vlan: 100 + index,
  };
}

export const plan: SitePlan = {
  number: 3,
  cidr: '10.3.0.0/16',
  adopted: false,
  tiers: Object.fromEntries(tiers.map((tier, index) => [tier, tierPlan(index)])) as Record<Tier, TierPlan>,
  machine: (tier, half, slot) => `10.3.${tiers.indexOf(tier) * 4 + (half === 'a' ? 0 : 1)}.${9 + slot}`,
  shared: (tier, slot) => `10.3.${tiers.indexOf(tier) * 4 + 3}.${9 + slot}`,
};

type SiteChanges = Partial<Omit<GcpSite, 'settings'>> & { readonly settings?: Partial<GcpSettings> };

export function siteOf(changes: SiteChanges = {}): GcpSite {
  return {
    id: 'tokyo',
    label: 'Tokyo',
    provider: 'gcp',
    profile: 'standard',
    platform: 'live',
    labels: { owner: 'streaming', cost: 'live' },
    plan,
    supernet: '10.0.0.0/8',
    asn: 64515,
    operators: ['10.200.0.0/24'],
    ...changes,
    settings: {
      project: 'live-example',
      region: 'asia-northeast1',
      zones: ['asia-northeast1-a', 'asia-northeast1-b', 'asia-northeast1-c'],
      operators: ['group:operators@example.com'],
      ...changes.settings,
    },
  };
}

export const network: Handles = {
  network: 'projects/live-example/global/networks/live-tokyo',
  router: 'live-tokyo-router',
  'vpn-gateway': 'projects/live-example/regions/asia-northeast1/vpnGateways/live-tokyo-vpn',
  'vpn-address-0': '35.242.0.10',
  'vpn-address-1': '35.220.0.10',
  'service-account': 'live-tokyo-machines@live-example.iam.gserviceaccount.com',
  ...Object.fromEntries(
    tiers.map((tier) => [
      `subnet-${tier}`,
      `projects/live-example/regions/asia-northeast1/subnetworks/live-tokyo-${tier}`,
    ]),
  ),
};

export function machineOf(changes: Partial<MachineSpec> = {}): MachineSpec {
  return {
    name: 'live-origin-s1-a',
    role: 'origin',
    half: 'a',
    tier: 'origin',
    address: '10.3.8.10',
    size: { vcpu: 4, memoryGiB: 8, diskGiB: 50, egressMbps: 2000 },
    image: imageOf('origin'),
    userData: '#cloud-config\nhostname: live-origin-s1-a\n',
    antiAffinity: 'origin-s1',
    stateful: false,
    public: false,
    router: false,
    ...changes,
  };
}

const member = (half: 'a' | 'b') => ({
  name: `live-origin-s1-${half}`,
  half,
  address: `10.3.${half === 'a' ? 8 : 9}.10`,
  handles: {
    group: `projects/live-example/zones/asia-northeast1-${half}/instanceGroups/live-tokyo-live-origin-s1-${half}`,
    tag: 'live-tokyo-origin',
  },
});

const healthCheck = {
  protocol: 'http',
  port: 8080,
  path: '/health',
  intervalSeconds: 2,
  fall: 2,
  rise: 2,
} as const;

export function balancerOf(changes: Partial<BalancerSpec> = {}): BalancerSpec {
  return {
    name: 'live-origin',
    site: siteOf(),
    network,
    mode: 'active-standby',
    exposure: 'internal',
    services: [
      {
        name: 's1',
        port: 1935,
        memberPort: 1935,
        healthCheck,
        members: [member('a'), member('b')],
        addressSlot: 1,
      },
    ],
    drainSeconds: 30,
    idleSeconds: 60,
    failback: 'hold',
    ...changes,
  };
}

export function elasticOf(changes: Partial<ElasticSpec> = {}): ElasticSpec {
  return {
    name: 'live-edge',
    site: siteOf(),
    network,
    role: 'edge',
    tier: 'edge',
    size: { vcpu: 4, memoryGiB: 4, diskGiB: 20, egressMbps: 4000 },
    image: imageOf('edge'),
    userData: '#cloud-config\nssh_pwauth: false\n',
    min: 3,
    max: 60,
    targetEgressMbps: 1600,
    drainSeconds: 1800,
    bootSeconds: 120,
    healthCheck,
    listeners: [
      { name: 'rtmp', port: 1935, memberPort: 1935 },
      { name: 'https', port: 443, memberPort: 443 },
    ],
    ...changes,
  };
}

const tunnel = (number: number, endpoint: number, peerEndpoint: number) => ({
  id: `primary-${number}`,
  endpoint,
  peerEndpoint,
  insideCidr: `169.254.10.${number * 4}/30`,
  inside: `169.254.10.${number * 4 + 1}`,
  peerInside: `169.254.10.${number * 4 + 2}`,
  preSharedKey: 'secret-of-a-test',
});

export function linkOf(changes: Partial<LinkEndSpec> = {}): LinkEndSpec {
  return {
    link: 'aws-tokyo',
    site: siteOf(),
    network,
    peer: { site: 'aws', asn: 64514, prefixes: ['10.2.0.0/16'] },
    paths: [
      {
        kind: 'vpn',
        id: 'primary',
        preference: 200,
        mtu: 1400,
        tunnels: [tunnel(0, 0, 0), tunnel(1, 0, 1), tunnel(2, 1, 2), tunnel(3, 1, 3)],
      },
    ],
    ...changes,
  };
}

type Attributes = Record<string, unknown>;

export interface Synthesised {
  /** The attributes of the one resource of a type whose name ends so. */
  resource(type: string, ending?: string): Attributes;
  all(type: string): Attributes[];
  /** Data sources of a type. */
  data(type: string): Attributes[];
  readonly stack: Attributes;
}

/** One stack, synthesised as Terraform would read it. */
export function synthesise(build: (stack: TerraformStack) => void, site: Site = siteOf()): Synthesised {
  const stack = new TerraformStack(new App(), 'test');
  configure(stack, site);
  build(stack);
  type Members = Record<string, Record<string, Attributes>>;
  const json = stack.toTerraform() as { resource?: Members; data?: Members } & Attributes;
  const all = (type: string) => Object.values(json.resource?.[type] ?? {});
  return {
    stack: json,
    all,
    data: (type) => Object.values(json.data?.[type] ?? {}),
    resource: (type, ending = '') => {
      const found = Object.values(json.resource?.[type] ?? {}).filter((one) => String(one['name']).endsWith(ending));
      if (found.length !== 1) throw new Error(`${found.length} of ${type} whose name ends in "${ending}"`);
      return found[0] as Attributes;
    },
  };
}
