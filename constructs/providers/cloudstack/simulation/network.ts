import type {
  SimulatedAttributes,
  SimulatedError,
  SimulatedFunction,
  SimulatedResource,
} from '../../../contract/simulation';
import { contains, overlaps } from '../../../util/cidr';
import { apiError, deletionError, wrapped } from './errors';

const uuid: SimulatedResource['id'] = (_self, context) => context.uuid();

/** Where a zone's public addresses come from here: the block for measurements, RFC 2544. */
const publicSpace = 'cloudstack-public';
const publicCidr = '198.18.0.0/16';

const vpc: SimulatedResource = {
  id: uuid,
  computed: {
    network_domain: () => 'cs2cloud.internal',
    project: () => '',
    source_nat_ip: (_self, context) => context.address(publicSpace, publicCidr, 'source-nat'),
  },
  seconds: { create: 30, delete: 20 },
};

const network: SimulatedResource = {
  id: uuid,
  // A tier gets another list in place, and none only anew.
  replacedBy: (before, after) =>
    after.text('acl_id') === 'none' && before.text('acl_id') !== 'none' ? ['acl_id'] : [],
  computed: {
    network_domain: () => 'cs2cloud.internal',
    project: () => '',
    startip: () => '',
    endip: () => '',
    source_nat_ip_address: () => '',
    source_nat_ip_id: () => '',
  },
  references: {
    vpc_id: {
      to: 'cloudstack_vpc',
      // VpcManagerImpl.destroyVpc
      inUse: ({ self }) =>
        deletionError(self, 'parameter', `Can't delete VPC ${self.text('name')} as its used by 1 networks`),
    },
    acl_id: {
      to: 'cloudstack_network_acl',
      value: (value) => (value === 'none' ? undefined : value),
      // NetworkACLManagerImpl.deleteNetworkACL
      inUse: ({ self }) =>
        deletionError(
          self,
          'internal',
          `ACL is still associated with 1 tier(s). Cannot delete network ACL: ${self.id}`,
        ),
    },
  },
  check: (self, context) => {
    const owner = context.find('cloudstack_vpc', self.text('vpc_id'));
    const others = context.list('cloudstack_network', { vpc_id: self.text('vpc_id') });
    return owner
      ? tierErrors(
          self.text('name'),
          self.text('cidr'),
          owner.text('cidr'),
          others.filter(({ id }) => id !== self.id).map((other) => other.text('cidr')),
        )
      : [];
  },
  seconds: { create: 15, delete: 15 },
};

/** VpcManagerImpl.validateNtwkOffForNtwkInVpc */
function tierErrors(name: string, cidr: string, vpcCidr: string, others: readonly string[]): readonly SimulatedError[] {
  const crossed = others.find((other) => overlaps(other, cidr));
  const problem = !contains(vpcCidr, cidr)
    ? `Network cidr ${cidr} is not within vpc cidr ${vpcCidr}`
    : crossed && `Network cidr ${cidr} crosses other network cidr ${crossed} in the same vpc`;
  return problem ? [wrapped('cloudstack_network', name, apiError('parameter', problem, 'cidr'))] : [];
}

const acl: SimulatedResource = {
  id: uuid,
  references: { vpc_id: { to: 'cloudstack_vpc', holds: false } },
  seconds: { create: 3, delete: 3 },
};

/** As verifyNetworkACLRuleParams and verifyFirewallRuleParams put it: found by the provider when it applies. */
function ruleErrors(rules: readonly SimulatedAttributes[], protocols: readonly string[]): readonly SimulatedError[] {
  return rules.flatMap((rule) => {
    const protocol = String(rule['protocol']);
    const [number, action] = [Number(rule['rule_number'] ?? 1), rule['action'] ?? 'allow'];
    const ports = [rule['port'] ?? [], rule['ports'] ?? []].flat().map(String);
    const port = ports.find((text) => text !== '' && !/^\d+(-\d+)?$/.test(text));
    return [
      ...(protocols.includes(protocol) ? [] : [`"${protocol}" is not a valid protocol.`]),
      ...(number >= 1 && number <= 65535
        ? []
        : [`"rule_number" must be between 1 and 65535 inclusive, got: ${number}`]),
      ...(action === 'allow' || action === 'deny' ? [] : ["Parameter action only accepts 'allow' or 'deny' as values"]),
      ...(port === undefined ? [] : [`"${port}" is not a valid port value. Valid options are '80' or '80-90'`]),
    ].map((summary) => ({ summary, attribute: 'rule' }));
  });
}

/** NetworkACLServiceImpl: an item's number is its own in the list. */
const numberTaken: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const others = context.list('cloudstack_network_acl_rule', { acl_id: self.text('acl_id') });
  const numbers = others.filter(({ id }) => id !== self.id).flatMap((other) => other.all('rule.rule_number'));
  const clash = self.all('rule.rule_number').find((number) => numbers.includes(number));
  if (clash === undefined) return [];
  return [apiError('parameter', `ACL item with number ${String(clash)} already exists in ACL: ${self.text('acl_id')}`)];
};

