import type { AddressRange, SimulatedResource, SimulationContext } from '../../../contract/simulation';
import { contains, overlaps, parseCidr, toAddress } from '../../../util/cidr';
import { numericId, numericText } from './common';
import { addressTaken, apiError } from './errors';
import { idBy, idIn, linkTo } from './place';
import { advertisementErrors, asnErrors, drainErrors, sourceErrors } from './validation';

const networkReference = { to: 'google_compute_network', value: linkTo('global', 'networks') } as const;
export const subnetReference = {
  to: 'google_compute_subnetwork',
  value: linkTo('regions', 'subnetworks'),
} as const;

/** A block of Tokyo: https://www.gstatic.com/ipranges/cloud.json, read 2026-11-20. */
const publicRange: AddressRange = { space: 'google-public', cidr: '34.84.0.0/16' };

/** Two addresses at each end of a subnet belong to Google: https://cloud.google.com/vpc/docs/subnets#unusable-ip-addresses-in-every-subnet */
export function rangeOf(subnetwork: string, context: SimulationContext): AddressRange | undefined {
  const subnet = context.find('google_compute_subnetwork', idIn(subnetwork));
  if (subnet === undefined) return undefined;
  const space = `vpc ${idIn(subnet.text('network'))}`;
  return { space, cidr: subnet.text('ip_cidr_range'), first: 2, last: 2 };
}

const network: SimulatedResource = {
  id: idBy('global', 'networks'),
  computed: {
    network_id: numericText,
    numeric_id: numericText,
    gateway_ipv4: () => '',
    mtu: () => 1460,
    routing_mode: () => 'REGIONAL',
    bgp_always_compare_med: () => false,
    bgp_best_path_selection_mode: () => 'LEGACY',
    bgp_inter_region_cost: () => '',
  },
  seconds: { create: 12, delete: 20 },
};

const subnetwork: SimulatedResource = {
  id: idBy('regions', 'subnetworks'),
  replacedUnless: {
    // a range that grows is changed in place
    ip_cidr_range: (before, after) =>
      after.text('ip_cidr_range').includes('/') && contains(after.text('ip_cidr_range'), before.text('ip_cidr_range')),
  },
  filledBlocks: ['secondary_ip_range'],
  computed: {
    subnetwork_id: numericId,
    gateway_address: (self) => toAddress(parseCidr(self.text('ip_cidr_range')).first + 1),
    purpose: () => 'PRIVATE',
    stack_type: () => 'IPV4_ONLY',
    private_ip_google_access: () => false,
    private_ipv6_google_access: () => 'DISABLE_GOOGLE_ACCESS',
    enable_flow_logs: () => false,
    state: () => '',
    ipv6_cidr_range: () => '',
    internal_ipv6_prefix: () => '',
    ipv6_gce_endpoint: () => '',
  },
  references: { network: networkReference },
  check: (self, context) => {
    const cidr = self.text('ip_cidr_range');
    const others = context.list('google_compute_subnetwork').filter((other) => other.id !== self.id);
    const crossed = others.find(
      (other) =>
        idIn(other.text('network')) === idIn(self.text('network')) && overlaps(other.text('ip_cidr_range'), cidr),
    );
    if (crossed === undefined) return [];
    const text = `Invalid IPCidrRange: ${cidr} conflicts with existing subnetwork '${crossed.text('name')}' in region '${crossed.text('region')}'., invalid`;
    return [apiError(self, 400, text, 'ip_cidr_range')];
  },
  seconds: { create: 15, delete: 15 },
};

const firewall: SimulatedResource = {
  id: idBy('global', 'firewalls'),
  validate: sourceErrors,
  computed: { direction: () => 'INGRESS', enable_logging: () => null, destination_ranges: () => [] },
  references: { network: networkReference },
  seconds: { create: 10, delete: 10 },
};

const address: SimulatedResource = {
  id: idBy('regions', 'addresses'),
  equivalent: { ip_version: (before, after) => (before || 'IPV4') === (after || 'IPV4') },
  computed: {
    network_tier: (self) => (self.text('address_type') === 'INTERNAL' ? '' : 'PREMIUM'),
    purpose: (self) => (self.text('address_type') === 'INTERNAL' ? 'GCE_ENDPOINT' : ''),
    prefix_length: () => 0,
    subnetwork: () => '',
    users: () => [],
  },
  references: { subnetwork: subnetReference },
  addresses: [
    {
      attribute: 'address',
      allocate: true,
      range: (_block, self, context) =>
        self.text('address_type') === 'INTERNAL' ? rangeOf(self.text('subnetwork'), context) : publicRange,
      taken: addressTaken,
    },
  ],
  seconds: { create: 3, delete: 5 },
};

const router: SimulatedResource = {
  id: idBy('regions', 'routers'),
  validate: (self, ...rest) => [...asnErrors(self.value('bgp.asn')), ...advertisementErrors(self, ...rest)],
  computed: { 'bgp.identifier_range': () => '' },
  references: { network: networkReference },
  seconds: { create: 12, delete: 12 },
};

const nat: SimulatedResource = {
  validate: drainErrors,
  id: (self) => `${self.text('project')}/${self.text('region')}/${self.text('router')}/${self.text('name')}`,
  computed: {
    auto_network_tier: () => 'PREMIUM',
    drain_nat_ips: () => [],
    nat_ips: () => [],
    enable_dynamic_port_allocation: () => false,
    enable_endpoint_independent_mapping: () => false,
    endpoint_types: () => ['ENDPOINT_TYPE_VM'],
    min_ports_per_vm: () => 0,
  },
  references: { router: { to: 'google_compute_router', value: linkTo('regions', 'routers') } },
  seconds: { create: 15, delete: 15 },
};

export const networkTypes: Readonly<Record<string, SimulatedResource>> = {
  google_compute_network: network,
  google_compute_subnetwork: subnetwork,
  google_compute_firewall: firewall,
  google_compute_address: address,
  google_compute_router: router,
  google_compute_router_nat: nat,
};
