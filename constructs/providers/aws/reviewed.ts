import {
  type Opening,
  type ReviewedTypes,
  type ReviewedValues,
  blocksOf,
  portsText,
  textsOf,
} from '../../contract/review';
import { permissionsOf, refusalsOf } from './permissions';

const network = { kind: 'network' } as const;
const link = { kind: 'link' } as const;
const member = { kind: 'member' } as const;
const aid = { kind: 'aid' } as const;
const deletionProtection = [{ path: 'deletion_protection' }] as const;

function ruleOpens(values: ReviewedValues): Opening[] {
  const what = portsText(values.ip_protocol ?? values.protocol, values.from_port, values.to_port);
  const from = textsOf([values.cidr_ipv4, values.cidr_ipv6, values.cidr_blocks, values.ipv6_cidr_blocks]);
  return values.type === 'egress' ? [] : from.map((prefix) => ({ what, from: prefix }));
}

const publiclyAccessible = ({ publicly_accessible: open }: ReviewedValues): Opening[] =>
  open === true ? [{ what: 'the database', from: '0.0.0.0/0' }] : [];

/** Any of the four switches that is off lets a policy or a list open the bucket. */
function publicBlockOpens(values: ReviewedValues): Opening[] {
  const switches = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];
  return switches.flatMap((name) => (values[name] === true ? [] : [{ what: `${name} is off`, from: '*' }]));
}

const aclOpens = ({ acl }: ReviewedValues): Opening[] =>
  typeof acl === 'string' && acl.startsWith('public') ? [{ what: acl, from: '*' }] : [];

const managedPolicy = ({ role, roles, user, users, group, groups, policy_arn: policy }: ReviewedValues): string[] =>
  textsOf([role, roles, user, users, group, groups]).map((who) => `${who}: ${textsOf(policy).join()}`);

const roleGrants = ({
  assume_role_policy: trust,
  managed_policy_arns: managed,
  inline_policy: inline,
}: ReviewedValues): string[] => [
  ...permissionsOf(trust),
  ...textsOf(managed),
  ...blocksOf(inline).flatMap(({ policy: text }) => permissionsOf(text)),
];

const networkRuleOpens = (values: ReviewedValues): Opening[] =>
  values.rule_action === 'allow' && values.egress !== true
    ? textsOf([values.cidr_block, values.ipv6_cidr_block]).map((from) => ({
        what: portsText(values.protocol, values.from_port, values.to_port),
        from,
      }))
    : [];

const policy = (attribute: string) => (values: ReviewedValues) => permissionsOf(values[attribute]);
const refusals = (attribute: string) => (values: ReviewedValues) => refusalsOf(values[attribute]);
const bucket = { kind: 'storage', stateful: true } as const;
const database = { kind: 'storage', stateful: true, protections: deletionProtection } as const;

