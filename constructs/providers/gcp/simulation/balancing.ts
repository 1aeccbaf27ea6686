import type { SimulatedError, SimulatedObject, SimulatedResource } from '../../../contract/simulation';
import { numericId } from './common';
import { apiError } from './errors';
import { idBy, idIn, lastPart, linkTo } from './place';
import { subnetReference } from './network';
import { backendSchemeErrors } from './validation';

const ownLabels = (self: SimulatedObject) => self.value('labels');

const healthCheck: SimulatedResource = {
  id: idBy('regions', 'healthChecks'),
  filledBlocks: ['log_config'],
  computed: {
    health_check_id: numericId,
    type: (self) => (self.blocks('http_health_check').length > 0 ? 'HTTP' : 'TCP'),
  },
  seconds: { create: 5, delete: 5 },
};

const globalHealthCheck: SimulatedResource = { ...healthCheck, id: idBy('global', 'healthChecks') };

const backendService: SimulatedResource = {
  id: idBy('regions', 'backendServices'),
  filledBlocks: ['cdn_policy', 'iap', 'log_config'],
  planned: { 'backend.description': () => '' },
  computed: {
    generated_id: numericId,
    port_name: () => '',
    protocol: () => 'TCP',
    session_affinity: () => 'NONE',
    timeout_sec: () => 30,
    'backend.failover': () => false,
  },
  references: {
    'backend.group': {
      to: ['google_compute_instance_group', 'google_compute_region_instance_group'],
      value: idIn,
    },
    health_checks: { to: 'google_compute_region_health_check', value: idIn },
  },
  rules: { health_checks: { minItems: 1, maxItems: 1 } },
  validate: backendSchemeErrors,
  check: (self) => backendErrors(self),
  seconds: { create: 25, update: 15, delete: 25 },
};

function backendErrors(self: SimulatedObject): readonly SimulatedError[] {
  const failing = self.blocks('backend').filter((backend) => backend['failover'] === true);
  const modes = self.all('backend.balancing_mode').filter((mode) => mode !== 'CONNECTION');
  if (modes.length > 0) {
    const text = `Invalid value for field 'resource.backends[0].balancingMode': '${String(modes[0])}'. Balancing mode must be CONNECTION for a passthrough load balancer, invalid`;
    return [apiError(self, 400, text, 'backend')];
  }
  if (failing.length === 0 || failing.length < self.blocks('backend').length) return [];
  const text = 'A backend service must have at least one backend that is not a failover backend, invalid';
  return [apiError(self, 400, text, 'backend')];
}

const forwardingRule: SimulatedResource = {
  id: idBy('regions', 'forwardingRules'),
  filledBlocks: ['service_directory_registrations'],
  // The provider's own label is left out here: adding it would replace rules that older versions made.
  planned: { effective_labels: ownLabels, terraform_labels: ownLabels },
  computed: {
    forwarding_rule_id: numericId,
    base_forwarding_rule: () => '',
    ip_protocol: () => 'TCP',
    ip_version: () => '',
    network_tier: () => 'PREMIUM',
    port_range: () => '',
    psc_connection_id: () => '',
    psc_connection_status: () => '',
    service_name: () => '',
    network: () => '',
    subnetwork: () => '',
  },
  references: {
    backend_service: { to: 'google_compute_region_backend_service', value: linkTo('regions', 'backendServices') },
    ip_address: {
      to: 'google_compute_address',
      value: (value) => (value.includes('/') ? idIn(value) : undefined),
    },
    network: { to: 'google_compute_network', value: linkTo('global', 'networks') },
    subnetwork: subnetReference,
  },
  check: (self, context) => {
    const same = context
      .list('google_compute_forwarding_rule')
      .filter((other) => other.id !== self.id && idIn(other.text('ip_address')) === idIn(self.text('ip_address')));
    const shared = same.find((other) => other.all('ports').some((port) => self.all('ports').includes(port)));
    if (shared === undefined) return [];
    const text = `Invalid value for field 'resource.IPAddress': '${lastPart(self.text('ip_address'))}'. Specified IP address is in-use and would result in a conflict., invalid`;
    return [apiError(self, 400, text, 'ip_address')];
  },
  seconds: { create: 15, delete: 15 },
};

export const balancingTypes: Readonly<Record<string, SimulatedResource>> = {
  google_compute_health_check: globalHealthCheck,
  google_compute_region_health_check: healthCheck,
  google_compute_region_backend_service: backendService,
  google_compute_forwarding_rule: forwardingRule,
};
