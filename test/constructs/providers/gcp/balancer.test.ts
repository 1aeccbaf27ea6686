import { balancer } from '../../../../constructs/providers/gcp/balancer';
import type { Balancer, BalancerSpec } from '../../../../constructs/contract/balancer';
import { balancerOf, synthesise } from './support';

const build = (changes: Partial<BalancerSpec> = {}) =>
  synthesise((stack) => void balancer(stack, 'balancer', balancerOf(changes)));
const [service] = balancerOf().services;
if (service === undefined) throw new Error('the example has a service');

test('half b stands by and takes over when half a is not healthy', () => {
  const backends = build().resource('google_compute_region_backend_service');
  expect(backends['backend']).toEqual([
    expect.objectContaining({ group: expect.stringContaining('origin-s1-a'), failover: false }),
    expect.objectContaining({ group: expect.stringContaining('origin-s1-b'), failover: true }),
  ]);
});

test('no session stays with the member that is no longer active, so publishers are never on both', () => {
  expect(build().resource('google_compute_region_backend_service')['failover_policy']).toEqual({
    disable_connection_drain_on_failover: true,
    drop_traffic_if_unhealthy: true,
    failover_ratio: 1,
  });
});

test('an internal balancer has its planned address and takes clients of other regions', () => {
  let found: Balancer | undefined;
  const { resource } = synthesise((stack) => {
    found = balancer(stack, 'balancer', balancerOf());
  });
  expect(found?.addresses).toEqual({ s1: ['10.3.7.10'] });
  expect(resource('google_compute_forwarding_rule')).toMatchObject({
    load_balancing_scheme: 'INTERNAL',
    allow_global_access: true,
    ports: ['1935'],
  });
});

test('health checks come in from the ranges of an internal balancer', () => {
  expect(build().resource('google_compute_firewall', 'probes')).toMatchObject({
    source_ranges: ['35.191.0.0/16', '130.211.0.0/22'],
    allow: [{ protocol: 'tcp', ports: ['8080'] }],
    target_tags: ['live-tokyo-origin'],
  });
});

test('a public balancer is open to everybody, and probed from its own ranges', () => {
  const { resource } = build({ exposure: 'public', mode: 'balanced' });
  expect(resource('google_compute_firewall', 'listeners')).toMatchObject({
    source_ranges: ['0.0.0.0/0'],
    allow: [{ protocol: 'tcp', ports: ['1935'] }],
  });
  expect(resource('google_compute_firewall', 'probes')['source_ranges']).toEqual([
    '35.191.0.0/16',
    '209.85.152.0/22',
    '209.85.204.0/22',
  ]);
  expect(resource('google_compute_region_backend_service')).toMatchObject({ load_balancing_scheme: 'EXTERNAL' });
  expect(resource('google_compute_region_backend_service')).not.toHaveProperty('failover_policy');
});

test('members keep their connections while they drain', () => {
  expect(build({ drainSeconds: 900 }).resource('google_compute_region_backend_service')).toMatchObject({
    connection_draining_timeout_sec: 900,
  });
});

test('a member that listens on another port is refused', () => {
  expect(() => build({ services: [{ ...service, memberPort: 11935 }] })).toThrow(/cannot translate ports.*11935/);
});

test('two active members of one half are refused', () => {
  const twice = { ...service, members: [...service.members, ...service.members] };
  expect(() => build({ services: [twice] })).toThrow(/one member of each half/);
});

test('more members than a backend service takes are refused', () => {
  const many = { ...service, members: Array.from({ length: 51 }, () => service.members.slice(0, 1)).flat() };
  expect(() => build({ mode: 'balanced', services: [many] })).toThrow(/50 instance groups/);
});
