import type { ErrorSubject, ErrorTexts, SimulatedError, SimulatedObject } from '../../../contract/simulation';

/**
 * Codes of the API and of its exceptions: ApiErrorCode.java and CSExceptionErrorCode.java of apache/cloudstack; the
 * sentence around them is cloudstack-go's.
 */
export const codes = {
  parameter: [431, 4350],
  unsupported: [432, 0],
  credentials: [401, 0],
  internal: [530, 4250],
  capacity: [533, 4325],
  limit: [535, 4370],
  inUse: [536, 4375],
  conflict: [537, 4360],
} as const;

export type ErrorKind = keyof typeof codes;

export function apiError(kind: ErrorKind, text: string, attribute?: string): SimulatedError {
  const [code, exception] = codes[kind];
  const summary = `CloudStack API error ${code} (CSExceptionErrorCode: ${exception}): ${text}`;
  return attribute === undefined ? { summary } : { summary, attribute };
}

/** What the provider writes before the API's words when it creates a resource. */
const wrappers: Readonly<Record<string, string>> = {
  cloudstack_instance: 'Error creating the new instance',
  cloudstack_nic: 'Error creating the new NIC',
  cloudstack_vpc: 'Error creating VPC',
  cloudstack_network: 'Error creating network',
  cloudstack_network_acl: 'Error creating network ACL list',
  cloudstack_ipaddress: 'Error associating a new IP address',
  cloudstack_static_nat: 'Error enabling static NAT',
  cloudstack_autoscale_vm_group: 'Error creating autoscale VM group',
  cloudstack_autoscale_vm_profile: 'Error creating AutoScaleVmProfile',
  cloudstack_autoscale_policy: 'Error creating autoscale policy',
  cloudstack_condition: 'Error creating condition',
  cloudstack_service_offering_fixed: 'Could not create fixed offering, unexpected error',
};

const named = ['cloudstack_instance', 'cloudstack_vpc', 'cloudstack_network'];

export function wrapped(type: string, name: string, error: SimulatedError): SimulatedError {
  const wrapper = wrappers[type];
  if (wrapper === undefined) return error;
  return { ...error, summary: `${wrapper}${named.includes(type) ? ` ${name}` : ''}: ${error.summary}` };
}

/** What it writes when it deletes one. */
const deletions: Readonly<Record<string, (self: SimulatedObject) => string>> = {
  cloudstack_affinity_group: () => 'Error deleting affinity group',
  cloudstack_autoscale_policy: () => 'Error deleting autoscale policy',
  cloudstack_autoscale_vm_group: () => 'Error deleting autoscale VM group',
  cloudstack_autoscale_vm_profile: ({ id }) => `Error deleting AutoScaleVmProfile ${id}`,
  cloudstack_condition: () => 'Error deleting condition',
  cloudstack_network: (self) => `Error deleting network ${self.text('name')}`,
  cloudstack_network_acl: (self) => `Error deleting network ACL list ${self.text('name')}`,
  cloudstack_vpc: (self) => `Error deleting VPC ${self.text('name')}`,
};

export function deletionError(self: SimulatedObject, kind: ErrorKind, text: string): SimulatedError {
  const { summary } = apiError(kind, text);
  const wrapper = deletions[self.type]?.(self);
  return { summary: wrapper === undefined ? summary : `${wrapper}: ${summary}` };
}

/** ResourceLimitManagerImpl.checkDomainResourceLimit and its sibling for accounts. */
export const limitText = (type: string, limit = 20, current = limit): string =>
  `Maximum amount of resources of Type = '${type}' for Account Name = live in Domain Id = 2 is exceeded: Account Resource Limit = ${limit}, ` +
  `Current Account Resource Amount = ${current}, Requested Resource Amount = 1.`;

/** GuestNetworkGuru.allocate. */
export const guestAddressTaken = (network: string): SimulatedError =>
  apiError('capacity', `Unable to acquire Guest IP address for network ${network}`, 'ip_address');

/** API command and parameter that carry an argument. */
const commands: Readonly<Record<string, string>> = {
  cloudstack_instance: 'deployvirtualmachine',
  cloudstack_nic: 'addnictovirtualmachine',
  cloudstack_network: 'createnetwork',
  cloudstack_network_acl: 'createnetworkacllist',
  cloudstack_network_acl_rule: 'createnetworkacl',
  cloudstack_ipaddress: 'associateipaddress',
  cloudstack_static_nat: 'enablestaticnat',
  cloudstack_firewall: 'createfirewallrule',
  cloudstack_loadbalancer_rule: 'createloadbalancerrule',
  cloudstack_autoscale_vm_group: 'createautoscalevmgroup',
  cloudstack_autoscale_vm_profile: 'createautoscalevmprofile',
  cloudstack_autoscale_policy: 'createautoscalepolicy',
  cloudstack_condition: 'createcondition',
  cloudstack_vpc: 'createvpc',
};

export function invalidId(type: string, name: string, attribute: string, value: string): SimulatedError {
  const parameter = attribute.replaceAll('_', '').replace(/^.*\./, '');
  const text =
    `Unable to execute API command ${commands[type] ?? type} due to invalid value. Invalid parameter ${parameter} ` +
    `value=${value} due to incorrect long value format, or entity does not exist or due to incorrect parameter ` +
    `annotation for the field in api cmd class.`;
  return { ...wrapped(type, name, apiError('parameter', text)), attribute };
}

const nameOf = ({ self }: ErrorSubject): string => self.text('name');

export const errors: ErrorTexts = {
  missing: (subject) => invalidId(subject.self.type, nameOf(subject), subject.attribute, subject.value),
  inUse: ({ self }) => deletionError(self, 'inUse', `${self.id} is in use.`),
  taken: (subject) =>
    wrapped(
      subject.self.type,
      nameOf(subject),
      apiError('parameter', `The name ${subject.value} is already in use.`, subject.attribute),
    ),
  outside: (subject) =>
    wrapped(
      subject.self.type,
      nameOf(subject),
      apiError('parameter', `IP Address ${subject.value} is not in the guest range.`, subject.attribute),
    ),
  quota: (subject) =>
    wrapped(
      subject.self.type,
      nameOf(subject),
      apiError('limit', limitText(subject.wanted ?? '', subject.limit, (subject.usage ?? 1) - 1)),
    ),
};
