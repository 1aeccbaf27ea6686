import type {
  BilledItem,
  Billing,
  BillingRule,
  PlannedResource,
  PriceSheet,
  ProviderPricing,
  Range,
} from '../../contract/pricing';
import {
  always,
  companion,
  forTypes,
  free,
  item,
  listed,
  numberAt,
  textAt,
  timesAll,
  unknown,
  valueAt,
} from '../../util/billing';
import sheet from './prices.json';
import { settingsOf } from './settings';

/** Metrics of detailed monitoring for which one machine is charged: https://aws.amazon.com/cloudwatch/pricing/ as users quote it, read 2026-11-21. */
const detailedMetrics = 7;

const machine: BillingRule = (resource) =>
  described(textAt(resource, 'instance_type'), {
    disk: textAt(resource, 'root_block_device', 0, 'volume_type'),
    diskGiB: numberAt(resource, 'root_block_device', 0, 'volume_size'),
    isDetailed: valueAt(resource, 'monitoring') === true,
  });

/** An elastic fleet, at its smallest and at its largest; the machines are those of its launch template. */
const fleet: BillingRule = (resource, { stack }) => {
  const template = companion(stack, 'aws_launch_template', {
    attributes: ['id'],
    value: textAt(resource, 'launch_template', 0, 'id'),
    name: textAt(resource, 'name'),
  });
  const count = countOf(resource);
  if (!template || !count) return unknown('its launch template or its size is not in this stack');
  const one = described(textAt(template, 'instance_type'), {
    disk: textAt(template, 'block_device_mappings', 0, 'ebs', 0, 'volume_type'),
    diskGiB: numberAt(template, 'block_device_mappings', 0, 'ebs', 0, 'volume_size'),
    isDetailed: isOn(valueAt(template, 'monitoring', 0, 'enabled')),
  });
  return one.kind === 'list' ? listed(timesAll(one.items, count)) : one;
};

/** The provider keeps some switches as text. */
const isOn = (value: unknown): boolean => value === true || value === 'true';

function countOf(resource: PlannedResource): Range | undefined {
  const min = numberAt(resource, 'min_size');
  const max = numberAt(resource, 'max_size');
  return min === undefined || max === undefined ? undefined : { min, max };
}

interface Described {
  readonly disk: string | undefined;
  readonly diskGiB: number | undefined;
  readonly isDetailed: boolean;
}

function described(type: string | undefined, { disk, diskGiB, isDetailed }: Described): Billing {
  if (type === undefined) return unknown('its machine type is known only after apply');
  if (disk === undefined || diskGiB === undefined) return unknown('kind or size of its root disk is not planned');
  const metrics: BilledItem[] = isDetailed ? [item('metric', detailedMetrics)] : [];
  return listed([item(`machine/${type}`), item(`disk/${disk}`, diskGiB), ...metrics]);
}

/** Every kind of attachment is charged, that of a connection beside the connection: https://aws.amazon.com/transit-gateway/pricing/ */
const attachment = always('transit-gateway-attachment');

const vpn: BillingRule = (resource) =>
  textAt(resource, 'vpn_gateway_id') === undefined
    ? listed([item('vpn-connection'), item('transit-gateway-attachment')])
    : listed([item('vpn-connection')]);

const directConnect: BillingRule = (resource, context) =>
  textAt(resource, 'associated_gateway_type') === 'virtualPrivateGateway'
    ? { kind: 'free' }
    : attachment(resource, context);

const loadBalancer: BillingRule = (resource) =>
  textAt(resource, 'load_balancer_type') === 'network'
    ? listed([item('network-load-balancer')])
    : unknown('only network load balancers are known');

/** Rules, routes, names and roles; lines whose ports are a contract of the topology; records and buckets, which are paid for by use. */
const freeTypes = [
  'aws_autoscaling_lifecycle_hook',
  'aws_autoscaling_policy',
  'aws_customer_gateway',
  'aws_dx_gateway',
  'aws_dx_transit_virtual_interface',
  'aws_ec2_subnet_cidr_reservation',
  'aws_ec2_transit_gateway',
  'aws_ec2_transit_gateway_route_table',
  'aws_ec2_transit_gateway_route_table_association',
  'aws_ec2_transit_gateway_route_table_propagation',
  'aws_eip_association',
  'aws_iam_instance_profile',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_internet_gateway',
  'aws_launch_template',
  'aws_lb_listener',
  'aws_lb_target_group',
  'aws_lb_target_group_attachment',
  'aws_placement_group',
  'aws_route',
  'aws_route53_record',
  'aws_route_table',
  'aws_route_table_association',
  'aws_s3_bucket',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_security_group',
  'aws_subnet',
  'aws_vpc',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
];

const standard: Readonly<Record<string, BillingRule>> = {
  ...forTypes(freeTypes, free),
  aws_autoscaling_group: fleet,
  aws_dx_gateway_association: directConnect,
  aws_ec2_transit_gateway_vpc_attachment: attachment,
  aws_eip: always('address'),
  aws_instance: machine,
  aws_lb: loadBalancer,
  aws_nat_gateway: always('nat-gateway'),
  aws_vpn_connection: vpn,
};

export const pricing: ProviderPricing = {
  sheet: sheet as PriceSheet,
  billed: (site) => ({ place: settingsOf(site).region }),
  place: (resource) =>
    textAt(resource, 'region') ?? textAt(resource, 'availability_zone')?.replace(/[a-z]$/, '') ?? regionOfArn(resource),
  rules: { standard },
};

/** `arn:aws:ec2:ap-northeast-1:...` */
const regionOfArn = (resource: PlannedResource): string | undefined =>
  textAt(resource, 'arn')?.split(':')[3] || undefined;
