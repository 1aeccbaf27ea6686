import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulation } from '../../../../constructs/providers/aws/simulation';
import { readFacts } from '../../../../scripts/sandbox/facts';
import { withRules } from '../../../../scripts/sandbox/more-rules';
import { validate } from '../../../../scripts/sandbox/rules';
import { withBlocks } from '../../../../scripts/sandbox/schema';
import type { Fields } from '../../../../scripts/sandbox/values';
import { run, Workbench } from '../../../scripts/sandbox/workbench';
import { terraformBinary } from '../../../support/programs';
import { describeWith, requirement } from '../../../support/requirements';

const facts = readFacts(join(__dirname, '../../../../constructs/providers/aws/schema/aws@5.100.0.json'));

/** What the sandbox says is wrong with a configuration. */
function refused(type: string, config: Fields): readonly string[] {
  const known = facts.resources[type];
  if (!known) throw new Error(`no facts of ${type}`);
  const ruled = withRules(known, simulation.resources[type]?.rules);
  return validate(ruled, withBlocks(ruled.block, config)).map(({ summary }) => summary);
}

const balancer = { load_balancer_type: 'network', subnets: ['subnet-0'] };
const record = { zone_id: 'Z0', name: 'a.example.com', type: 'A' };
const answers = { ...record, ttl: 30, records: ['192.0.2.1'] };
const vpc = { cidr_block: '10.0.0.0/16' };
const rule = { security_group_id: 'sg-0', ip_protocol: '-1' };
const template = (type: string): Fields => ({ name: 'abc', tag_specifications: [{ resource_type: type }] });
const probe = (check: Fields): Fields => ({ port: 1, protocol: 'TCP', vpc_id: 'vpc-0', health_check: [check] });
const dual = { cidr_ipv4: '10.0.0.0/8', referenced_security_group_id: 'sg-1' };
const weighted = { weighted_routing_policy: [{ weight: 1 }] };

/** An argument whose blocks are attributes names all of them. */
const noRoute: Fields = Object.fromEntries(
  [
    ...['carrier_gateway_id', 'cidr_block', 'core_network_arn', 'destination_prefix_list_id', 'egress_only_gateway_id'],
    ...['local_gateway_id', 'nat_gateway_id', 'network_interface_id', 'transit_gateway_id', 'vpc_endpoint_id'],
    'vpc_peering_connection_id',
  ].map((name) => [name, null]),
);

