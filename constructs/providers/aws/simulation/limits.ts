import type { SimulatedPrerequisite, SimulatedQuota } from '../../../contract/simulation';
import { apiError, quotaTexts } from './errors';
import { vcpusOf } from './machines';
import { groupVcpus } from './scaling';

const within = ['account', 'region'];
const one = (): number => 1;

/** What an account has once its prerequisites are granted: room for a large platform. */
export const quotas: readonly SimulatedQuota[] = [
  { id: 'L-0263D0A3', limit: 500, within, use: { aws_eip: one } },
  {
    id: 'L-1216C47A',
    limit: 20000,
    within,
    use: { aws_instance: (self) => vcpusOf(self.text('instance_type')), aws_autoscaling_group: groupVcpus },
  },
  { id: 'L-69A177A2', limit: 300, within, use: { aws_lb: one } },
  { id: 'L-F678F1CE', limit: 64, within, use: { aws_vpc: one } },
  { id: 'L-A2478D36', limit: 64, within, use: { aws_ec2_transit_gateway: one } },
  { id: 'L-3E6EC3A3', limit: 256, within, use: { aws_vpn_connection: one } },
];

/** A quota of which nothing is left. */
function exhausted(id: string, quota: string, type: string): SimulatedPrerequisite {
  const [code = '', message = ''] = quotaTexts[quota] ?? [];
  return {
    id,
    types: [type],
    when: (_self, context) => context.before === undefined,
    error: (self, context) => apiError(self, context, code, message),
  };
}

function refused(
  id: string,
  types: readonly string[],
  code: string,
  message: string,
  status = 403,
): SimulatedPrerequisite {
  return { id, types, error: (self, context) => apiError(self, context, code, message, status) };
}

export const prerequisites: readonly SimulatedPrerequisite[] = [
  {
    id: 'credentials',
    types: ['aws_*'],
    error: () => ({
      summary: 'No valid credential sources found',
      detail:
        'Please see https://registry.terraform.io/providers/hashicorp/aws\nfor more information about providing credentials.',
    }),
  },
  refused('deploy-role', ['aws_*'], 'UnauthorizedOperation', 'You are not authorized to perform this operation.'),
  exhausted('elastic-addresses', 'L-0263D0A3', 'aws_eip'),
  exhausted('vcpus', 'L-1216C47A', 'aws_instance'),
  exhausted('load-balancers', 'L-69A177A2', 'aws_lb'),
  exhausted('vpcs', 'L-F678F1CE', 'aws_vpc'),
  exhausted('transit-gateways', 'L-A2478D36', 'aws_ec2_transit_gateway'),
  exhausted('vpn-connections', 'L-3E6EC3A3', 'aws_vpn_connection'),
  refused(
    'autoscaling-role',
    ['aws_autoscaling_group'],
    'AccessDenied',
    'The default Service-Linked Role for Auto Scaling could not be created. com.amazonaws.services.identitymanagement.model.AmazonIdentityManagementException: User is not authorized to perform: iam:CreateServiceLinkedRole',
  ),
  refused(
    'load-balancing-role',
    ['aws_lb'],
    'AccessDenied',
    'User is not authorized to perform: iam:CreateServiceLinkedRole on resource: arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing',
  ),
  {
    id: 'direct-connect',
    types: ['aws_dx_transit_virtual_interface'],
    error: (self, context) =>
      apiError(
        self,
        context,
        'DirectConnectClientException',
        `Connection ${self.text('connection_id')} does not exist.`,
      ),
  },
  {
    id: 'hosted-zone',
    types: ['aws_route53_record'],
    error: (self, context) =>
      apiError(self, context, 'NoSuchHostedZone', `No hosted zone found with ID: ${self.text('zone_id')}`, 404),
  },
];
