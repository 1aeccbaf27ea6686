import type { Billing, BillingRule, PlannedResource, PriceSheet, ProviderPricing, Range } from '../../contract/pricing';
import {
  always,
  companion,
  exactly,
  forTypes,
  free,
  item,
  listed,
  numberAt,
  textAt,
  timesAll,
  unknown,
} from '../../util/billing';
import sheet from './prices.json';
import { gcpSite } from './settings';

const machine: BillingRule = (resource) =>
  described(resource, {
    disk: textAt(resource, 'boot_disk', 0, 'initialize_params', 0, 'type'),
    diskGiB: numberAt(resource, 'boot_disk', 0, 'initialize_params', 0, 'size'),
  });

/** An elastic fleet as its autoscaler bounds it; the machines are those of its template. */
const fleet: BillingRule = (resource, { stack }) => {
  const template = companion(stack, 'google_compute_region_instance_template', {
    attributes: ['self_link', 'id', 'self_link_unique'],
    value: textAt(resource, 'version', 0, 'instance_template'),
    name: textAt(resource, 'name'),
  });
  const count = countOf(resource, stack);
  if (!template || !count) return unknown('its template or its size is not in this stack');
  const one = described(template, {
    disk: textAt(template, 'disk', 0, 'disk_type'),
    diskGiB: numberAt(template, 'disk', 0, 'disk_size_gb'),
  });
  return one.kind === 'list' ? listed(timesAll(one.items, count)) : one;
};

function countOf(group: PlannedResource, stack: readonly PlannedResource[]): Range | undefined {
  const name = textAt(group, 'name');
  const scaler = companion(stack, 'google_compute_region_autoscaler', {
    attributes: ['target'],
    value: textAt(group, 'self_link'),
    name,
  });
  const min = scaler && numberAt(scaler, 'autoscaling_policy', 0, 'min_replicas');
  const max = scaler && numberAt(scaler, 'autoscaling_policy', 0, 'max_replicas');
  if (min !== undefined && max !== undefined) return { min, max };
  const size = numberAt(group, 'target_size');
  return scaler || size === undefined ? undefined : exactly(size);
}

interface Disk {
  readonly disk: string | undefined;
  readonly diskGiB: number | undefined;
}

function described(resource: PlannedResource, { disk, diskGiB }: Disk): Billing {
  const type = textAt(resource, 'machine_type');
  if (type === undefined) return unknown('its machine type is known only after apply');
  if (disk === undefined || diskGiB === undefined) return unknown('kind or size of its boot disk is not planned');
  return listed([item(`machine/${type}`), item(`disk/${disk}`, diskGiB)]);
}

/** No charge for those of forwarding rules and VPN gateways: https://cloud.google.com/vpc/network-pricing as users quote it, read 2026-11-21. */
const address: BillingRule = (resource, { stack }) => {
  const isInternal = textAt(resource, 'address_type') === 'INTERNAL';
  return isInternal || isOfForwardingRule(resource, stack) ? { kind: 'free' } : listed([item('address')]);
};

function isOfForwardingRule(resource: PlannedResource, stack: readonly PlannedResource[]): boolean {
  const rules = stack.filter(({ type }) => type === 'google_compute_forwarding_rule');
  const known = ['address', 'self_link', 'id'].flatMap((attribute) => textAt(resource, attribute) ?? []);
  const name = textAt(resource, 'name') ?? '';
  return rules.some((rule) => {
    const used = textAt(rule, 'ip_address');
    if (used !== undefined && known.length > 0) return known.includes(used);
    const ruleName = textAt(rule, 'name') ?? '';
    return ruleName === name || ruleName.startsWith(`${name}-`);
  });
}

/** Charged for each machine behind it, up to 32: nobody plans how many have no address of their own. */
const nat = (): Billing => listed([{ price: 'nat-gateway', quantity: { min: 0, max: 1 } }]);

/** Rules, routes, groups, names and roles; the gateway of VPNs, which its tunnels pay for; records and buckets, which are paid for by use. */
const freeTypes = [
  'google_compute_external_vpn_gateway',
  'google_compute_firewall',
  'google_compute_ha_vpn_gateway',
  'google_compute_health_check',
  'google_compute_instance_group',
  'google_compute_instance_group_membership',
  'google_compute_network',
  'google_compute_region_autoscaler',
  'google_compute_region_backend_service',
  'google_compute_region_health_check',
  'google_compute_region_instance_template',
  'google_compute_resource_policy',
  'google_compute_router',
  'google_compute_router_interface',
  'google_compute_router_peer',
  'google_compute_subnetwork',
  'google_dns_record_set',
  'google_project_iam_member',
  'google_service_account',
  'google_service_account_iam_member',
  'google_storage_bucket',
];

const standard: Readonly<Record<string, BillingRule>> = {
  ...forTypes(freeTypes, free),
  google_compute_address: address,
  google_compute_forwarding_rule: always('forwarding-rule'),
  google_compute_instance: machine,
  google_compute_region_instance_group_manager: fleet,
  google_compute_router_nat: nat,
  google_compute_vpn_tunnel: always('vpn-tunnel'),
};

export const pricing: ProviderPricing = {
  sheet: sheet as PriceSheet,
  billed: (site) => ({ place: gcpSite(site).settings.region }),
  place: (resource) => textAt(resource, 'region') ?? textAt(resource, 'zone')?.replace(/-[a-z]$/, ''),
  rules: { standard },
};
