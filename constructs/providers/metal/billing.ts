import type { BillingRule, PriceSheet, ProviderPricing } from '../../contract/pricing';
import { exactly, forTypes, free } from '../../util/billing';
import sheet from './prices.json';

/** Configuration of hardware that the contract pays for. */
const freeTypes = [
  'maas_block_device',
  'maas_subnet',
  'maas_subnet_ip_range',
  'maas_tag',
  'maas_vlan',
  'bigip_command',
  'bigip_do',
  'bigip_ltm_monitor',
  'bigip_ltm_pool',
  'bigip_ltm_pool_attachment',
  'bigip_ltm_profile_fastl4',
  'bigip_ltm_virtual_address',
  'bigip_ltm_virtual_server',
  'bigip_net_selfip',
  'junos_aggregate_route',
  'junos_bgp_group',
  'junos_bgp_neighbor',
  'junos_interface_logical',
  'junos_interface_physical',
  'junos_policyoptions_policy_statement',
  'junos_routing_options',
  'junos_security_ipsec_vpn',
  'junos_security_nat_source',
  'junos_static_route',
  'junos_vlan',
];

const machine: BillingRule = () => ({ kind: 'hardware', machines: exactly(1) });

const rules: Readonly<Record<string, BillingRule>> = { ...forTypes(freeTypes, free), maas_instance: machine };

/** Nobody sells these by a list: the sheet is empty, and the topology may say what the hardware costs. */
export const pricing: ProviderPricing = {
  sheet: sheet as PriceSheet,
  billed: () => ({ ownHardware: true }),
  place: () => undefined,
  rules: { bigip: rules, software: rules },
};
