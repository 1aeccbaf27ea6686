import type {
  ErrorText,
  ProviderSimulation,
  SimulatedError,
  SimulatedFunction,
  SimulatedObject,
  SimulatedResource,
  SimulatedValue,
  SimulationContext,
} from '../../../contract/simulation';
import { modelCan } from '../models';
import { logicalInterfaceErrors, logicalInterfaceRules, policyErrors, policyRules } from './junos-validation';

/** What the provider calls a thing in its errors: `vlan "x" already exists`. */
const words: Readonly<Record<string, string>> = {
  junos_aggregate_route: 'aggregate route',
  junos_bgp_group: 'bgp group',
  junos_bgp_neighbor: 'bgp neighbor',
  junos_interface_logical: 'logical interface',
  junos_interface_physical: 'physical interface',
  junos_policyoptions_policy_statement: 'policy statement',
  junos_static_route: 'static route',
  junos_vlan: 'vlan',
};
const wordOf = (type: string): string => words[type] ?? type.replace(/^junos_/, '').replace(/_/g, ' ');

const taken: ErrorText = ({ self, value }) => ({
  summary: 'Duplicate Configuration Error',
  detail: `${wordOf(self.type)} ${JSON.stringify(value)} already exists`,
});
const missing: ErrorText = ({ wanted = '', value, attribute }) => ({
  summary: 'Config Commit Error',
  detail: `configuration check-out failed: ${wordOf(wanted)} ${JSON.stringify(value)} referenced but not defined`,
  attribute,
});
const inUse: ErrorText = ({ self, other }) => ({
  summary: 'Config Commit Error',
  detail: `configuration check-out failed: ${wordOf(self.type)} ${JSON.stringify(self.text('name'))} is referenced by ${wordOf(other?.type ?? '')} ${JSON.stringify(other?.text('name') || other?.id)}`,
});
const groupMissing: ErrorText = ({ value }) => ({
  summary: 'Pre Check Error',
  detail: `bgp group ${JSON.stringify(value)} doesn't exist`,
  attribute: 'group',
});
const vlanIdTaken: ErrorText = ({ value, other }) => ({
  summary: 'Config Commit Error',
  detail: `configuration check-out failed: vlan-id ${value} is already used by vlan ${JSON.stringify(other?.text('name'))}`,
  attribute: 'vlan_id',
});

const separator = '_-_';
const inDefault =
  (attribute: string): SimulatedFunction<string> =>
  (self) =>
    [self.text(attribute), 'default'].join(separator);
const byName: SimulatedFunction<string> = (self) => self.text('name');

/** Which model an address is; a seed `junos_device` with address and model says otherwise. */
const defaultModel = 'qfx5120';
function modelOf({ scope }: SimulatedObject, context: SimulationContext): string {
  return context.find('junos_device', { address: scope['address'] ?? '' })?.text('model') || defaultModel;
}

/** The provider asks the device for its model, and refuses what only a firewall does. */
const securityOnly = (capability: 'ipsec' | 'nat', word: string): SimulatedResource => ({
  id: byName,
  check: (self, context) => incompatible(self, context, capability, `${word} ${JSON.stringify(self.text('name'))}`),
});

function incompatible(
  self: SimulatedObject,
  context: SimulationContext,
  capability: 'ipsec' | 'nat',
  what: string,
): SimulatedError[] {
  const model = modelOf(self, context);
  return modelCan(model, capability)
    ? []
    : [{ summary: 'Compatibility Error', detail: `${what} not compatible with Junos device ${JSON.stringify(model)}` }];
}

const isVlanName = (value: string): string | undefined =>
  value === 'all' || /^[0-9-]+$/.test(value) ? undefined : value;
const policy = { to: 'junos_policyoptions_policy_statement', by: 'name' } as const;

/** What the provider switches on with an argument that needs it, and else leaves off. */
const onWith =
  (...causes: readonly string[]): SimulatedFunction<SimulatedValue> =>
  (self) =>
    causes.some((name) => self.flag(name) || self.number(name) !== 0) ? true : null;

const neighbourDefaults: NonNullable<SimulatedResource['planned']> = {
  advertise_external: onWith('advertise_external_conditional'),
  metric_out_igp: onWith('metric_out_igp_delay_med_update', 'metric_out_igp_offset'),
  metric_out_minimum_igp: onWith('metric_out_minimum_igp_offset'),
};

/** An interface of its own kind has no tag, a unit of a port is tagged with its number. */
const ownTag: SimulatedFunction<SimulatedValue> = (self) => (/^(irb|st0)\./.test(self.text('name')) ? null : undefined);

const resources: Readonly<Record<string, SimulatedResource>> = {
  junos_vlan: {
    id: inDefault('name'),
    unique: [{ attributes: ['name'] }, { attributes: ['vlan_id'], taken: vlanIdTaken }],
    references: { l3_interface: { to: 'junos_interface_logical', by: 'name' } },
  },
  junos_interface_logical: {
    id: byName,
    planned: { vlan_id: ownTag },
    rules: logicalInterfaceRules,
    validate: logicalInterfaceErrors,
    check: (self, context) =>
      self.text('security_zone')
        ? incompatible(self, context, 'nat', `security zone ${JSON.stringify(self.text('security_zone'))}`)
        : [],
    // A unit of a routed port needs the port; `irb` is always there.
    references: {
      name: {
        to: 'junos_interface_physical',
        by: 'name',
        value: (name) => (/^(irb|lo0|ae)\./.test(name) ? undefined : name.split('.')[0]),
      },
    },
  },
  junos_interface_physical: {
    id: byName,
    references: { vlan_members: { to: 'junos_vlan', by: 'name', value: isVlanName } },
  },
  junos_routing_options: { id: () => 'routing_options' },
  junos_aggregate_route: { id: inDefault('destination') },
  junos_static_route: { id: inDefault('destination') },
  junos_policyoptions_policy_statement: { id: byName, rules: policyRules, validate: policyErrors },
  junos_bgp_group: {
    id: inDefault('name'),
    planned: neighbourDefaults,
    references: { import: policy, export: policy },
  },
  junos_bgp_neighbor: {
    id: (self) => [self.text('ip'), 'default', self.text('group')].join(separator),
    planned: neighbourDefaults,
    references: { group: { to: 'junos_bgp_group', by: 'name', missing: groupMissing } },
  },
  junos_security_ipsec_vpn: securityOnly('ipsec', 'security ipsec vpn'),
  junos_security_nat_source: securityOnly('nat', 'security nat source'),
};

const withTime = (resource: SimulatedResource): SimulatedResource => ({
  ...resource,
  seconds: { create: 6, update: 6, delete: 6 },
});

/** Each switch is a cloud of its own. One lock and one commit per resource: about six seconds each on an EX. */
export const junos: ProviderSimulation = {
  provider: 'jeremmfr/junos',
  scope: (provider) => ({ address: String(provider['ip'] ?? '') }),
  apart: ['address'],
  resources: Object.fromEntries(Object.entries(resources).map(([type, resource]) => [type, withTime(resource)])),
  errors: { taken, missing, inUse },
  prerequisites: [
    {
      id: 'junos-netconf-user',
      types: ['junos_*'],
      error: (self) => ({
        summary: 'Start Session Error',
        detail: `starting netconf session: error connecting to ${self.scope['address'] ?? ''}: ssh: handshake failed: ssh: unable to authenticate, attempted methods [none password], no supported methods remain`,
      }),
    },
  ],
};
