import type { ErrorTexts, SimulatedError, SimulatedObject, SimulationContext } from '../../../contract/simulation';

/** How the provider says what it was doing: its words for the thing, the API's service, and the API's operations. */
interface Wording {
  readonly what: string;
  readonly service: string;
  readonly create: string;
  readonly update?: string;
  readonly remove?: string;
}

const ec2 = (what: string, create: string, remove = create.replace(/^(Create|Allocate|Run)/, 'Delete')): Wording => ({
  what,
  service: 'EC2',
  create,
  remove,
});
const other = (service: string, what: string, create: string, remove: string): Wording => ({
  what,
  service,
  create,
  remove,
});
const elb = (what: string, object: string): Wording =>
  other('Elastic Load Balancing v2', what, `Create${object}`, `Delete${object}`);
const iam = (what: string, object: string): Wording => other('IAM', what, `Create${object}`, `Delete${object}`);
const directConnect = (what: string, object: string): Wording =>
  other('Direct Connect', what, `Create${object}`, `Delete${object}`);

/** Read in the provider's sources, internal/service, at v5.100.0. */
const wordings: Readonly<Record<string, Wording>> = {
  aws_vpc: ec2('EC2 VPC', 'CreateVpc'),
  aws_subnet: ec2('EC2 Subnet', 'CreateSubnet'),
  aws_ec2_subnet_cidr_reservation: ec2('EC2 Subnet CIDR Reservation', 'CreateSubnetCidrReservation'),
  aws_internet_gateway: ec2('EC2 Internet Gateway', 'CreateInternetGateway'),
  aws_nat_gateway: ec2('EC2 NAT Gateway', 'CreateNatGateway'),
  aws_route_table: ec2('Route Table', 'CreateRouteTable'),
  aws_route: ec2('Route', 'CreateRoute'),
  aws_route_table_association: ec2('Route Table Association', 'AssociateRouteTable', 'DisassociateRouteTable'),
  aws_eip: ec2('EC2 EIP', 'AllocateAddress', 'ReleaseAddress'),
  aws_eip_association: ec2('EC2 EIP Association', 'AssociateAddress', 'DisassociateAddress'),
  aws_instance: ec2('EC2 Instance', 'RunInstances', 'TerminateInstances'),
  aws_placement_group: ec2('EC2 Placement Group', 'CreatePlacementGroup'),
  aws_security_group: ec2('Security Group', 'CreateSecurityGroup'),
  aws_vpc_security_group_ingress_rule: ec2(
    'VPC Security Group Rule',
    'AuthorizeSecurityGroupIngress',
    'RevokeSecurityGroupIngress',
  ),
  aws_vpc_security_group_egress_rule: ec2(
    'VPC Security Group Rule',
    'AuthorizeSecurityGroupEgress',
    'RevokeSecurityGroupEgress',
  ),
  aws_launch_template: ec2('EC2 Launch Template', 'CreateLaunchTemplate'),
  aws_ec2_transit_gateway: ec2('EC2 Transit Gateway', 'CreateTransitGateway'),
  aws_ec2_transit_gateway_vpc_attachment: ec2(
    'EC2 Transit Gateway VPC Attachment',
    'CreateTransitGatewayVpcAttachment',
  ),
  aws_ec2_transit_gateway_route_table: ec2('EC2 Transit Gateway Route Table', 'CreateTransitGatewayRouteTable'),
  aws_ec2_transit_gateway_route_table_association: ec2(
    'EC2 Transit Gateway Route Table Association',
    'AssociateTransitGatewayRouteTable',
    'DisassociateTransitGatewayRouteTable',
  ),
  aws_ec2_transit_gateway_route_table_propagation: ec2(
    'EC2 Transit Gateway Route Table Propagation',
    'EnableTransitGatewayRouteTablePropagation',
    'DisableTransitGatewayRouteTablePropagation',
  ),
  aws_customer_gateway: ec2('EC2 Customer Gateway', 'CreateCustomerGateway'),
  aws_vpn_connection: ec2('EC2 VPN Connection', 'CreateVpnConnection'),
  aws_lb: elb('ELBv2 network Load Balancer', 'LoadBalancer'),
  aws_lb_listener: elb('ELBv2 Listener', 'Listener'),
  aws_lb_target_group: elb('ELBv2 Target Group', 'TargetGroup'),
  aws_lb_target_group_attachment: other(
    'Elastic Load Balancing v2',
    'ELBv2 Target',
    'RegisterTargets',
    'DeregisterTargets',
  ),
  aws_autoscaling_group: other(
    'Auto Scaling',
    'Auto Scaling Group',
    'CreateAutoScalingGroup',
    'DeleteAutoScalingGroup',
  ),
  aws_autoscaling_policy: other('Auto Scaling', 'Auto Scaling Policy', 'PutScalingPolicy', 'DeletePolicy'),
  aws_autoscaling_lifecycle_hook: other(
    'Auto Scaling',
    'Auto Scaling Lifecycle Hook',
    'PutLifecycleHook',
    'DeleteLifecycleHook',
  ),
  aws_iam_role: iam('IAM Role', 'Role'),
  aws_iam_instance_profile: iam('IAM Instance Profile', 'InstanceProfile'),
  aws_iam_role_policy: other('IAM', 'IAM Role Policy', 'PutRolePolicy', 'DeleteRolePolicy'),
  aws_iam_role_policy_attachment: other('IAM', 'IAM Role Policy', 'AttachRolePolicy', 'DetachRolePolicy'),
  aws_dx_gateway: directConnect('Direct Connect Gateway', 'DirectConnectGateway'),
  aws_dx_gateway_association: directConnect('Direct Connect Gateway Association', 'DirectConnectGatewayAssociation'),
  aws_dx_transit_virtual_interface: directConnect(
    'Direct Connect Transit Virtual Interface',
    'TransitVirtualInterface',
  ),
  aws_route53_record: other('Route 53', 'Route53 Record', 'ChangeResourceRecordSets', 'ChangeResourceRecordSets'),
  aws_s3_bucket: other('S3', 'S3 Bucket', 'CreateBucket', 'DeleteBucket'),
};

