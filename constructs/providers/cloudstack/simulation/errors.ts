import type { ErrorSubject, ErrorTexts, SimulatedError } from '../../../contract/simulation';

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
  inUse: ({ self }) => apiError('inUse', `${self.id} is in use.`),
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
      apiError(
        'limit',
        `Maximum amount of resources of Type = '${subject.wanted ?? ''}' for Account Name = 'live' has been exceeded.`,
      ),
    ),
};
