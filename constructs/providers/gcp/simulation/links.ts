import type { SimulatedResource } from '../../../contract/simulation';
import { numericText } from './common';
import { apiError } from './errors';
import { idBy, linkTo, projectOf, regionOf } from './place';

const routerReference = { to: 'google_compute_router', value: linkTo('regions', 'routers') } as const;

/** Two addresses of different blocks, one on each interface. */
const vpnGateway: SimulatedResource = {
  id: idBy('regions', 'vpnGateways'),
  computed: {
    vpn_interfaces: (_self, context) => [
      { id: 0, ip_address: context.address('google-vpn-0', '35.242.0.0/17', '0') ?? '', interconnect_attachment: '' },
      { id: 1, ip_address: context.address('google-vpn-1', '35.220.0.0/17', '1') ?? '', interconnect_attachment: '' },
    ],
  },
  references: { network: { to: 'google_compute_network', value: linkTo('global', 'networks') } },
  seconds: { create: 12, delete: 12 },
};

const counts: Readonly<Record<string, number>> = {
  SINGLE_IP_INTERNALLY_REDUNDANT: 1,
  TWO_IPS_REDUNDANCY: 2,
  FOUR_IPS_REDUNDANCY: 4,
};

const externalGateway: SimulatedResource = {
  id: idBy('global', 'externalVpnGateways'),
  check: (self, context) => {
    const wanted = counts[self.text('redundancy_type')] ?? 0;
    const found = self.blocks('interface').length;
    const own = context
      .list('google_compute_ha_vpn_gateway')
      .flatMap((gateway) => gateway.all('vpn_interfaces.ip_address'));
    const google = self.all('interface.ip_address').find((address) => own.includes(address));
    if (wanted !== found) {
      const text = `Invalid value for field 'resource.interfaces': ''. The number of interfaces ${found} does not match redundancy type ${self.text('redundancy_type')}, invalid`;
      return [apiError(self, 400, text, 'interface')];
    }
    if (google === undefined) return [];
    const text = `Invalid value for field 'resource.interfaces[0].ipAddress': '${String(google)}'. The IP address of a Google Cloud VPN gateway cannot be that of an external VPN gateway, invalid`;
    return [apiError(self, 400, text, 'interface')];
  },
  seconds: { create: 5, delete: 5 },
};

const tunnel: SimulatedResource = {
  id: idBy('regions', 'vpnTunnels'),
  computed: {
    tunnel_id: numericText,
    detailed_status: () => 'Tunnel is up and running.',
    shared_secret_hash: (_self, context) => context.hex(40, 'secret'),
    local_traffic_selector: () => ['0.0.0.0/0'],
    remote_traffic_selector: () => ['0.0.0.0/0'],
    peer_ip: (self, context) => {
      const far = linkTo('global', 'externalVpnGateways')(self.text('peer_external_gateway'), self);
      const gateway = far === undefined ? undefined : context.find('google_compute_external_vpn_gateway', far);
      const at = self.number('peer_external_gateway_interface');
      return gateway?.blocks('interface').find((one) => one['id'] === at)?.['ip_address'] ?? '';
    },
  },
  references: {
    vpn_gateway: { to: 'google_compute_ha_vpn_gateway', value: linkTo('regions', 'vpnGateways') },
    peer_gcp_gateway: { to: 'google_compute_ha_vpn_gateway', value: linkTo('regions', 'vpnGateways') },
    peer_external_gateway: {
      to: 'google_compute_external_vpn_gateway',
      value: linkTo('global', 'externalVpnGateways'),
    },
    router: routerReference,
  },
  seconds: { create: 15, delete: 15 },
};

const routerInterface: SimulatedResource = {
  id: (self) => `${regionOf(self)}/${self.text('router')}/${self.text('name')}`,
  computed: { ip_version: () => 'IPV4', redundant_interface: () => '' },
  references: {
    router: routerReference,
    vpn_tunnel: { to: 'google_compute_vpn_tunnel', value: linkTo('regions', 'vpnTunnels') },
  },
  unique: [{ attributes: ['ip_range', 'router'], within: ['project', 'region'] }],
  seconds: { create: 10, delete: 10 },
};

const peer: SimulatedResource = {
  filledBlocks: ['bfd'],
  id: (self) =>
    `projects/${projectOf(self)}/regions/${regionOf(self)}/routers/${self.text('router')}/${self.text('name')}`,
  computed: {
    management_type: () => 'MANAGED_BY_USER',
    enable_ipv4: () => true,
    ip_address: (self, context) =>
      context.find('google_compute_router_interface', interfaceId(self))?.text('ip_range').split('/')[0] ?? '',
    ipv4_nexthop_address: () => '',
    ipv6_nexthop_address: () => '',
    peer_ipv4_nexthop_address: () => '',
    peer_ipv6_nexthop_address: () => '',
    is_advertised_route_priority_set: (self) => self.value('advertised_route_priority') !== null,
    is_custom_learned_priority_set: () => false,
  },
  references: {
    router: routerReference,
    interface: {
      to: 'google_compute_router_interface',
      value: (value, self) => `${regionOf(self)}/${self.text('router')}/${value}`,
    },
  },
  seconds: { create: 10, update: 10, delete: 10 },
};

function interfaceId(self: Parameters<NonNullable<SimulatedResource['id']>>[0]): string {
  return `${regionOf(self)}/${self.text('router')}/${self.text('interface')}`;
}

export const linkTypes: Readonly<Record<string, SimulatedResource>> = {
  google_compute_ha_vpn_gateway: vpnGateway,
  google_compute_external_vpn_gateway: externalGateway,
  google_compute_vpn_tunnel: tunnel,
  google_compute_router_interface: routerInterface,
  google_compute_router_peer: peer,
};
