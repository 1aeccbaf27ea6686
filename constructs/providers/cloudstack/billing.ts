import type { Site } from '../../contract/site';
import type { BilledSite, BillingRule, PriceSheet, ProviderPricing } from '../../contract/pricing';
import { always, exactly, forTypes, free, item, listed, numberAt, textAt, unknown } from '../../util/billing';
import sheet from './prices.json';
import { isPrivate, settingsOf } from './settings';

/** A zone of IDCF sells offerings by name, and resources carry their ids. */
const machine: BillingRule = (resource, { site }) => {
  const offering = textAt(resource, 'service_offering');
  const diskGiB = numberAt(resource, 'root_disk_size');
  if (offering === undefined) return unknown('its offering is known only after apply');
  if (diskGiB === undefined) return unknown('the size of its root disk is not planned');
  return listed([item(`machine/${site.names?.[offering] ?? offering}`), item('disk', diskGiB)]);
};

const ownMachine: BillingRule = () => ({ kind: 'hardware', machines: exactly(1) });

const ownFleet: BillingRule = (resource) => {
  const min = numberAt(resource, 'min_members');
  const max = numberAt(resource, 'max_members');
  if (min === undefined || max === undefined) return unknown('its size is not planned');
  return { kind: 'hardware', machines: { min, max } };
};

/** What the virtual router does, with groups and descriptions of machines. */
const freeTypes = [
  'cloudstack_affinity_group',
  'cloudstack_autoscale_policy',
  'cloudstack_autoscale_vm_profile',
  'cloudstack_condition',
  'cloudstack_configuration',
  'cloudstack_firewall',
  'cloudstack_loadbalancer_rule',
  'cloudstack_network',
  'cloudstack_network_acl',
  'cloudstack_network_acl_rule',
  'cloudstack_nic',
  'cloudstack_service_offering_fixed',
  'cloudstack_static_nat',
  'cloudstack_vpc',
];

const rules: ProviderPricing['rules'] = {
  idcf: {
    ...forTypes(
      ['cloudstack_firewall', 'cloudstack_loadbalancer_rule', 'cloudstack_nic', 'cloudstack_static_nat'],
      free,
    ),
    cloudstack_instance: machine,
    cloudstack_ipaddress: always('address'),
  },
  private: {
    ...forTypes([...freeTypes, 'cloudstack_ipaddress'], free),
    cloudstack_instance: ownMachine,
    cloudstack_autoscale_vm_group: ownFleet,
  },
};

export const pricing: ProviderPricing = {
  sheet: sheet as PriceSheet,
  billed: (site) => (isPrivate(site) ? { ownHardware: true } : idcfBilled(site)),
  place: () => undefined,
  rules,
};

/** IDCF's regions are in the names of their APIs: `compute.jp-east.idcfcloud.com`. */
function idcfBilled(site: Site): BilledSite {
  const { apiUrl, machineTypes } = settingsOf(site);
  const [, place] = /^https:\/\/compute\.([a-z0-9-]+)\.idcfcloud\.com\//.exec(apiUrl) ?? [];
  const names = machineTypes.flatMap(({ offering, name }) =>
    offering === undefined ? [] : [[offering, name] as const],
  );
  return { ...(place === undefined ? {} : { place }), names: Object.fromEntries(names) };
}
