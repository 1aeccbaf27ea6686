import type { ReviewedTypes } from '../../contract/review';

const aid = { kind: 'aid' } as const;
const network = { kind: 'network' } as const;
const balancer = { kind: 'balancer' } as const;

/**
 * https://registry.terraform.io/providers/canonical/maas/2.4.0/docs,
 * https://registry.terraform.io/providers/F5Networks/bigip/1.28.0/docs,
 * https://registry.terraform.io/providers/jeremmfr/junos/2.20.0/docs
 */
export const reviewedTypes: ReviewedTypes = {
  // Runs what it says; the synchronisation of a pair is one.
  bigip_command: balancer,
  bigip_do: balancer,
  bigip_ltm_monitor: aid,
  bigip_ltm_pool: balancer,
  bigip_ltm_pool_attachment: { kind: 'member' },
  bigip_ltm_profile_fastl4: balancer,
  bigip_ltm_virtual_address: { kind: 'address', addresses: ['name'] },
  bigip_ltm_virtual_server: balancer,
  bigip_net_selfip: { kind: 'address', addresses: ['ip'] },
  junos_aggregate_route: network,
  junos_bgp_group: network,
  junos_bgp_neighbor: network,
  junos_interface_logical: network,
  junos_interface_physical: network,
  junos_policyoptions_policy_statement: network,
  junos_routing_options: network,
  junos_security_ipsec_vpn: { kind: 'link' },
  junos_security_nat_source: network,
  junos_static_route: network,
  junos_vlan: network,
  maas_instance: { kind: 'machine', addresses: ['ip_addresses'] },
  maas_subnet: network,
  maas_subnet_ip_range: aid,
  maas_tag: aid,
  maas_vlan: network,

  maas_block_device: { kind: 'storage', stateful: true },
  maas_vm_host_machine: { kind: 'machine' },
};