const unknownWording = (type: string): Wording => ({ what: type, service: 'EC2', create: 'Create', remove: 'Delete' });

/** An error of the API as the provider prints it, from create (or update, once the object exists). */
export function apiError(
  self: SimulatedObject,
  context: SimulationContext,
  code: string,
  message: string,
  status = 400,
): SimulatedError {
  const wording = wordings[self.type] ?? unknownWording(self.type);
  return { summary: `creating ${wording.what}: ${answer(wording, wording.create, context, status, code, message)}` };
}

export function deleteError(
  self: SimulatedObject,
  context: SimulationContext,
  code: string,
  message: string,
  status = 400,
): SimulatedError {
  const wording = wordings[self.type] ?? unknownWording(self.type);
  const operation = wording.remove ?? wording.create;
  return {
    summary: `deleting ${wording.what} (${self.id}): ${answer(wording, operation, context, status, code, message)}`,
  };
}

function answer(
  { service }: Wording,
  operation: string,
  context: SimulationContext,
  status: number,
  code: string,
  message: string,
): string {
  const request = `https response error StatusCode: ${status}, RequestID: ${context.uuid('request')}`;
  return `operation error ${service}: ${operation}, ${request}, api error ${code}: ${message}`;
}

/** Codes of objects that are not there, by the type that was looked for. */
const notFound: Readonly<Record<string, readonly [string, (value: string) => string]>> = {
  aws_vpc: ['InvalidVpcID.NotFound', (id) => `The vpc ID '${id}' does not exist`],
  aws_subnet: ['InvalidSubnetID.NotFound', (id) => `The subnet ID '${id}' does not exist`],
  aws_route_table: ['InvalidRouteTableID.NotFound', (id) => `The routeTable ID '${id}' does not exist`],
  aws_internet_gateway: ['InvalidInternetGatewayID.NotFound', (id) => `The internetGateway ID '${id}' does not exist`],
  aws_nat_gateway: ['InvalidNatGatewayID.NotFound', (id) => `The natGateway ID '${id}' does not exist`],
  aws_security_group: ['InvalidGroup.NotFound', (id) => `The security group '${id}' does not exist`],
  aws_instance: ['InvalidInstanceID.NotFound', (id) => `The instance ID '${id}' does not exist`],
  aws_placement_group: ['InvalidPlacementGroup.Unknown', (name) => `The Placement Group '${name}' is unknown.`],
  aws_eip: ['InvalidAllocationID.NotFound', (id) => `The allocation ID '${id}' does not exist`],
  aws_launch_template: [
    'InvalidLaunchTemplateId.NotFoundException',
    (id) => `The specified launch template, with template ID ${id}, does not exist.`,
  ],
  aws_ec2_transit_gateway: [
    'InvalidTransitGatewayID.NotFound',
    (id) => `Transit Gateway ${id} was deleted or does not exist.`,
  ],
  aws_ec2_transit_gateway_route_table: [
    'InvalidRouteTableID.NotFound',
    (id) => `Transit Gateway Route Table ${id} was deleted or does not exist.`,
  ],
  transit_gateway_attachment: [
    'InvalidTransitGatewayAttachmentID.NotFound',
    (id) => `Transit Gateway Attachment ${id} was deleted or does not exist.`,
  ],
  aws_customer_gateway: ['InvalidCustomerGatewayID.NotFound', (id) => `The customerGateway ID '${id}' does not exist`],
  aws_iam_instance_profile: [
    'InvalidParameterValue',
    (name) => `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
  ],
  aws_iam_role: ['NoSuchEntity', (name) => `The role with name ${name} cannot be found.`],
  aws_lb: ['LoadBalancerNotFound', (arn) => `Load balancer '${arn}' not found`],
  aws_lb_target_group: ['TargetGroupNotFound', (arn) => `Target group '${arn}' not found`],
  aws_autoscaling_group: [
    'ValidationError',
    (name) => `AutoScalingGroup name not found - AutoScalingGroup ${name} not found`,
  ],
  aws_dx_gateway: ['DirectConnectClientException', (id) => `Direct Connect Gateway ${id} does not exist.`],
  aws_s3_bucket: ['NoSuchBucket', () => 'The specified bucket does not exist'],
};

const withDependencies =
  (what: string) =>
  (id: string): string =>
    `The ${what} '${id}' has dependencies and cannot be deleted.`;

/** What EC2 says of an object that another needs, as quoted in hashicorp/terraform-provider-aws, issue 18559 and others. */
const dependents: Readonly<Record<string, (id: string) => string>> = {
  aws_vpc: withDependencies('vpc'),
  aws_subnet: withDependencies('subnet'),
  aws_route_table: withDependencies('routeTable'),
  aws_internet_gateway: withDependencies('internetGateway'),
};

export const errors: ErrorTexts = {
  missing: ({ self, context, value, wanted = '' }) => {
    const [code, message] = notFound[wanted] ?? ['InvalidParameterValue', (id: string) => `${id} does not exist`];
    return apiError(self, context, code, message(value));
  },
  inUse: ({ self, context }) =>
    deleteError(
      self,
      context,
      'DependencyViolation',
      dependents[self.type]?.(self.id) ?? `resource ${self.id} has a dependent object`,
    ),
  taken: ({ self, context, value }) => apiError(self, context, 'AlreadyExists', `${value} already exists`, 409),
  quota: ({ self, context, wanted }) => {
    const [code, message] = quotaTexts[wanted ?? ''] ?? ['LimitExceeded', 'The maximum number has been reached.'];
    return apiError(self, context, code, message);
  },
  notFound: () => ({
    summary: 'Your query returned no results. Please change your search criteria and try again.',
  }),
};

/** What the API says at a quota's end, by the quota's code. */
export const quotaTexts: Readonly<Record<string, readonly [string, string]>> = {
  'L-0263D0A3': ['AddressLimitExceeded', 'The maximum number of addresses has been reached.'],
  'L-1216C47A': [
    'VcpuLimitExceeded',
    'You have requested more vCPU capacity than your current vCPU limit allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.',
  ],
  'L-69A177A2': ['TooManyLoadBalancers', 'The maximum number of load balancers has been reached'],
  'L-F678F1CE': ['VpcLimitExceeded', 'The maximum number of VPCs has been reached.'],
  'L-A2478D36': ['TransitGatewayLimitExceeded', 'You have reached the limit of Transit Gateways for this account.'],
  'L-3E6EC3A3': ['VpnConnectionLimitExceeded', 'The maximum number of VPN connections has been reached.'],
};
