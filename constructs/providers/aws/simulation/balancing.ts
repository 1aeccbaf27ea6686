import type { SimulatedError, SimulatedFunction, SimulatedResource } from '../../../contract/simulation';
import { contains, isCidr } from '../../../util/cidr';
import { apiError, deleteError } from './errors';
import { arn, attribute, fixed, regionOf, subnetRange } from './identifiers';
import { addressInUse } from './network';
import { listenerErrors, targetGroupErrors } from './validation';

/** Arguments of application load balancers: the provider plans no defaults of theirs for a network one. */
const ofApplications = [
  'client_keep_alive',
  'desync_mitigation_mode',
  'drop_invalid_header_fields',
  'enable_http2',
  'enable_tls_version_and_cipher_suite_headers',
  'enable_waf_fail_open',
  'enable_xff_client_port',
  'idle_timeout',
  'preserve_host_header',
  'xff_header_processing_mode',
];

const balancer: SimulatedResource = {
  planned: {
    ...Object.fromEntries(ofApplications.map((name) => [name, () => null])),
    dns_record_client_routing_policy: () => 'any_availability_zone',
  },
  id: (self, context) =>
    arn(context, 'elasticloadbalancing', `loadbalancer/net/${self.text('name')}/${context.hex(16, 'balancer')}`),
  computed: {
    arn: (self) => self.id,
    arn_suffix: (self) => self.id.replace(/^.*:loadbalancer\//, ''),
    dns_name: (self, context) =>
      `${self.text('name')}-${self.id.split('/').pop() ?? ''}.elb.${regionOf(context)}.amazonaws.com`,
    subnets: (self) => self.blocks('subnet_mapping').map((block) => block['subnet_id'] ?? ''),
    vpc_id: (self, context) => {
      const [subnet] = self.all('subnet_mapping.subnet_id');
      return attribute(context.find('aws_subnet', String(subnet ?? '')), 'vpc_id');
    },
    zone_id: (_self, context) => `Z${context.number(0xffffff, regionOf(context)).toString(36).toUpperCase()}NLB`,
  },
  references: {
    'subnet_mapping.subnet_id': { to: 'aws_subnet' },
    'subnet_mapping.allocation_id': { to: 'aws_eip', inUse: addressInUse() },
    security_groups: { to: 'aws_security_group' },
  },
  addresses: [
    {
      attribute: 'subnet_mapping.private_ipv4_address',
      range: (block, _self, context) => subnetRange(context, block['subnet_id']),
      taken: ({ self, context, value }) =>
        apiError(self, context, 'InvalidConfigurationRequest', `The private IPv4 address ${value} is already in use`),
      outside: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'InvalidConfigurationRequest',
          `The private IPv4 address ${value} is not in the CIDR range of the subnet`,
        ),
    },
  ],
  unique: [
    {
      attributes: ['name'],
      taken: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'DuplicateLoadBalancerName',
          `A load balancer with the same name '${value}' exists, but with different settings`,
        ),
    },
  ],
  // Zones can be added to a network load balancer; losing one, or its address, makes a new balancer.
  // Nor does one get its first security group later, or lose its last.
  replacedBy: (before, after) => {
    const [zones, left] = [before, after].map((balancer) => balancer.blocks('subnet_mapping').length) as [
      number,
      number,
    ];
    const [had, has] = [before, after].map((balancer) => balancer.all('security_groups').length > 0);
    return [...(left < zones ? ['subnet_mapping'] : []), ...(had === has ? [] : ['security_groups'])];
  },
  checkDelete: (self, context) =>
    self.flag('enable_deletion_protection')
      ? [
          deleteError(
            self,
            context,
            'OperationNotPermitted',
            `Load balancer '${self.id}' cannot be deleted because deletion protection is enabled`,
          ),
        ]
      : [],
  seconds: { create: 150, delete: 20 },
};

const listener: SimulatedResource = {
  id: (self, context) =>
    `${self.text('load_balancer_arn').replace(':loadbalancer/', ':listener/')}/${context.hex(16, 'listener')}`,
  filledBlocks: ['mutual_authentication'],
  computed: { arn: (self) => self.id, 'default_action.order': fixed(1) },
  validate: listenerErrors,
  references: {
    load_balancer_arn: { to: 'aws_lb', holds: false },
    'default_action.target_group_arn': { to: 'aws_lb_target_group', inUse: groupInUse() },
  },
  unique: [
    {
      attributes: ['load_balancer_arn', 'port'],
      taken: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'DuplicateListener',
          `A listener already exists on this port for this load balancer '${value}'`,
        ),
    },
  ],
};

function groupInUse(): NonNullable<NonNullable<SimulatedResource['references']>[string]['inUse']> {
  return ({ self, context }) =>
    deleteError(
      self,
      context,
      'ResourceInUse',
      `Target group '${self.id}' is currently in use by a listener or a rule`,
    );
}

const targetGroup: SimulatedResource = {
  filledBlocks: ['stickiness', 'target_failover', 'target_group_health'],
  planned: { 'health_check.enabled': () => true },
  id: (self, context) =>
    arn(context, 'elasticloadbalancing', `targetgroup/${self.text('name')}/${context.hex(16, 'target group')}`),
  computed: {
    arn: (self) => self.id,
    arn_suffix: (self) => self.id.replace(/^.*:targetgroup\//, 'targetgroup/'),
    ip_address_type: fixed('ipv4'),
    load_balancing_cross_zone_enabled: fixed('use_load_balancer_configuration'),
  },
  references: { vpc_id: { to: 'aws_vpc', holds: false } },
  validate: targetGroupErrors,
  unique: [
    {
      attributes: ['name'],
      taken: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'DuplicateTargetGroupName',
          `A target group with the same name '${value}' exists, but with different settings`,
        ),
    },
  ],
  check: (self, context) => {
    const seconds = self.number('deregistration_delay');
    if (seconds <= 3600) return [];
    const text = `'deregistration_delay.timeout_seconds' value must be between '0-3600' inclusive`;
    return [apiError(self, context, 'ValidationError', text)];
  },
};

/** An address outside the network is in no zone, and has to be said so. */
const foreignTarget: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const group = context.find('aws_lb_target_group', self.text('target_group_arn'));
  const range = attribute(context.find('aws_vpc', attribute(group, 'vpc_id')), 'cidr_block');
  const address = self.text('target_id');
  const inside = !isCidr(range) || contains(range, `${address}/32`);
  if (group?.text('target_type') !== 'ip' || inside || self.text('availability_zone') === 'all') return [];
  const text = `The IP address '${address}' is outside the VPC '${attribute(group, 'vpc_id')}': its Availability Zone must be 'all'`;
  return [apiError(self, context, 'InvalidTarget', text)];
};

const target: SimulatedResource = {
  id: (self, context) => `${self.text('target_group_arn')}-${context.hex(26, 'target')}`,
  references: { target_group_arn: { to: 'aws_lb_target_group', holds: false } },
  check: foreignTarget,
};

export const balancingTypes: Readonly<Record<string, SimulatedResource>> = {
  aws_lb: balancer,
  aws_lb_listener: listener,
  aws_lb_target_group: targetGroup,
  aws_lb_target_group_attachment: target,
};
