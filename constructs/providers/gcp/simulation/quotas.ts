import type { SimulatedObject, SimulatedQuota } from '../../../contract/simulation';
import { knownTypes } from '../machine-types';
import { lastPart } from './place';

const one = (): number => 1;
const vcpus = (family: string) => (self: SimulatedObject) => {
  const name = lastPart(self.text('machine_type'));
  return name.startsWith(`${family}-`) ? (knownTypes.find((type) => type.name === name)?.vcpu ?? 0) : 0;
};
const isPublic = (self: SimulatedObject): number => (self.text('address_type') === 'INTERNAL' ? 0 : 1);

/**
 * Bounds once the prerequisites of kind quota are granted; names as the API has them.
 * https://cloud.google.com/compute/resource-usage, read 2026-11-20.
 */
export const quotas: readonly SimulatedQuota[] = [
  { id: 'CPUS', limit: 2400, within: ['project'], use: { google_compute_instance: vcpus('e2') } },
  { id: 'N2_CPUS', limit: 2400, within: ['project'], use: { google_compute_instance: vcpus('n2') } },
  { id: 'STATIC_ADDRESSES', limit: 256, within: ['project', 'region'], use: { google_compute_address: isPublic } },
  { id: 'INSTANCE_GROUPS', limit: 500, within: ['project'], use: { google_compute_instance_group: one } },
  { id: 'NETWORKS', limit: 15, within: ['project'], use: { google_compute_network: one } },
  { id: 'ROUTERS', limit: 20, within: ['project'], use: { google_compute_router: one } },
  { id: 'FIREWALLS', limit: 200, within: ['project'], use: { google_compute_firewall: one } },
  { id: 'FORWARDING_RULES', limit: 150, within: ['project'], use: { google_compute_forwarding_rule: one } },
  { id: 'VPN_TUNNELS', limit: 40, within: ['project'], use: { google_compute_vpn_tunnel: one } },
];
