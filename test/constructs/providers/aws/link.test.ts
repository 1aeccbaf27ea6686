import type { TerraformStack } from 'cdktf';
import type { LinkEndSpec } from '../../../../constructs/contract/link';
import { emitted, refusalOf, resolved, stackOf } from './emitted';
import { adapter, linkSpec, networkOf, tokyo } from './fixture';

const peers = ['203.0.113.10', '203.0.113.11'];
const network = networkOf();

function connected(change: (spec: LinkEndSpec) => Partial<LinkEndSpec> = () => ({})): TerraformStack {
  const stack = stackOf();
  const spec = linkSpec(stack);
  adapter.link(stack, 'end', { ...spec, ...change(spec) }).connect(peers);
  return stack;
}

describe('a VPN of AWS', () => {
  it('is a connection for each address of the peer, with two tunnels over BGP', () => {
    const stack = connected();
    expect(emitted(stack, 'aws_customer_gateway')).toMatchObject({
      'end_customer-gateway-0': { ip_address: '203.0.113.10', bgp_asn: '64513', type: 'ipsec.1' },
      'end_customer-gateway-1': { ip_address: '203.0.113.11' },
    });
    expect(emitted(stack, 'aws_vpn_connection')['end_vpn-1']).toMatchObject({
      transit_gateway_id: network['transit-gateway'],
      static_routes_only: false,
      tunnel1_inside_cidr: '169.254.32.12/30',
      tunnel2_inside_cidr: '169.254.32.16/30',
      tunnel1_preshared_key: '${var.psk-aws}',
      tunnel2_ike_versions: ['ikev2'],
      tunnel1_startup_action: 'start',
    });
  });

  it('has outside addresses that the peer can name before they are there', () => {
    const stack = stackOf();
    const end = adapter.link(stack, 'end', linkSpec(stack));
    expect(end.outsideAddresses).toHaveLength(4);
    end.connect(peers);
    expect(resolved(stack, end.outsideAddresses)).toEqual([
      expect.stringMatching(/^\$\{aws_vpn_connection\.end_vpn-0_\w+\.tunnel1_address\}$/),
      expect.stringMatching(/^\$\{aws_vpn_connection\.end_vpn-0_\w+\.tunnel2_address\}$/),
      expect.stringMatching(/^\$\{aws_vpn_connection\.end_vpn-1_\w+\.tunnel1_address\}$/),
      expect.stringMatching(/^\$\{aws_vpn_connection\.end_vpn-1_\w+\.tunnel2_address\}$/),
    ]);
  });

  it('writes a number above 2147483647 into the argument that takes it', () => {
    const stack = connected(() => ({ peer: { site: 'cage', asn: 4200000001, prefixes: [] } }));
    expect(emitted(stack, 'aws_customer_gateway')['end_customer-gateway-0']).toMatchObject({
      bgp_asn_extended: '4200000001',
    });
  });

  it('tells its peers of the site alone, and of other links only where the site is a transit', () => {
    const learners = (stack: TerraformStack): unknown[] =>
      Object.entries(emitted(stack, 'aws_ec2_transit_gateway_route_table_propagation'))
        .filter(([name]) => name.startsWith('end_vpn-0'))
        .map(([, propagation]) => propagation['transit_gateway_route_table_id']);
    expect(learners(connected())).toEqual([network['site-table']]);
    const transit = connected(() => ({ site: tokyo({ transit: true }) }));
    expect(new Set(learners(transit))).toEqual(new Set([network['site-table'], network['links-table']]));
  });

  it.each([
    ['a third tunnel to one address', { peerEndpoint: 0 }, 'too many tunnels to address 0 of cage (found 4). Bound: 2'],
    ['the second address of a tunnel', { inside: '169.254.32.6' }, 'AWS takes the first address inside a tunnel'],
    [
      'a block that AWS keeps',
      { insideCidr: '169.254.5.0/30', inside: '169.254.5.1' },
      'AWS keeps this block for itself',
    ],
  ])('refuses %s', (_what, change, text) => {
    const refused = refusalOf(() =>
      connected((spec) => ({
        paths: spec.paths.map((path) =>
          path.kind === 'vpn' ? { ...path, tunnels: path.tunnels.map((tunnel) => ({ ...tunnel, ...change })) } : path,
        ),
      })),
    );
    expect(refused).toContain(text);
  });
});

describe('a circuit of AWS', () => {
  it('is a transit virtual interface on an adopted connection, with the addresses as ordered', () => {
    expect(emitted(connected(), 'aws_dx_transit_virtual_interface')['end_primary-b']).toMatchObject({
      connection_id: 'dxcon-fg123452',
      vlan: 102,
      amazon_address: '169.254.100.9/30',
      customer_address: '169.254.100.10/30',
      bgp_asn: 64513,
      mtu: 1500,
    });
  });

  it('ends on a Direct Connect gateway with a number of its own, which tells the peer of the site', () => {
    const stack = connected();
    expect(emitted(stack, 'aws_dx_gateway')['end_primary-gateway']).toMatchObject({ amazon_side_asn: '4200000004' });
    expect(emitted(stack, 'aws_dx_gateway_association')['end_primary-association']).toMatchObject({
      associated_gateway_id: network['transit-gateway'],
      allowed_prefixes: ['10.68.0.0/16'],
    });
  });

  it('carries jumbo frames where the whole path does', () => {
    const stack = connected((spec) => ({
      paths: spec.paths.map((path) => (path.kind === 'circuit' ? { ...path, mtu: 9000 } : path)),
    }));
    expect(emitted(stack, 'aws_dx_transit_virtual_interface')['end_primary-a']).toMatchObject({ mtu: 8500 });
  });

  it('is refused with the number of the site', () => {
    const refused = refusalOf(() => connected(() => ({ site: tokyo({ asn: 4200000004 }) })));
    expect(refused).toContain('the Direct Connect gateway has the number of the site (found 4200000004)');
  });

  it('is never the backup of a VPN, which AWS would not have', () => {
    const refused = refusalOf(() =>
      connected((spec) => ({
        paths: spec.paths.map((path) => ({ ...path, preference: path.kind === 'vpn' ? 200 : 100 })),
      })),
    );
    expect(refused).toContain('AWS always prefers Direct Connect to a VPN');
  });
});

describe('a stretched segment', () => {
  it('is refused with the alternative', () => {
    const path = {
      kind: 'segment',
      id: 'primary',
      preference: 200,
      mtu: 1500,
      vlan: 5,
      cidr: '10.64.0.0/28',
      local: [],
      remote: [],
      end: {},
    } as const;
    expect(refusalOf(() => connected(() => ({ paths: [path] })))).toContain(
      'Make it a layer-3 link: a circuit (Direct Connect) or a VPN.',
    );
  });
});