/** What the provider refuses, and beside it what it takes: both asked of the real provider below. */
const table: readonly (readonly [string, string, Fields, Fields])[] = [
  ['aws_lb', 'an underscore in its name', { ...balancer, name: 'a_b' }, { ...balancer, name: 'a-b' }],
  ['aws_lb', 'a hyphen first', { ...balancer, name: '-a' }, { ...balancer, name: 'a' }],
  ['aws_lb', 'a hyphen last', { ...balancer, name: 'a-' }, { ...balancer, name: '' }],
  ['aws_lb', 'a name of AWS', { ...balancer, name: 'internal-a' }, { ...balancer, name: 'internal' }],
  ['aws_lb', 'a long name', { ...balancer, name: 'a'.repeat(33) }, { ...balancer, name: 'a'.repeat(32) }],
  ['aws_lb_target_group', 'an underscore in its name', { name: 'a_b' }, { name: 'a-b' }],
  ['aws_lb_target_group', 'a hyphen last', { name: 'a-' }, { name: 'internal-a' }],
  ['aws_lb_target_group', 'port 0 to ask for health', probe({ port: '0' }), probe({ port: '8080' })],
  ['aws_lb_target_group', 'a port above all', probe({ port: '65537' }), probe({ port: '65535' })],
  ['aws_lb_target_group', 'a word for a port', probe({ port: 'x' }), probe({ port: 'traffic-port' })],
  ['aws_lb_target_group', 'a path without a slash', probe({ path: 'health' }), probe({ path: '/health' })],
  ['aws_lb_listener', 'port 0', listener(0), listener(1)],
  ['aws_lb_listener', 'a port above all', listener(65_536), listener(65_535)],
  ['aws_iam_role', 'a space in its name', role('a b'), role('a_b+=,.@-')],
  ['aws_iam_instance_profile', 'a slash in its name', { name: 'a/b' }, { name: 'a.b' }],
  ['aws_iam_role_policy', 'a space in its name', policy('a b'), policy('drain')],
  ['aws_launch_template', 'a space in its name', { name: 'a b' }, { name: 'a/b(c).d_e-f' }],
  ['aws_launch_template', 'tags for what has none', template('subnet-x'), template('volume')],
  ['aws_customer_gateway', 'a negative number', customer('-1'), customer('0')],
  ['aws_customer_gateway', 'a number of more than 32 bits', customer('4294967296'), customer('4294967295')],
  ['aws_customer_gateway', 'a word for a number', customer('x'), customer('64512')],
  ['aws_dx_gateway', 'a public number', direct('64511'), direct('64512')],
  ['aws_dx_gateway', 'the last of 16 bits', direct('65535'), direct('65534')],
  ['aws_dx_gateway', 'one below the private ones', direct('4199999999'), direct('4200000000')],
  ['aws_dx_gateway', 'the last of 32 bits', direct('4294967295'), direct('4294967294')],
  ['aws_vpn_connection', 'a reserved block inside', inside('169.254.0.0/30'), inside('169.254.10.0/30')],
  ['aws_vpn_connection', 'a larger block inside', inside('169.254.10.0/29'), inside('169.254.10.4/30')],
  ['aws_vpn_connection', 'a routed block inside', inside('10.0.0.0/30'), inside('169.254.20.0/30')],
  ['aws_vpn_connection', 'a key that starts with 0', key('0bcdefgh'), key('abcdefg0')],
  ['aws_vpn_connection', 'a key with a space', key('ab defgh'), key('ab.de_gh')],
  ['aws_vpn_connection', 'an address in its block inside', inside('169.254.10.1/30'), inside('169.254.10.0/30')],
  ['aws_vpc_security_group_ingress_rule', 'nobody to let in', rule, { ...rule, cidr_ipv4: '10.0.0.0/8' }],
  ['aws_vpc_security_group_ingress_rule', 'two to let in', { ...rule, ...dual }, { ...rule, prefix_list_id: 'pl-0' }],
  ['aws_vpc_security_group_egress_rule', 'nobody to let out to', rule, { ...rule, cidr_ipv4: '10.0.0.0/8' }],
  ['aws_vpc', 'a range that is too large', { cidr_block: '10.0.0.0/8' }, vpc],
  ['aws_vpc', 'an address in its range', { cidr_block: '10.0.0.1/16' }, vpc],
  ['aws_subnet', 'an address in its range', subnet('10.0.0.1/24'), subnet('10.0.0.0/24')],
  ['aws_subnet', 'a range of the other family', subnet('2001:db8::/64'), subnet('10.0.1.0/24')],
  ['aws_route', 'an address in its range', route('10.0.0.1/24'), route('10.0.0.0/24')],
  ['aws_ec2_transit_gateway_vpc_attachment', 'no subnet', attachment(), attachment('subnet-0')],
  ['aws_route_table', 'a range of the other family', inline('10.0.0.0/16'), inline('2001:db8::/48')],
  ['aws_security_group', 'a range of the other family', group('10.0.0.0/16'), group('2001:db8::/48')],
  ['aws_vpc', 'a length and no pool', { ipv4_netmask_length: 16 }, { ipv4_netmask_length: 16, ipv4_ipam_pool_id: 'x' }],
  ['aws_vpc', 'an IPv6 range and no pool', { ...vpc, ipv6_cidr_block: '2001:db8::/56' }, vpc],
  ['aws_vpc', 'an IPv6 length and no pool', { ...vpc, ipv6_netmask_length: 56 }, { ...vpc, ipv6_ipam_pool_id: 'x' }],
  ['aws_vpc', 'a border group and no IPv6', { ...vpc, ipv6_cidr_block_network_border_group: 'x' }, vpc],
  ['aws_subnet', 'a pool of a customer alone', { vpc_id: 'v', customer_owned_ipv4_pool: 'x' }, { vpc_id: 'v' }],
  [
    'aws_subnet',
    'addresses of a customer alone',
    { vpc_id: 'v', map_customer_owned_ip_on_launch: true },
    { vpc_id: 'v' },
  ],
  ['aws_route53_record', 'a time to live of nothing', { ...record, ttl: 30 }, answers],
  [
    'aws_route53_record',
    'a weight of nobody',
    { ...answers, ...weighted },
    { ...answers, ...weighted, set_identifier: 'a' },
  ],
];

