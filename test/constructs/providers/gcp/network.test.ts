import { networkHandles, network as build } from '../../../../constructs/providers/gcp/network';
import { siteOf, synthesise } from './support';

const site = siteOf();

test('a site has a network of its own, with one subnet for each tier', () => {
  const { resource, all } = synthesise((stack) => build(stack, site));
  expect(resource('google_compute_network')).toMatchObject({ name: 'live-tokyo', auto_create_subnetworks: false });
  expect(all('google_compute_subnetwork').map((subnet) => subnet['ip_cidr_range'])).toEqual([
    '10.3.0.0/22',
    '10.3.4.0/22',
    '10.3.8.0/22',
    '10.3.12.0/22',
  ]);
});

test("the hub announces the site's own prefix and nothing else", () => {
  const { resource } = synthesise((stack) => build(stack, site));
  expect(resource('google_compute_router')['bgp']).toEqual({
    asn: 64515,
    advertise_mode: 'CUSTOM',
    advertised_ip_ranges: [{ range: '10.3.0.0/16' }],
  });
});

test('machines without a public address reach the internet', () => {
  const { resource } = synthesise((stack) => build(stack, site));
  expect(resource('google_compute_router_nat')).toMatchObject({
    source_subnetwork_ip_ranges_to_nat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
  });
});

test('the network tells others exactly the handles that it promises', () => {
  let handles = {};
  synthesise((stack) => {
    handles = build(stack, site);
  });
  expect(Object.keys(handles).sort()).toEqual([...networkHandles()].sort());
});

test('the platform inside may reach every machine, the internet only those with a public address', () => {
  const { resource } = synthesise((stack) => build(stack, site));
  expect(resource('google_compute_firewall', 'inside')['source_ranges']).toEqual(['10.0.0.0/8']);
  expect(resource('google_compute_firewall', 'public')).toMatchObject({
    source_ranges: ['0.0.0.0/0'],
    target_tags: ['live-tokyo-public'],
  });
});

test('the google provider is pinned to one exact version and named by the site', () => {
  const { stack } = synthesise(() => undefined);
  expect(stack).toMatchObject({
    terraform: { required_providers: { google: { source: 'hashicorp/google', version: '6.50.0' } } },
    provider: { google: [{ alias: 'tokyo', project: 'live-example', region: 'asia-northeast1' }] },
  });
});
