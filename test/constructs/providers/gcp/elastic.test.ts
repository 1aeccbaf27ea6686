import { TerraformVariable } from 'cdktf';
import { bytesPerSecond, elastic } from '../../../../constructs/providers/gcp/elastic';
import type { ElasticSpec } from '../../../../constructs/contract/elastic';
import { elasticOf, siteOf, synthesise } from './support';

const build = (changes: Partial<ElasticSpec> = {}) =>
  synthesise((stack) => void elastic(stack, 'edge', elasticOf(changes)));
const templateName = (changes: Partial<ElasticSpec> = {}) =>
  String(build(changes).resource('google_compute_region_instance_template')['name']);

test('the fleet grows on egress in bytes a second, and never on CPU', () => {
  const policy = build().resource('google_compute_region_autoscaler')['autoscaling_policy'];
  expect(policy).toMatchObject({
    min_replicas: 3,
    max_replicas: 60,
    metric: [
      {
        name: 'compute.googleapis.com/instance/network/sent_bytes_count',
        type: 'DELTA_PER_SECOND',
        target: 200_000_000,
      },
    ],
  });
  expect(policy).not.toHaveProperty('cpu_utilization');
});

test('1,000 Mbit/s are 125,000,000 bytes a second', () => {
  expect(bytesPerSecond(1000)).toBe(125_000_000);
});

test('the fleet spreads over three zones and its size is left to the autoscaler', () => {
  const group = build().resource('google_compute_region_instance_group_manager');
  expect(group['distribution_policy_zones']).toHaveLength(3);
  expect(group).not.toHaveProperty('target_size');
});

test('a new image rolls through by adding first, one machine a zone', () => {
  expect(build().resource('google_compute_region_instance_group_manager')['update_policy']).toMatchObject({
    type: 'PROACTIVE',
    max_surge_fixed: 3,
    max_unavailable_fixed: 0,
  });
});

test('a leaving machine keeps its viewers for the drain time', () => {
  expect(build().resource('google_compute_region_backend_service')).toMatchObject({
    connection_draining_timeout_sec: 1800,
  });
});

test('a draining machine is not healed away: only a dead listener is', () => {
  const { resource } = build();
  expect(resource('google_compute_health_check', 'liveness')).toMatchObject({
    tcp_health_check: { port: 1935 },
  });
  expect(resource('google_compute_region_instance_group_manager')['auto_healing_policies']).toMatchObject({
    initial_delay_sec: 120,
  });
});

test('all listeners share one address', () => {
  const { all } = build();
  expect(all('google_compute_address')).toHaveLength(1);
  expect(all('google_compute_forwarding_rule').map((rule) => rule['ports'])).toEqual([['1935'], ['443']]);
});

test('the same content gives the same template, other content another one that is made first', () => {
  expect(templateName()).toBe(templateName());
  expect(templateName({ userData: '#cloud-config\n' })).not.toBe(templateName());
  expect(build().resource('google_compute_region_instance_template')['lifecycle']).toEqual({
    create_before_destroy: true,
  });
});

test('relabelling for people touches no template', () => {
  expect(templateName({ site: siteOf({ label: 'Tokyo, first' }) })).toBe(templateName());
});

test('a template of a long-named fleet keeps within the limit', () => {
  expect(templateName({ name: 'edge-'.repeat(20) })).toMatch(/^[a-z][-a-z0-9]{0,61}[a-z0-9]$/);
});

test('user data that is known only later is hashed by Terraform', () => {
  const { resource } = synthesise((stack) => {
    const later = new TerraformVariable(stack, 'later', { type: 'string' });
    elastic(stack, 'edge', elasticOf({ userData: `#cloud-config\nhostname: ${later.stringValue}\n` }));
  });
  expect(resource('google_compute_region_instance_template')['name']).toMatch(
    /^live-tokyo-live-edge-\$\{substr\(sha256/,
  );
});

test('a listener on another port than its members is refused', () => {
  expect(() => build({ listeners: [{ name: 'rtmp', port: 1935, memberPort: 2935 }] })).toThrow(/cannot translate/);
});
