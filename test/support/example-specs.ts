import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import type { BalancerMode, BalancerService, BalancerSpec } from '../../constructs/contract/balancer';
import type { DnsSpec } from '../../constructs/contract/dns';
import type { ElasticSpec } from '../../constructs/contract/elastic';
import type { LinkEndSpec, LinkPath, LinkPathKind, Tunnel } from '../../constructs/contract/link';
import type { MachineSpec } from '../../constructs/contract/machines';
import { type Half, type Handles, type Site, halves } from '../../constructs/contract/site';
import { type Enrolled, exampleSite, plainNames, size } from './example-site';
import { imageOf } from './images';
import { foreignHandles } from './member-stack';

/** Complete specs, as the neutral constructs hand them to adapters. */

export const userData = '#cloud-config\nhostname: example\n';
export const healthCheck = {
  protocol: 'http',
  port: 8080,
  path: '/health',
  intervalSeconds: 2,
  fall: 2,
  rise: 3,
} as const;

export function networkHandles(scope: Construct, { adapter }: Enrolled, site: Site): Handles {
  return foreignHandles(scope, 'network', adapter.networkHandles(site));
}

/** @param slot place of the machine in its half */
export function machineSpec(site: Site, half: Half, slot: number, changes: Partial<MachineSpec> = {}): MachineSpec {
  const { role = 'origin', tier = 'origin' } = changes;
  return {
    name: `live-${role}-s${slot}-${half}`,
    role,
    half,
    tier,
    address: site.plan.machine(tier, half, slot),
    size,
    image: imageOf(role),
    userData,
    antiAffinity: `live-${role}-s${slot}`,
    stateful: false,
    public: false,
    router: false,
    ...changes,
  };
}

/** A machine that forwards and has a public address, as a gateway has. */
export const routerSpec = (site: Site, half: Half): MachineSpec =>
  machineSpec(site, half, 1, {
    ...{ name: `router-${half}`, role: 'gateway', tier: 'transit', public: true, router: true },
    publicAddressSlot: half === 'a' ? 1 : 2,
  });

export interface BalancerOptions {
  readonly mode: BalancerMode;
  readonly order?: readonly Half[];
  readonly services?: readonly number[];
  readonly changes?: Partial<BalancerSpec>;
}

export function balancerSpec(scope: Construct, entry: Enrolled, options: BalancerOptions): BalancerSpec {
  const site = exampleSite(entry);
  const { mode, order = halves, services = [1, 2], changes = {} } = options;
  return {
    name: 'live-ingest',
    site,
    network: networkHandles(scope, entry, site),
    mode,
    exposure: 'public',
    services: services.map((number) => serviceOf(scope, entry, site, number, order)),
    drainSeconds: 321,
    idleSeconds: 147,
    failback: 'hold',
    ...changes,
  };
}

function serviceOf(
  scope: Construct,
  { adapter }: Enrolled,
  site: Site,
  number: number,
  order: readonly Half[],
): BalancerService {
  const checks = adapter.facts.balancer.healthChecks.length > 0;
  const members = order.map((half) => {
    const { name, address } = machineSpec(site, half, number);
    const handles = foreignHandles(scope, name.replaceAll('-', '_'), adapter.machineHandles(site));
    return { name, half, address, handles };
  });
  const ports = { port: 1935, memberPort: 1935 };
  return { name: `s${number}`, ...ports, ...(checks ? { healthCheck } : {}), members, addressSlot: 8 + number };
}

export function elasticSpec(scope: Construct, entry: Enrolled, changes: Partial<ElasticSpec> = {}): ElasticSpec {
  const site = exampleSite(entry);
  return {
    name: 'live-edge',
    site,
    network: networkHandles(scope, entry, site),
    role: 'edge',
    tier: 'edge',
    size,
    image: imageOf('edge'),
    userData,
    min: 3,
    max: 17,
    targetEgressMbps: 1200,
    drainSeconds: entry.adapter.facts.limits.drainSeconds?.value ?? 0,
    bootSeconds: 137,
    healthCheck,
    listeners: [{ name: 'rtmp', port: 1935, memberPort: 1935 }],
    ...changes,
  };
}

export const peer = { site: 'there', asn: 65010, prefixes: ['10.90.0.0/16'] } as const;
/** The other end, a hub with two addresses. */
export const peerOutside = ['198.51.100.1', '198.51.100.2'];

export function linkSpec(
  scope: Construct,
  entry: Enrolled,
  network: Handles,
  kinds: readonly LinkPathKind[],
): LinkEndSpec {
  const site = exampleSite(entry);
  const paths = kinds.map((kind, at) => ({ ...pathOf(scope, entry, kind), ...places[at === 0 ? 0 : 1] }));
  return { link: 'here-there', site, network, peer, paths };
}

const places = [
  { id: 'primary', preference: 200 },
  { id: 'backup', preference: 100 },
] as const;

function pathOf(scope: Construct, entry: Enrolled, kind: LinkPathKind): LinkPath {
  const common = { id: 'primary', preference: 200 } as const;
  if (kind === 'vpn') return { ...common, kind, mtu: 1390, tunnels: tunnelsOf(scope, entry) };
  const { circuits, segment } = entry.example;
  if (kind === 'segment') {
    const [local, remote] = [
      ['10.64.0.17', '10.64.0.18'],
      ['10.64.0.19', '10.64.0.20'],
    ] as const;
    return { ...common, kind, mtu: 1450, vlan: 700, cidr: '10.64.0.16/28', local, remote, end: segment };
  }
  const lines = halves.map((half, at) => ({
    ...{ id: half, half, vlan: 1001 + at, end: circuits?.[half] },
    ...{ local: `169.254.200.${8 * at + 1}/29`, remote: `169.254.200.${8 * at + 2}/29` },
  }));
  return { ...common, kind, mtu: 1500, bfd: true, circuits: lines };
}

/** Two on each pair of addresses where this end carries two; towards a hub with two addresses. */
function tunnelsOf(scope: Construct, { adapter }: Enrolled): Tunnel[] {
  const { tunnelsPerPeerAddress, outsideAddresses } = adapter.facts.vpn;
  return Array.from({ length: 2 * tunnelsPerPeerAddress }, (_, at) => {
    const pair = Math.floor(at / tunnelsPerPeerAddress);
    const key = new TerraformVariable(scope, `key_${at + 1}`, { type: 'string', sensitive: true });
    key.overrideLogicalId(`key_${at + 1}`);
    const block = (last: number): string => `169.254.10.${4 * (at + 1) + last}`;
    return {
      id: `primary-${at + 1}`,
      endpoint: outsideAddresses === 'connection' ? at : pair,
      peerEndpoint: pair,
      insideCidr: `${block(0)}/30`,
      inside: block(1),
      peerInside: block(2),
      preSharedKey: key.stringValue,
    };
  });
}

export function dnsSpec(entry: Enrolled): DnsSpec {
  const answer = (id: string, weight: number, last: number) => ({ id, weight, addresses: [`203.0.113.${last}`] });
  const { labels } = exampleSite(entry);
  return {
    platform: plainNames.platform,
    labels,
    domain: 'example.com',
    settings: entry.example.dns,
    records: [
      { name: 's1.ingest', ttlSeconds: 31, answers: [answer('here', 1, 11)] },
      { name: 'watch', ttlSeconds: 31, answers: [answer('here', 41, 21), answer('there', 67, 22)] },
    ],
  };
}
