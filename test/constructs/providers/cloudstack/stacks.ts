import type { TerraformStack } from 'cdktf';
import type { Machine, MachineSpec } from '../../../../constructs/contract/machines';
import type { BalancerMember, BalancerSpec } from '../../../../constructs/contract/balancer';
import type { ElasticSpec } from '../../../../constructs/contract/elastic';
import type { Handles, Site } from '../../../../constructs/contract/site';
import { cloudstack } from '../../../../constructs/providers/cloudstack';
import { machine, uuid } from './sites';
import { imageOf } from '../../../support/images';

export const { idcf: idcfAdapter, private: privateAdapter } = cloudstack.profiles;

export function balancerSpec(site: Site, network: Handles, members: readonly BalancerMember[]): BalancerSpec {
  return {
    name: 'live-ingest',
    site,
    network,
    mode: 'balanced',
    exposure: 'public',
    services: ['s1', 's2'].map((name, index) => ({
      name,
      port: 1935,
      memberPort: 19351 + index,
      members,
      addressSlot: index + 1,
    })),
    drainSeconds: 0,
    idleSeconds: 60,
    failback: 'hold',
  };
}

export function elasticSpec(site: Site, network: Handles, change: Partial<ElasticSpec> = {}): ElasticSpec {
  return {
    name: 'live-edge',
    site,
    network,
    role: 'edge',
    tier: 'edge',
    size: { vcpu: 2, memoryGiB: 4, diskGiB: 20, egressMbps: 400 },
    image: imageOf('edge'),
    userData: '#cloud-config\nssh_pwauth: false\n',
    min: 2,
    max: 8,
    targetEgressMbps: 300,
    drainSeconds: 600,
    bootSeconds: 120,
    healthCheck: { protocol: 'http', port: 8080, path: '/health', intervalSeconds: 5, fall: 2, rise: 2 },
    listeners: [{ name: 'rtmp', port: 1935, memberPort: 1935 }],
    ...change,
  };
}

const pair = (['a', 'b'] as const).map((half) => ({ name: `live-ingest-${half}`, half }));

/** Specs of a pair in the balancer tier, as the self-hosted HAProxy pair is. */
export function pairSpecs(site: Site, change: Partial<MachineSpec> = {}): MachineSpec[] {
  return pair.map(({ name, half }) => {
    const address = site.plan.machine('balancer', half, 1);
    return machine(site, { name, half, tier: 'balancer', address, antiAffinity: 'live-ingest', ...change });
  });
}

export function membersOf(machines: readonly Machine[]): BalancerMember[] {
  return machines.map(({ name, address, handles }, index) => ({
    name,
    half: index === 0 ? 'a' : 'b',
    address,
    handles,
  }));
}

/** Everything that the profile can make, in one stack. */
export function everythingAtIdcf(stack: TerraformStack, site: Site): void {
  const network = idcfAdapter.network(stack, site);
  const machines = idcfAdapter.machines(stack, 'pair', { site, network, machines: pairSpecs(site) });
  const end = { network: { id: uuid(9), name: 'bridge' } };
  const segment = { address: '10.200.0.2', cidr: '10.200.0.0/29', vlan: 30, end };
  const gateway = machine(site, {
    name: 'gateway-a',
    tier: 'transit',
    address: site.plan.machine('transit', 'a', 2),
    public: true,
    router: true,
    segment,
  });
  idcfAdapter.machines(stack, 'gateway', { site, network, machines: [gateway] });
  idcfAdapter.balancer(stack, 'ingest', balancerSpec(site, network, membersOf(machines)));
}

export function everythingAtPrivate(stack: TerraformStack, site: Site, change: Partial<ElasticSpec> = {}): void {
  const network = privateAdapter.network(stack, site);
  privateAdapter.access(stack, 'access', site, network);
  const machines = privateAdapter.machines(stack, 'pair', { site, network, machines: pairSpecs(site) });
  privateAdapter.balancer(stack, 'ingest', balancerSpec(site, network, membersOf(machines)));
  privateAdapter.elastic(stack, 'edges', elasticSpec(site, network, change));
}
