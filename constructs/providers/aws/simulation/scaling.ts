import type { SimulatedEffect, SimulatedFunction, SimulatedResource } from '../../../contract/simulation';
import { apiError } from './errors';
import { arn, attribute, ec2Arn, ec2Id, fixed } from './identifiers';
import { imageErrors } from './images';
import { userDataErrors, vcpusOf } from './machines';

/** Arguments that make a new version of a template. */
const versioned = [
  'image_id',
  'instance_type',
  'user_data',
  'vpc_security_group_ids',
  'iam_instance_profile',
  'block_device_mappings',
  'metadata_options',
  'monitoring',
  'tag_specifications',
  'capacity_reservation_specification',
  'cpu_options',
  'credit_specification',
  'disable_api_stop',
  'disable_api_termination',
  'ebs_optimized',
  'enclave_options',
  'hibernation_options',
  'instance_initiated_shutdown_behavior',
  'instance_market_options',
  'instance_requirements',
  'kernel_id',
  'key_name',
  'license_specification',
  'maintenance_options',
  'network_interfaces',
  'placement',
  'private_dns_name_options',
  'ram_disk_id',
  'security_group_names',
  'tags',
];

const template: SimulatedResource = {
  id: ec2Id('lt'),
  computed: {
    arn: ec2Arn('launch-template'),
    latest_version: (_self, context) => (context.before?.number('latest_version') ?? 0) + 1,
    default_version: (self) => (self.flag('update_default_version') ? self.number('latest_version') : 1),
  },
  renewed: { latest_version: versioned, default_version: versioned },
  references: { vpc_security_group_ids: { to: 'aws_security_group', holds: false } },
  unique: [
    {
      attributes: ['name'],
      taken: ({ self, context }) =>
        apiError(
          self,
          context,
          'InvalidLaunchTemplateName.AlreadyExistsException',
          'Launch template name already in use.',
        ),
    },
  ],
  check: (self, context) => [...imageErrors(self, context), ...userDataErrors(self, context)],
};

const group: SimulatedResource = {
  id: (self) => self.text('name'),
  filledBlocks: [
    'availability_zone_distribution',
    'capacity_reservation_specification',
    'mixed_instances_policy',
    'traffic_source',
  ],
  computed: {
    arn: (self, context) =>
      arn(context, 'autoscaling', `autoScalingGroup:${context.uuid()}:autoScalingGroupName/${self.text('name')}`),
    availability_zones: (self, context) =>
      [
        ...new Set(
          self
            .all('vpc_zone_identifier')
            .map((id) => attribute(context.find('aws_subnet', String(id)), 'availability_zone')),
        ),
      ].sort(),
    default_cooldown: fixed(300),
    desired_capacity: (self) => self.number('min_size'),
    service_linked_role_arn: (_self, context) =>
      arn(context, 'iam', 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling', true),
    'launch_template.name': (self, context) =>
      attribute(context.find('aws_launch_template', self.text('launch_template.id')), 'name'),
  },
  references: {
    vpc_zone_identifier: { to: 'aws_subnet' },
    target_group_arns: { to: 'aws_lb_target_group', holds: false },
    'launch_template.id': { to: 'aws_launch_template', holds: false },
  },
  unique: [
    {
      attributes: ['name'],
      taken: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'AlreadyExists',
          `AutoScalingGroup by this name already exists - A group with the name ${value} already exists`,
        ),
    },
  ],
  check: (self, context) => {
    const [min, max] = [self.number('min_size'), self.number('max_size')];
    if (min <= max) return [];
    return [
      apiError(self, context, 'ValidationError', `Min bound, ${min}, must be less than or equal to max bound, ${max}`),
    ];
  },
  effects: (self, context) => machinesOf(self, context),
  seconds: { create: 60, update: 5, delete: 120 },
};

/** The machines that a group has started, spread over its subnets. */
const machinesOf: SimulatedFunction<readonly SimulatedEffect[]> = (self, context) => {
  const subnets = self.all('vpc_zone_identifier').map(String);
  const template = context.find('aws_launch_template', self.text('launch_template.id'));
  return Array.from({ length: Math.max(self.number('desired_capacity'), self.number('min_size')) }, (_, index) => ({
    type: 'aws_instance',
    key: String(index),
    id: `i-${context.hex(17, `machine ${index}`)}`,
    attributes: {
      subnet_id: subnets[index % subnets.length] ?? '',
      instance_type: attribute(template, 'instance_type'),
      instance_state: 'running',
      tags: { Name: self.text('name'), 'aws:autoscaling:groupName': self.id },
    },
  }));
};

/** vCPUs of the machines that a group starts with. */
export function groupVcpus(...[self, context]: Parameters<SimulatedFunction<number>>): number {
  const template = context.find('aws_launch_template', self.text('launch_template.id'));
  return self.number('min_size') * vcpusOf(attribute(template, 'instance_type'));
}

/** What `terraform import` takes; the provider keeps the name alone, which several groups may share. */
const ofGroup: SimulatedFunction<string> = (self) => `${self.text('autoscaling_group_name')}/${self.text('name')}`;

const policy: SimulatedResource = {
  id: ofGroup,
  computed: {
    arn: (self, context) =>
      arn(
        context,
        'autoscaling',
        `scalingPolicy:${context.uuid()}:autoScalingGroupName/${self.text('autoscaling_group_name')}:policyName/${self.text('name')}`,
      ),
  },
  references: { autoscaling_group_name: { to: 'aws_autoscaling_group', holds: false } },
};

const hook: SimulatedResource = {
  id: ofGroup,
  references: { autoscaling_group_name: { to: 'aws_autoscaling_group', holds: false } },
};

export const scalingTypes: Readonly<Record<string, SimulatedResource>> = {
  aws_launch_template: template,
  aws_autoscaling_group: group,
  aws_autoscaling_policy: policy,
  aws_autoscaling_lifecycle_hook: hook,
};
