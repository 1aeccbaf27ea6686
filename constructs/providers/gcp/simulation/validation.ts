import type {
  SimulatedError,
  SimulatedResource,
  SimulatedValidation,
  SimulatedValue,
} from '../../../contract/simulation';

/** Numbers that need not be whole; the facts call every number a number. */
const fractional: ReadonlySet<string> = new Set([
  'autoscaling_policy.cpu_utilization.target',
  'autoscaling_policy.load_balancing_utilization.target',
  'autoscaling_policy.metric.single_instance_assignment',
  'autoscaling_policy.metric.target',
  'backend.capacity_scaler',
  'backend.custom_metrics.max_utilization',
  'backend.max_rate_per_endpoint',
  'backend.max_rate_per_instance',
  'backend.max_utilization',
  'failover_policy.failover_ratio',
  'log_config.flow_sampling',
  'log_config.sample_rate',
  'routing_policy.wrr.weight',
]);

/** The types, each with what the provider asks of all numbers. */
export function withWholeNumbers(
  types: Readonly<Record<string, SimulatedResource>>,
): Readonly<Record<string, SimulatedResource>> {
  const entries = Object.entries(types).map(([type, resource]): [string, SimulatedResource] => [
    type,
    {
      ...resource,
      validate: (self, context, configured) => [
        ...fractionErrors(self.attributes, ''),
        ...(resource.validate?.(self, context, configured) ?? []),
      ],
    },
  ]);
  return Object.fromEntries(entries);
}

function fractionErrors(value: SimulatedValue, path: string): SimulatedError[] {
  if (typeof value === 'number' && !Number.isInteger(value) && !fractional.has(path)) {
    return [
      {
        summary: 'Attribute must be a whole number, but a fractional value was given',
        detail: `got ${value}`,
        attribute: path,
      },
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item: SimulatedValue) => fractionErrors(item, path));
  return Object.entries(value as Readonly<Record<string, SimulatedValue>>).flatMap(([name, item]) =>
    fractionErrors(item, path === '' ? name : `${path}.${name}`),
  );
}

/** hashicorp/google 6.50.0, resource_compute_firewall.go: what is let in comes from somewhere. */
export const sourceErrors: SimulatedValidation = (self) => {
  const isAbsent = ['source_tags', 'source_ranges', 'source_service_accounts'].every(
    (name) => self.value(name) === null,
  );
  const summary = 'one of source_tags, source_ranges, or source_service_accounts must be defined';
  return self.text('direction') !== 'EGRESS' && isAbsent ? [{ summary }] : [];
};

/** Of backends whose balancer is managed by Envoy: resource_compute_region_backend_service.go. */
const managedOnly = [
  'capacity_scaler',
  'max_connections',
  'max_connections_per_instance',
  'max_connections_per_endpoint',
  'max_rate',
  'max_rate_per_instance',
  'max_rate_per_endpoint',
  'max_utilization',
];

export const backendSchemeErrors: SimulatedValidation = (self) => {
  const backends = self.blocks('backend');
  const scheme = self.text('load_balancing_scheme');
  if (backends.length === 0 || scheme === 'INTERNAL_MANAGED') return [];
  if (scheme === 'INTERNAL' || scheme === 'EXTERNAL') {
    const wrong = backends.flatMap((backend) =>
      managedOnly.filter((name) => backend[name]).map((name) => [name, backend[name]]),
    );
    return wrong.map(([name, value]) => ({
      summary: `"${String(name)}" cannot be set for non-managed backend service, found value ${String(value)}`,
    }));
  }
  const bears = backends.some((backend) => Number(backend['capacity_scaler'] ?? 0) > 0);
  const summary = 'managed backend service must have at least one non-zero capacity_scaler for backends';
  return bears ? [] : [{ summary }];
};

/** resource_compute_router.go: ranges are announced in the mode CUSTOM only. */
export const advertisementErrors: SimulatedValidation = (self) =>
  self.blocks('bgp').flatMap((bgp) => {
    if ((bgp['advertise_mode'] ?? 'DEFAULT') !== 'DEFAULT') return [];
    const given = ['advertised_groups', 'advertised_ip_ranges'].filter((name) => isFilled(bgp[name]));
    return given.map((name) => ({
      summary: `Error in bgp: ${name} cannot be specified when using advertise_mode DEFAULT`,
    }));
  });

const isFilled = (value: SimulatedValue): boolean => Array.isArray(value) && value.length > 0;

/** resource_compute_router_nat.go: what drains was in use before. */
export const drainErrors: SimulatedValidation = (self) => {
  const drained = self.all('drain_nat_ips');
  const isNew = self.text('id') === '';
  return isNew && drained.length > 0
    ? [
        {
          summary: `New RouterNat cannot have drain_nat_ips, got values [${drained.join(' ')}]`,
          attribute: 'drain_nat_ips',
        },
      ]
    : [];
};

/** resource_compute_instance_template.go. */
export const bootDiskErrors: SimulatedValidation = (self) =>
  self.blocks('disk').flatMap((disk, index) => {
    const summary = `Only the first disk specified in instance_template can be the boot disk. disk.${index}.boot was true`;
    return index > 0 && disk['boot'] === true ? [{ summary }] : [];
  });

/** RFC 6996, and the number of Partner Interconnect. */
export function asnErrors(asn: SimulatedValue): SimulatedError[] {
  if (typeof asn !== 'number') return [];
  const isPrivate = (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294);
  if (isPrivate || asn === 16550) return [];
  const detail =
    'must be either in the private ASN ranges: [64512..65534], [4200000000..4294967294]; or be the value of [16550]';
  return [{ summary: 'expected "bgp.0.asn" to be a RFC6996-compliant Local ASN', detail, attribute: 'bgp.asn' }];
}
