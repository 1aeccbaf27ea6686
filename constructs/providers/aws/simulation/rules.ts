import type { SimulatedResource, SimulatedRule } from '../../../contract/simulation';
import taggedTypes from '../data/tagged-types.json';
import { reservedInsideBlocks } from '../link-problems';

type Rules = Readonly<Record<string, SimulatedRule>>;

/** A regular expression for whole numbers with as many digits as both bounds. */
function decimals(from: string, to: string): string {
  if (from === '') return '';
  const [low, high, rest] = [Number(from[0]), Number(to[0]), from.length - 1];
  if (low === high) return `${low}${decimals(from.slice(1), to.slice(1))}`;
  const between = low + 1 < high ? [`[${low + 1}-${high - 1}]\\d{${rest}}`] : [];
  const first = `${low}${decimals(from.slice(1), '9'.repeat(rest))}`;
  const last = `${high}${decimals('0'.repeat(rest), to.slice(1))}`;
  return `(?:${[first, ...between, last].join('|')})`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names */
const iamName: SimulatedRule = { pattern: '^[\\w+=,.@-]*$' };

/** RFC 6793; the provider takes 0 as well. */
const asn: SimulatedRule = { pattern: `^0*(?:\\d{1,9}|${decimals('1000000000', '4294967295')})$` };

/** https://docs.aws.amazon.com/directconnect/latest/APIReference/API_CreateDirectConnectGateway.html, and older numbers of AWS's own. */
const amazonAsn: SimulatedRule = {
  pattern: `^(?:7224|9059|10124|17493|${decimals('64512', '65534')}|${decimals('4200000000', '4294967294')})$`,
};

/** https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc_security_group_ingress_rule */
const peerRule: Rules = {
  cidr_ipv4: { exactlyOneOf: ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'] },
};

const ipv4Network: SimulatedRule = { format: 'ipv4_network' };
const ipv6Network: SimulatedRule = { format: 'ipv6_network' };
const networksOf = (direction: 'ingress' | 'egress'): Rules => ({
  [`${direction}.cidr_blocks`]: ipv4Network,
  [`${direction}.ipv6_cidr_blocks`]: ipv6Network,
});

const needs = (name: string, ...others: readonly string[]): Rules => ({ [name]: { requiredWith: [...others, name] } });

const routingPolicies = ['cidr', 'failover', 'geolocation', 'geoproximity', 'latency', 'multivalue_answer', 'weighted'];

/** https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
const tunnel = (number: 1 | 2): Rules => ({
  [`tunnel${number}_inside_cidr`]: {
    format: 'ipv4_network',
    pattern: `^(?!(?:${reservedInsideBlocks.join('|').replaceAll('.', '\\.')})$)169\\.254\\.\\d+\\.\\d+/30$`,
  },
  [`tunnel${number}_preshared_key`]: { pattern: '^(?!0)[0-9A-Za-z._]*$' },
});

/**
 * What the provider refuses before it calls AWS and the schema facts do not hold, because it words it freely. Each was
 * asked of hashicorp/aws 5.100.0 by `terraform validate` on 2026-11-20; links lead to where AWS says the same.
 */
const rules: Readonly<Record<string, Rules>> = {
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  aws_lb: { name: { pattern: '^(?!-|internal-)[0-9A-Za-z-]*(?<!-)$' } },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
  aws_lb_target_group: {
    name: { pattern: '^(?!-)[0-9A-Za-z-]*(?<!-)$' },
    'health_check.path': { pattern: '^/' },
    // 65536 is the provider's own bound.
    'health_check.port': { pattern: `^(?:traffic-port|[1-9]\\d{0,3}|${decimals('10000', '65536')})$` },
  },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
  aws_lb_listener: { port: { min: 1, max: 65_535 } },
  aws_iam_role: { name: iamName },
  aws_iam_instance_profile: { name: iamName },
  aws_iam_role_policy: { name: iamName },
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
  aws_launch_template: {
    name: { pattern: '^[0-9A-Za-z()./_-]*$' },
    'tag_specifications.resource_type': { oneOf: taggedTypes.types },
  },
  // https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html
  aws_customer_gateway: { bgp_asn: asn, bgp_asn_extended: asn },
  aws_dx_gateway: { amazon_side_asn: amazonAsn },
  aws_vpn_connection: { ...tunnel(1), ...tunnel(2) },
  aws_vpc_security_group_ingress_rule: peerRule,
  aws_vpc_security_group_egress_rule: peerRule,
  // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/vpc
  aws_vpc: {
    cidr_block: { pattern: '/(?:1[6-9]|2[0-8])$' },
    ...needs('ipv4_netmask_length', 'ipv4_ipam_pool_id'),
    ...needs('ipv6_cidr_block', 'ipv6_ipam_pool_id'),
    ...needs('ipv6_netmask_length', 'ipv6_ipam_pool_id'),
    ...needs('ipv6_cidr_block_network_border_group', 'assign_generated_ipv6_cidr_block'),
  },
  // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/subnet; the third, `outpost_arn`, may stand alone.
  aws_subnet: {
    ...needs('customer_owned_ipv4_pool', 'map_customer_owned_ip_on_launch', 'outpost_arn'),
    ...needs('map_customer_owned_ip_on_launch', 'customer_owned_ipv4_pool', 'outpost_arn'),
  },
  // Arguments whose blocks are attributes: the facts look at such an argument as a whole.
  aws_route_table: { 'route.cidr_block': ipv4Network, 'route.ipv6_cidr_block': ipv6Network },
  aws_security_group: { ...networksOf('ingress'), ...networksOf('egress') },
  // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route53_record
  aws_route53_record: {
    ...needs('ttl', 'records'),
    ...Object.fromEntries(
      routingPolicies.flatMap((name) => Object.entries(needs(`${name}_routing_policy`, 'set_identifier'))),
    ),
  },
};

/** The types with their rules beside what they do. */
export function withRules(types: Readonly<Record<string, SimulatedResource>>): Record<string, SimulatedResource> {
  const ruled = Object.entries(rules).map(([type, own]) => [type, { ...types[type], rules: own }] as const);
  return { ...types, ...Object.fromEntries(ruled) };
}
