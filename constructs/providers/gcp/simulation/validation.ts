import type { SimulatedError, SimulatedResource, SimulatedValue } from '../../../contract/simulation';

/** Numbers that need not be whole; the facts call every number a number. */
const fractional: ReadonlySet<string> = new Set([
  'autoscaling_policy.cpu_utilization.target',
  'autoscaling_policy.load_balancing_utilization.target',
  'autoscaling_policy.metric.target',
  'backend.capacity_scaler',
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
      validate: (self, context) => [
        ...fractionErrors(self.attributes, ''),
        ...(resource.validate?.(self, context) ?? []),
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

/** RFC 6996, and the number of Partner Interconnect. */
export function asnErrors(asn: SimulatedValue): SimulatedError[] {
  if (typeof asn !== 'number') return [];
  const isPrivate = (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294);
  if (isPrivate || asn === 16550) return [];
  const detail =
    'must be either in the private ASN ranges: [64512..65534], [4200000000..4294967294]; or be the value of [16550]';
  return [{ summary: 'expected "bgp.0.asn" to be a RFC6996-compliant Local ASN', detail, attribute: 'bgp.asn' }];
}