/**
 * Types that the adapter emits, then such as other people's plans have and that hold data or let somebody in.
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
export const reviewedTypes: ReviewedTypes = {
  aws_autoscaling_group: {
    kind: 'fleet',
    rolls: ['launch_template', 'mixed_instances_policy', 'launch_configuration'],
  },
  aws_autoscaling_lifecycle_hook: aid,
  aws_autoscaling_policy: aid,
  aws_customer_gateway: link,
  aws_dx_gateway: link,
  aws_dx_gateway_association: link,
  aws_dx_transit_virtual_interface: link,
  aws_ec2_subnet_cidr_reservation: aid,
  aws_ec2_transit_gateway: network,
  aws_ec2_transit_gateway_route_table: network,
  aws_ec2_transit_gateway_route_table_association: network,
  aws_ec2_transit_gateway_route_table_propagation: network,
  aws_ec2_transit_gateway_vpc_attachment: network,
  aws_eip: { kind: 'address', addresses: ['public_ip'] },
  aws_eip_association: member,
  aws_iam_instance_profile: { kind: 'identity' },
  aws_iam_role: { kind: 'identity', grants: roleGrants },
  aws_iam_role_policy: { kind: 'identity', grants: policy('policy'), denies: refusals('policy') },
  aws_iam_role_policy_attachment: { kind: 'identity', grants: managedPolicy },
  aws_instance: {
    kind: 'machine',
    restarts: ['instance_type', 'user_data', 'user_data_base64', 'cpu_options', 'placement_group'],
    protections: [{ path: 'disable_api_termination' }],
    addresses: ['private_ip', 'public_ip'],
  },
  aws_internet_gateway: network,
  aws_launch_template: { kind: 'template' },
  aws_lb: { kind: 'balancer', protections: [{ path: 'enable_deletion_protection' }] },
  aws_lb_listener: { kind: 'balancer' },
  aws_lb_target_group: { kind: 'balancer' },
  aws_lb_target_group_attachment: member,
  aws_nat_gateway: { kind: 'network', addresses: ['public_ip'] },
  aws_placement_group: aid,
  aws_route: network,
  aws_route_table: network,
  aws_route_table_association: network,
  aws_s3_bucket_server_side_encryption_configuration: aid,
  aws_s3_bucket_versioning: { kind: 'storage' },
  aws_security_group: {
    kind: 'firewall',
    opens: ({ ingress }) => blocksOf(ingress).flatMap(ruleOpens),
  },
  aws_subnet: network,
  aws_vpc: network,
  aws_vpc_security_group_egress_rule: { kind: 'firewall' },
  aws_vpc_security_group_ingress_rule: { kind: 'firewall', opens: ruleOpens },
  aws_vpn_connection: { kind: 'link', addresses: ['tunnel1_address', 'tunnel2_address'] },

  aws_db_instance: {
    ...database,
    restarts: ['instance_class', 'engine_version', 'parameter_group_name'],
    opens: publiclyAccessible,
  },
  aws_rds_cluster: database,
  aws_rds_cluster_instance: { kind: 'storage', opens: publiclyAccessible },
  aws_docdb_cluster: database,
  aws_neptune_cluster: database,
  aws_dynamodb_table: { ...bucket, protections: [{ path: 'deletion_protection_enabled' }] },
  aws_ebs_volume: bucket,
  aws_efs_file_system: bucket,
  aws_elasticache_cluster: bucket,
  aws_elasticache_replication_group: bucket,
  aws_elasticsearch_domain: bucket,
  aws_opensearch_domain: bucket,
  aws_kinesis_stream: bucket,
  aws_kms_key: {
    kind: 'identity',
    stateful: true,
    grants: policy('policy'),
  },
  aws_msk_cluster: bucket,
  aws_redshift_cluster: { ...bucket, opens: publiclyAccessible },
  aws_s3_bucket: {
    kind: 'storage',
    stateful: true,
    protections: [{ path: 'force_destroy', on: false }],
    opens: aclOpens,
    grants: policy('policy'),
  },
  aws_s3_bucket_acl: { kind: 'firewall', opens: aclOpens },
  aws_s3_bucket_policy: { kind: 'identity', grants: policy('policy'), denies: refusals('policy') },
  aws_s3_bucket_public_access_block: { kind: 'firewall', opens: publicBlockOpens },
  aws_secretsmanager_secret: { kind: 'storage', stateful: true },
  aws_sqs_queue: { kind: 'storage', stateful: true, grants: policy('policy') },
  aws_iam_policy: { kind: 'identity', grants: policy('policy'), denies: refusals('policy') },
  aws_iam_policy_attachment: { kind: 'identity', grants: managedPolicy },
  aws_iam_user_policy: { kind: 'identity', grants: policy('policy') },
  aws_iam_group_policy: { kind: 'identity', grants: policy('policy') },
  aws_iam_user_policy_attachment: { kind: 'identity', grants: managedPolicy },
  aws_iam_group_policy_attachment: { kind: 'identity', grants: managedPolicy },
  aws_network_acl_rule: { kind: 'firewall', opens: networkRuleOpens },
  aws_route53_record: { kind: 'name', name: 'name', addresses: ['records'] },
  aws_route53_zone: { kind: 'name', name: 'name', stateful: true },
  aws_security_group_rule: { kind: 'firewall', opens: ruleOpens },
  aws_cloudwatch_log_group: { kind: 'storage', stateful: true },
  aws_alb: { kind: 'balancer', protections: [{ path: 'enable_deletion_protection' }] },
};