function listener(port: number): Fields {
  const arn = 'arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/m/0123456789abcdef';
  return {
    load_balancer_arn: arn,
    port,
    protocol: 'TCP',
    default_action: [{ type: 'forward', target_group_arn: arn }],
  };
}
function role(name: string): Fields {
  return { name, assume_role_policy: '{}' };
}
function policy(name: string): Fields {
  return { name, role: 'x', policy: '{}' };
}
function customer(number: string): Fields {
  return { bgp_asn: number, type: 'ipsec.1', ip_address: '203.0.113.1' };
}
function direct(number: string): Fields {
  return { name: 'x', amazon_side_asn: number };
}
function vpn(more: Fields): Fields {
  return { customer_gateway_id: 'c', type: 'ipsec.1', transit_gateway_id: 't', ...more };
}
function inside(cidr: string): Fields {
  return vpn({ tunnel1_inside_cidr: cidr });
}
function subnet(cidr_block: string): Fields {
  return { vpc_id: 'vpc-0', cidr_block };
}
function route(destination_cidr_block: string): Fields {
  return { route_table_id: 'rtb-0', gateway_id: 'igw-0', destination_cidr_block };
}
function attachment(...subnet_ids: string[]): Fields {
  return { vpc_id: 'vpc-0', transit_gateway_id: 'tgw-0', subnet_ids };
}
function inline(ipv6_cidr_block: string): Fields {
  return { vpc_id: 'vpc-0', route: [{ ...noRoute, ipv6_cidr_block, gateway_id: 'igw-0' }] };
}
function group(cidr: string): Fields {
  const open = { description: null, from_port: 1, to_port: 1, protocol: 'tcp', self: null, prefix_list_ids: null };
  return { ingress: [{ ...open, cidr_blocks: null, security_groups: null, ipv6_cidr_blocks: [cidr] }] };
}
function key(text: string): Fields {
  return vpn({ tunnel2_preshared_key: text });
}

describe('the simulated AWS refuses, as its provider does,', () => {
  it.each(table)('of %s: %s', (type, _, wrong, right) => {
    expect(refused(type, wrong)).not.toEqual([]);
    expect(refused(type, right)).toEqual([]);
  });
});

interface Validation {
  readonly diagnostics: readonly { readonly severity: string; readonly address?: string }[];
}

describeWith([requirement('terraform'), requirement('aws-provider')], 'the real AWS provider', () => {
  const bench = new Workbench();
  afterAll(() => bench.close());

  it('refuses the same and takes the same', async () => {
    const resource: Record<string, Record<string, Fields>> = {};
    table.forEach(([type, , wrong, right], index) => {
      resource[type] = { ...resource[type], [`wrong-${index}`]: wrong, [`right-${index}`]: right };
    });
    const required_providers = { aws: { source: 'hashicorp/aws', version: facts.version } };
    const stack = { terraform: { required_providers }, provider: { aws: { region: 'ap-northeast-1' } }, resource };
    writeFileSync(join(bench.folder, 'main.tf.json'), JSON.stringify(stack));
    expect(await run(terraformBinary() ?? '', ['init', '-input=false'], bench.folder, {})).toMatchObject({ code: 0 });
    const { output } = await run(terraformBinary() ?? '', ['validate', '-json'], bench.folder, {});
    const errors = (JSON.parse(output) as Validation).diagnostics.filter(({ severity }) => severity === 'error');
    const expected = table.map(([type], index) => `${type}.wrong-${index}`);
    expect(new Set(errors.map(({ address }) => address))).toEqual(new Set(expected));
  }, 120_000);
});
