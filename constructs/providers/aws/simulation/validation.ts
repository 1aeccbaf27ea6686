import type { SimulatedError, SimulatedValidation, SimulatedValue } from '../../../contract/simulation';

/** What the provider finds when it plans, about arguments that depend on others (hashicorp/aws 5.100.0, internal/service). */

const isUnset = (value: SimulatedValue): boolean => value === null || (Array.isArray(value) && value.length === 0);
const wrong = (detail: string, attribute: string): SimulatedError => ({
  summary: 'Invalid Attribute Combination',
  detail,
  attribute,
});

/** elbv2/target_group.go, `customizeDiffTargetGroupTargetTypeNotLambda`. */
export const targetGroupErrors: SimulatedValidation = (self) => {
  const type = self.text('target_type') || 'instance';
  const absent =
    type === 'lambda'
      ? []
      : ['port', 'protocol', 'vpc_id'].filter((name) => isUnset(self.value(name) as SimulatedValue));
  return absent.map((name) => wrong(`Attribute "${name}" must be specified when "target_type" is "${type}".`, name));
};

/** elbv2/listener.go, `validateListenerActionsCustomDiff`. */
export const listenerErrors: SimulatedValidation = (self) =>
  self.blocks('default_action').flatMap((action, index) => {
    if (action['type'] !== 'forward' || !isUnset(action['target_group_arn']) || !isUnset(action['forward'])) return [];
    const [arn, forward, type] = ['target_group_arn', 'forward', 'type'].map(
      (name) => `"default_action[${index}].${name}"`,
    );
    return [wrong(`Either ${arn} or ${forward} must be specified when ${type} is "forward".`, 'default_action')];
  });

/** ec2/vpc_nat_gateway.go, `resourceNATGatewayCustomizeDiff`. */
export const natGatewayErrors: SimulatedValidation = (self, _context, configured) => {
  const name = 'secondary_private_ip_address_count';
  const type = self.text('connectivity_type') || 'public';
  if (type !== 'public' || typeof configured.value(name) !== 'number') return [];
  return [{ summary: `${name} is not supported with connectivity_type = "${type}"`, attribute: name }];
};