/** The provider's own id is the list's, which several resources may then share; here each has one of its own. */
const aclRule: SimulatedResource = {
  id: uuid,
  references: { acl_id: { to: 'cloudstack_network_acl', holds: false } },
  computed: {
    'rule.icmp_type': () => 0,
    'rule.icmp_code': () => 0,
    'rule.rule_number': (_self, _context, { index }) => index + 1,
    'rule.uuids': (_self, context, { attributes, index }) => ({
      [String(attributes['port'] ?? attributes['protocol'])]: context.uuid(`rule ${index}`),
    }),
  },
  check: (self, context) => [
    ...ruleErrors(self.blocks('rule'), ['tcp', 'udp', 'icmp', 'all']),
    ...numberTaken(self, context),
  ],
  seconds: { create: 4, update: 4, delete: 4 },
};

const address: SimulatedResource = {
  id: uuid,
  computed: {
    ip_address: (_self, context) => context.address(publicSpace, publicCidr),
    is_source_nat: () => false,
    project: () => '',
  },
  references: { vpc_id: { to: 'cloudstack_vpc', holds: false } },
  check: (_self, { before }) => (before ? [{ summary: "doesn't support update" }] : []),
  seconds: { create: 5, delete: 5 },
};

const portsOf = (ports: unknown): readonly string[] => (Array.isArray(ports) ? ports.map(String) : []);

const firewall: SimulatedResource = {
  id: (self) => self.text('ip_address_id'),
  references: { ip_address_id: { to: 'cloudstack_ipaddress', holds: false } },
  computed: {
    project: () => '',
    'rule.icmp_type': () => 0,
    'rule.icmp_code': () => 0,
    'rule.uuids': (_self, context, { attributes, index }) => {
      const ports = portsOf(attributes['ports']);
      const keys = ports.length > 0 ? ports : [String(attributes['protocol'])];
      return Object.fromEntries(keys.map((key) => [key, context.uuid(`rule ${index} ${key}`)]));
    },
  },
  check: (self) => ruleErrors(self.blocks('rule'), ['tcp', 'udp', 'icmp']),
  seconds: { create: 4, update: 4, delete: 4 },
};

const staticNat: SimulatedResource = {
  id: (self) => self.text('ip_address_id'),
  computed: {
    project: () => '',
    vm_guest_ip: (self, context) =>
      context.find('cloudstack_instance', self.text('virtual_machine_id'))?.text('ip_address') ?? '',
  },
  references: {
    ip_address_id: { to: 'cloudstack_ipaddress', holds: false },
    virtual_machine_id: { to: 'cloudstack_instance', holds: false },
  },
  check: (self, context) =>
    context
      .list('cloudstack_loadbalancer_rule', { ip_address_id: self.text('ip_address_id') })
      .map((rule) =>
        wrapped(
          self.type,
          '',
          apiError(
            'conflict',
            `Failed to enable static nat rule for IP Address ${self.text('ip_address_id')} as there is a load balancer rule ${rule.id}`,
          ),
        ),
      ),
  seconds: { create: 4, delete: 4 },
};

function balancerErrors(protocol: string, algorithm: string): readonly SimulatedError[] {
  if (!['', 'tcp', 'udp', 'tcp-proxy'].includes(protocol)) {
    const summary = `"${protocol}" is not a valid protocol. Valid options are 'tcp', 'udp' of 'tcp-proxy'`;
    return [{ summary, attribute: 'protocol' }];
  }
  return ['roundrobin', 'leastconn', 'source'].includes(algorithm)
    ? []
    : [apiError('parameter', `Invalid algorithm: ${algorithm}`, 'algorithm')];
}

const balancerRule: SimulatedResource = {
  id: uuid,
  computed: { project: () => '', protocol: () => 'tcp' },
  references: {
    ip_address_id: { to: 'cloudstack_ipaddress', holds: false },
    network_id: { to: 'cloudstack_network', holds: false },
    member_ids: { to: 'cloudstack_instance', holds: false },
  },
  check: (self) => balancerErrors(self.text('protocol'), self.text('algorithm')),
  unique: [
    {
      attributes: ['public_port'],
      within: ['ip_address_id'],
      taken: ({ value, other }) =>
        apiError(
          'conflict',
          `The range specified, ${value}-${value}, conflicts with rule ${other?.id ?? ''} which has ${value}-${value}`,
        ),
    },
  ],
  seconds: { create: 6, update: 4, delete: 5 },
};

export const networkTypes: Readonly<Record<string, SimulatedResource>> = {
  cloudstack_firewall: firewall,
  cloudstack_ipaddress: address,
  cloudstack_loadbalancer_rule: balancerRule,
  cloudstack_network: network,
  cloudstack_network_acl: acl,
  cloudstack_network_acl_rule: aclRule,
  cloudstack_static_nat: staticNat,
  cloudstack_vpc: vpc,
};
