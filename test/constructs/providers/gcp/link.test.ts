import { link } from '../../../../constructs/providers/gcp/link';
import type { CircuitPath, LinkEnd, LinkEndSpec } from '../../../../constructs/contract/link';
import { linkOf, siteOf, synthesise } from './support';

const build = (spec: LinkEndSpec, peers: readonly string[] = []) =>
  synthesise((stack) => link(stack, 'link', spec).connect(peers));
const awsAddresses = ['54.1.0.1', '54.1.0.2', '54.2.0.1', '54.2.0.2'];

const circuits = (type: 'DEDICATED' | 'PARTNER', domains: readonly [1 | 2, 1 | 2] = [1, 2]): CircuitPath => ({
  kind: 'circuit',
  id: 'primary',
  preference: 300,
  mtu: 1440,
  bfd: true,
  circuits: (['a', 'b'] as const).map((half, at) => ({
    id: half,
    half,
    vlan: 1001 + at,
    local: `169.254.60.${at * 8 + 1}/29`,
    remote: `169.254.60.${at * 8 + 2}/29`,
    end: { type, attachment: `cage-${half}`, edgeAvailabilityDomain: domains[at] },
  })),
});
const cage = { site: 'cage', asn: 64513, prefixes: ['10.1.0.0/16'] };

test('the outside addresses are known before the peer is', () => {
  let end: LinkEnd | undefined;
  synthesise((stack) => {
    end = link(stack, 'link', linkOf());
  });
  expect(end?.outsideAddresses).toEqual(['35.242.0.10', '35.220.0.10']);
});

test('a link to AWS has four tunnels, two on each interface, to a gateway of four addresses', () => {
  const { resource, all } = build(linkOf(), awsAddresses);
  expect(resource('google_compute_external_vpn_gateway')).toMatchObject({
    redundancy_type: 'FOUR_IPS_REDUNDANCY',
    interface: awsAddresses.map((ip_address, id) => ({ id, ip_address })),
  });
  expect(
    all('google_compute_vpn_tunnel').map((one) => [
      one['vpn_gateway_interface'],
      one['peer_external_gateway_interface'],
    ]),
  ).toEqual([
    [0, 0],
    [0, 1],
    [1, 2],
    [1, 3],
  ]);
});

test('a higher preference is announced as a lower MED', () => {
  const peer = build(linkOf(), awsAddresses).resource('google_compute_router_peer', 'primary-0');
  expect(peer).toMatchObject({ peer_asn: 64514, peer_ip_address: '169.254.10.2', advertised_route_priority: 800 });
  expect(peer).not.toHaveProperty('bfd');
});

test('a self-hosted peer with two addresses gets a gateway of two', () => {
  const { resource } = build(linkOf(), ['203.0.113.10', '203.0.113.11']);
  expect(resource('google_compute_external_vpn_gateway')).toMatchObject({ redundancy_type: 'TWO_IPS_REDUNDANCY' });
});

test('a peer with three addresses is refused', () => {
  expect(() => build(linkOf(), awsAddresses.slice(1))).toThrow(/number of outside addresses at aws.*1, 2 or 4/);
});

test('two sites on Google Cloud join gateway to gateway', () => {
  const [path] = linkOf().paths;
  if (path?.kind !== 'vpn') throw new Error('the example is a VPN');
  const straight = { ...path, tunnels: path.tunnels.filter((one) => one.endpoint === one.peerEndpoint) };
  const peer = { ...cage, provider: 'gcp', network: { 'vpn-gateway': 'projects/other/gateway' } };
  const { resource, all } = build(linkOf({ peer, paths: [straight] }), ['35.0.0.1', '35.0.0.2']);
  expect(all('google_compute_external_vpn_gateway')).toEqual([]);
  expect(resource('google_compute_vpn_tunnel')).toMatchObject({ peer_gcp_gateway: 'projects/other/gateway' });
  expect(() => build(linkOf({ peer }), [])).toThrow(/equal interfaces only/);
});

test('circuits run BGP with BFD over the adopted attachments', () => {
  const { resource } = build(linkOf({ peer: cage, paths: [circuits('DEDICATED')] }));
  expect(resource('google_compute_router_interface', '-a')).toMatchObject({
    ip_range: '169.254.60.1/29',
    interconnect_attachment: expect.stringMatching(/interconnectAttachments\/cage-a$/),
  });
  expect(resource('google_compute_router_peer', '-b')).toMatchObject({
    peer_ip_address: '169.254.60.10',
    peer_asn: 64513,
    bfd: { session_initialization_mode: 'ACTIVE', min_receive_interval: 1000, multiplier: 5 },
  });
});

test('a partner circuit demands 16550, and its session is not made a second time', () => {
  const paths = [circuits('PARTNER')];
  expect(() => build(linkOf({ paths }))).toThrow(/sites\.tokyo\.asn.*64515.*16550/);
  const { all } = build(linkOf({ paths, site: siteOf({ asn: 16550 }) }));
  expect(all('google_compute_router_peer')).toEqual([]);
});

test('two circuits of one path in one edge availability domain are refused', () => {
  expect(() => build(linkOf({ paths: [circuits('DEDICATED', [1, 1])] }))).toThrow(/one maintenance takes both/);
});

test('a stretched segment is refused, and the alternative named', () => {
  const segment = { kind: 'segment', id: 'primary', preference: 1, mtu: 1500, vlan: 5, cidr: '10.9.0.0/24' } as const;
  const paths = [{ ...segment, local: [], remote: [], end: {} }];
  expect(() => build(linkOf({ paths }))).toThrow(/no stretched segments.*vpn or circuit/);
});
