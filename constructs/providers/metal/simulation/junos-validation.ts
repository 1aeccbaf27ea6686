import type {
  SimulatedAttributes,
  SimulatedError,
  SimulatedRule,
  SimulatedValidation,
  SimulatedValue,
} from '../../../contract/simulation';

type Rules = Readonly<Record<string, SimulatedRule>>;

/** What jeremmfr/junos 2.20.0 says of a configuration before it asks a device (internal/provider, `ValidateConfig`). */

const addressRules = (family: 'family_inet' | 'family_inet6'): Rules => ({
  [`${family}.address`]: { distinctBy: ['cidr_ip'] },
  [`${family}.address.vrrp_group`]: { distinctBy: ['identifier'] },
  [`${family}.address.vrrp_group.track_interface`]: { distinctBy: ['interface'] },
  [`${family}.address.vrrp_group.track_route`]: { distinctBy: ['route'] },
  [`${family}.address.vrrp_group.track_route.route`]: { format: 'cidr' },
});
export const logicalInterfaceRules: Rules = { ...addressRules('family_inet'), ...addressRules('family_inet6') };

const routeFilter: SimulatedRule = { distinctBy: ['route', 'option', 'option_value'] };
const segmentIdentifiers: SimulatedRule = { pattern: '^([\\d\\w]{2}:){9}[\\d\\w]{2}$' };
export const policyRules: Rules = {
  term: { distinctBy: ['name'] },
  'from.route_filter': routeFilter,
  'from.evpn_esi': segmentIdentifiers,
  'term.from.route_filter': routeFilter,
  'term.from.evpn_esi': segmentIdentifiers,
};

const integratedRouting = [
  'proxy_macip_advertisement',
  'virtual_gateway_accept_data',
  'virtual_gateway_v4_mac',
  'virtual_gateway_v6_mac',
];

/** Arguments that only an interface of integrated routing and bridging has. */
export const logicalInterfaceErrors: SimulatedValidation = (self) => {
  if (self.text('name') === '' || self.text('name').startsWith('irb.')) return [];
  const own = integratedRouting.filter((name) => isGiven(self.value(name)));
  const families = ['family_inet', 'family_inet6'].filter(
    (family) => self.all(`${family}.address.virtual_gateway_address`).length > 0,
  );
  return [...own, ...families.map(() => 'virtual_gateway_address')].map((name) => ({
    summary: 'Conflict Configuration Error',
    detail: `cannot set ${name} if interface name doesn't have 'irb.' prefix`,
    attribute: name,
  }));
};

/** A term says something, and so does each of its blocks. */
export const policyErrors: SimulatedValidation = (self) =>
  self.blocks('term').flatMap((term) => {
    const name = String(term['name']);
    const parts = ['from', 'to', 'then'] as const;
    const given = parts.filter((part) => isGiven(term[part]));
    if (given.length === 0) return [missing(`term block "${name}" is empty`)];
    const empty = given.filter((part) => isEmpty(term[part]));
    return empty.map((part) => missing(`${part} block is empty in term block "${name}"`));
  });

const missing = (detail: string): SimulatedError => ({
  summary: 'Missing Configuration Error',
  detail,
  attribute: 'term',
});

const isGiven = (value: SimulatedValue): boolean => value !== null && value !== undefined;

/** Nothing in a block is set; what is not known yet is. */
function isEmpty(block: SimulatedValue): boolean {
  const values = Object.values(block as SimulatedAttributes);
  return values.every((value) => value === null || (Array.isArray(value) && value.length === 0));
}
