import type { SimulatedError, SimulatedFunction, SimulatedResource } from '../../../contract/simulation';
import { apiError, deleteError } from './errors';
import { arn, ec2Arn, ec2Id, fixed, owner, ownId } from './identifiers';

const group: SimulatedResource = {
  id: ec2Id('sg'),
  computed: { arn: ec2Arn('security-group'), owner_id: owner },
  references: { vpc_id: { to: 'aws_vpc' } },
  unique: [
    {
      attributes: ['name'],
      within: ['vpc_id'],
      taken: ({ self, context, value }) =>
        apiError(
          self,
          context,
          'InvalidGroup.Duplicate',
          `The security group '${value}' already exists for VPC '${self.text('vpc_id')}'`,
        ),
    },
  ],
  seconds: { create: 2, delete: 1 },
};

/** What makes two rules one to AWS. */
const ruleKey = [
  'ip_protocol',
  'from_port',
  'to_port',
  'cidr_ipv4',
  'cidr_ipv6',
  'referenced_security_group_id',
  'prefix_list_id',
];

const duplicateRule: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const siblings = context.list(self.type, { security_group_id: self.text('security_group_id') });
  const twin = siblings.find(
    (other) => other.id !== self.id && ruleKey.every((name) => other.text(name) === self.text(name)),
  );
  if (!twin) return [];
  const peer = self.text('cidr_ipv4') || self.text('referenced_security_group_id');
  const ports = self.text('from_port')
    ? `, from port: ${self.text('from_port')}, to port: ${self.text('to_port')}`
    : '';
  const protocol = self.text('ip_protocol') === '-1' ? 'ALL' : self.text('ip_protocol').toUpperCase();
  const text = `the specified rule "peer: ${peer}, ${protocol}${ports}, ALLOW" already exists`;
  return [apiError(self, context, 'InvalidPermission.Duplicate', text)];
};

const rule: SimulatedResource = {
  id: ec2Id('sgr'),
  computed: {
    arn: (self, context) => arn(context, 'ec2', `security-group-rule/${self.id}`),
    security_group_rule_id: ownId,
  },
  references: {
    security_group_id: { to: 'aws_security_group', holds: false },
    referenced_security_group_id: { to: 'aws_security_group' },
  },
  check: duplicateRule,
};

const role: SimulatedResource = {
  id: (self) => self.text('name'),
  apart: ['account'],
  filledBlocks: ['inline_policy'],
  computed: {
    arn: (self, context) => arn(context, 'iam', `role/${self.text('name')}`, true),
    create_date: fixed('2026-01-01T00:00:00Z'),
    unique_id: (_self, context) => `AROA${context.hex(17, 'role').toUpperCase()}`,
  },
  unique: [
    {
      attributes: ['name'],
      taken: ({ self, context, value }) =>
        apiError(self, context, 'EntityAlreadyExists', `Role with name ${value} already exists.`, 409),
    },
  ],
};

const profile: SimulatedResource = {
  id: (self) => self.text('name'),
  apart: ['account'],
  computed: {
    arn: (self, context) => arn(context, 'iam', `instance-profile/${self.text('name')}`, true),
    create_date: fixed('2026-01-01T00:00:00Z'),
    unique_id: (_self, context) => `AIPA${context.hex(17, 'profile').toUpperCase()}`,
  },
  references: {
    role: {
      to: 'aws_iam_role',
      inUse: ({ self, context }) =>
        deleteError(
          self,
          context,
          'DeleteConflict',
          'Cannot delete entity, must remove roles from instance profile first.',
          409,
        ),
    },
  },
  unique: [
    {
      attributes: ['name'],
      taken: ({ self, context, value }) =>
        apiError(self, context, 'EntityAlreadyExists', `Instance Profile ${value} already exists.`, 409),
    },
  ],
};

const policyInUse = {
  to: 'aws_iam_role',
  inUse: ({ self, context }) =>
    deleteError(self, context, 'DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409),
} satisfies NonNullable<SimulatedResource['references']>[string];

const rolePolicy: SimulatedResource = {
  id: (self) => `${self.text('role')}:${self.text('name')}`,
  apart: ['account'],
  references: { role: policyInUse },
};

const policyAttachment: SimulatedResource = {
  id: (self) => `${self.text('role')}-${self.text('policy_arn').split('/').pop() ?? ''}`,
  apart: ['account'],
  references: { role: policyInUse },
};

export const securityTypes: Readonly<Record<string, SimulatedResource>> = {
  aws_security_group: group,
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
  aws_iam_role: role,
  aws_iam_instance_profile: profile,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: policyAttachment,
};
