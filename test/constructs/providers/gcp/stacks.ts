import type { TerraformStack } from 'cdktf';
import type { CircuitPath } from '../../../../constructs/contract/link';
import type { BalancerMember } from '../../../../constructs/contract/balancer';
import type { ElasticSpec } from '../../../../constructs/contract/elastic';
import type { Machine, MachineSpec } from '../../../../constructs/contract/machines';
import type { Handles } from '../../../../constructs/contract/site';
import { gcp } from '../../../../constructs/providers/gcp';
import type { GcpSite } from '../../../../constructs/providers/gcp/settings';
import { balancerOf, elasticOf, linkOf, machineOf } from './support';

const adapter = gcp.profiles.standard;

export interface Changes {
  readonly machine?: Partial<MachineSpec>;
  readonly elastic?: Partial<ElasticSpec>;
}

const asMember = (machine: Machine, at: number): BalancerMember => ({
  ...machine,
  half: at === 0 ? 'a' : 'b',
});

export const circuits: CircuitPath = {
  kind: 'circuit',
  id: 'backup',
  preference: 100,
  mtu: 1440,
  bfd: true,
  circuits: (['a', 'b'] as const).map((half, at) => ({
    id: half,
    half,
    vlan: 1001 + at,
    local: `169.254.60.${at * 8 + 1}/29`,
    remote: `169.254.60.${at * 8 + 2}/29`,
    end: { type: 'DEDICATED', attachment: `cage-${half}`, edgeAvailabilityDomain: at + 1 },
  })),
};

/** An origin pair behind an internal and a public balancer. */
function origins(stack: TerraformStack, site: GcpSite, network: Handles, change: Partial<MachineSpec>): void {
  const pair = [machineOf(change), machineOf({ name: 'live-origin-s1-b', half: 'b', address: '10.3.9.10', ...change })];
  const members = adapter.machines(stack, 'origins', { site, network, machines: pair }).map(asMember);
  const services = balancerOf().services.map((service) => ({ ...service, members }));
  adapter.balancer(stack, 'inside', balancerOf({ site, network, services }));
  adapter.balancer(stack, 'ingest', balancerOf({ site, network, services, name: 'ingest', exposure: 'public' }));
}

/** Everything that the adapter can make for one site, in one stack. */
export function everything(stack: TerraformStack, site: GcpSite, changes: Changes = {}): void {
  const network = adapter.network(stack, site);
  adapter.access(stack, 'access', site, network);
  origins(stack, site, network, changes.machine ?? {});
  adapter.elastic(stack, 'edge', elasticOf({ site, network, ...changes.elastic }));
  const spec = linkOf({ site, network });
  const end = adapter.link(stack, 'link', { ...spec, paths: [...spec.paths, circuits] });
  end.connect(['54.1.0.1', '54.1.0.2', '54.2.0.1', '54.2.0.2']);
}

/** Only what a site has before anything is placed there. */
export function networkOnly(stack: TerraformStack, site: GcpSite): void {
  adapter.network(stack, site);
}

/** What belongs to no site: names and states. */
export function global(stack: TerraformStack): void {
  const records = ['s1.ingest', 'watch'].map((name, at) => ({
    name,
    ttlSeconds: 30,
    answers: ['a', 'b'].slice(0, at + 1).map((id) => ({ id, weight: 1, addresses: ['203.0.113.1'] })),
  }));
  const project = 'live-example';
  const spec = {
    platform: 'live',
    labels: {},
    domain: 'live.example.com',
    settings: { project, zone: 'live' },
    records,
  };
  adapter.dns.configure(stack, spec);
  adapter.dns.records(stack, 'records', spec);
  const settings = { project, location: 'asia1' };
  adapter.stateStore.configure(stack, settings);
  adapter.stateStore.bucket(stack, 'states', { name: 'live-example-states', settings, labels: {} });
}
