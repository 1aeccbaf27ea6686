import type { ErrorText, SimulatedError } from '../../../contract/simulation';

/** How the client words an answer that is none: `ServerError: 409 Conflict (...)` (juju/gomaasapi v2.3.0, client.go). */
const serverError = (status: string, body: string, attribute?: string): SimulatedError => ({
  summary: `ServerError: ${status} (${body})`,
  ...(attribute === undefined ? {} : { attribute }),
});

/** A form's mistakes come as a map of fields to messages, written by Python's `json.dumps`. */
export function badRequest(fields: Readonly<Record<string, string>>, attribute?: string): SimulatedError {
  const texts = Object.entries(fields).map(([field, text]) => `${JSON.stringify(field)}: [${JSON.stringify(text)}]`);
  return serverError('400 Bad Request', `{${texts.join(', ')}}`, attribute);
}

export const refused = (text: string): SimulatedError => serverError('400 Bad Request', text);
export const conflict = (text: string): SimulatedError => serverError('409 Conflict', text);

/** The provider looks these up itself, before it calls (canonical/terraform-provider-maas v2.4.0). */
export const subnetMissing: ErrorText = ({ value }) => ({ summary: `subnet (${value}) was not found` });
export const vlanMissing: ErrorText = ({ value }) => ({ summary: `vlan (${value}) was not found` });
export const machineMissing = (identifier: string): SimulatedError => ({
  summary: `machine (${identifier}) not found`,
  attribute: 'machines',
});

/** The API's own words are those of canonical/maas 3.7: the file is named beside each. */

/** node_constraint_filter_forms.py, `_set_clean_tags_error`. */
export const tagMissing: ErrorText = ({ value }) => badRequest({ tags: `No such tag(s): '${value}'.` });
/** models/subnet.py; Django's wording for a field that is unique. */
export const cidrTaken: ErrorText = () => badRequest({ cidr: 'Subnet with this Cidr already exists.' }, 'cidr');
/** models/vlan.py, `clean`. */
export const vidTaken: ErrorText = () =>
  badRequest({ vid: 'A VLAN with the specified VID already exists in the destination fabric.' }, 'vid');
/** models/interface.py, `_link_subnet_static`; exceptions.py gives `StaticIPAddressUnavailable` the status 404. */
export const addressTaken: ErrorText = () =>
  serverError('404 Not Found', 'IP address is already in use.', 'network_interfaces');
/** forms/interface_link.py, with a subnet as models/subnet.py writes it. */
export const addressOutside: ErrorText = ({ context, wanted = '' }) => {
  const subnet = context.find('maas_subnet', { cidr: wanted });
  const vlan = subnet && context.find('maas_vlan', subnet.text('vlan'));
  const name = `${subnet?.text('name') || wanted}:${wanted}(vid=${vlan?.number('vid') ?? 0})`;
  return badRequest({ ip_address: `IP address is not in the given subnet '${name}'.` }, 'network_interfaces');
};
/** models/subnet.py, `delete`. */
export const subnetInUse: ErrorText = () =>
  refused("Cannot delete a subnet that has IP addresses in use by nodes. (Use the 'force' parameter to override.)");
/** api/blockdevices.py, `delete` and `set_boot_disk`. */
export const diskInUse = conflict('Cannot delete block device because the machine is not Ready.');
export const bootDiskInUse = conflict('Cannot set as boot disk because the machine is not Ready.');
/** forms/__init__.py, `clean_distro_series`: the empty choice is the default series. */
export const invalidSeries = (series: string, known: readonly string[]): SimulatedError => {
  const choices = ['', ...known].map((name) => `'${name}'`).join(', ');
  const text = `'${series}' is not a valid distro_series.  It should be one of: ${choices}.`;
  return badRequest({ distro_series: text }, 'deploy_params');
};
/** models/iprange.py, `_validate_duplicates_and_overlaps`. */
export const rangeTaken = (type: string): SimulatedError => {
  const what = type === 'reserved' ? 'range' : 'IP address or range';
  const text = `Requested ${type} range conflicts with an existing ${what}.`;
  return badRequest({ start_ip: text, end_ip: text }, 'start_ip');
};
