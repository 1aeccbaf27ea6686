import {
  type Opening,
  type ReviewedTypes,
  type ReviewedValues,
  blocksOf,
  portsText,
  textsOf,
} from '../../contract/review';

const aid = { kind: 'aid' } as const;
const network = { kind: 'network' } as const;

function rulesOpen({ rule }: ReviewedValues): Opening[] {
  return blocksOf(rule).flatMap(({ action, traffic_type: traffic, cidr_list: sources, protocol, ports, port }) => {
    if (action === 'deny' || traffic === 'egress') return [];
    const list = textsOf([ports, port]).filter((one) => one !== '');
    const what = list.length === 0 ? [portsText(protocol)] : list.map((one) => portsText(protocol, one));
    return textsOf(sources).flatMap((from) => what.map((one) => ({ what: one, from })));
  });
}

function rulesDeny({ rule }: ReviewedValues): string[] {
  return blocksOf(rule).flatMap(({ action, traffic_type: traffic, cidr_list: sources, protocol, ports, port }) => {
    if (action !== 'deny' || traffic === 'egress') return [];
    const what = [protocol, ...textsOf([ports, port])].filter(Boolean).join(' ');
    return textsOf(sources).map((from) => `${what} from ${from}`);
  });
}

/** https://registry.terraform.io/providers/cloudstack/cloudstack/0.6.0/docs */
export const reviewedTypes: ReviewedTypes = {
  cloudstack_affinity_group: aid,
  cloudstack_autoscale_policy: aid,
  cloudstack_autoscale_vm_group: { kind: 'fleet', rolls: ['vm_profile_id'] },
  cloudstack_autoscale_vm_profile: { kind: 'template' },
  cloudstack_condition: aid,
  cloudstack_configuration: aid,
  cloudstack_firewall: { kind: 'firewall', opens: rulesOpen },
  cloudstack_instance: {
    kind: 'machine',
    // The provider stops the machine, changes it and starts it again.
    restarts: ['name', 'service_offering', 'affinity_group_ids', 'affinity_group_names', 'keypair', 'user_data'],
    addresses: ['ip_address'],
  },
  cloudstack_ipaddress: { kind: 'address', addresses: ['ip_address'] },
  cloudstack_loadbalancer_rule: { kind: 'balancer' },
  cloudstack_network: network,
  cloudstack_network_acl: { kind: 'firewall' },
  cloudstack_network_acl_rule: { kind: 'firewall', opens: rulesOpen, denies: rulesDeny },
  cloudstack_nic: { kind: 'member', addresses: ['ip_address'] },
  cloudstack_service_offering_fixed: aid,
  cloudstack_static_nat: { kind: 'member' },
  cloudstack_vpc: network,

  cloudstack_disk: { kind: 'storage', stateful: true },
  cloudstack_volume: { kind: 'storage', stateful: true },
  cloudstack_kubernetes_cluster: { kind: 'fleet', stateful: true },
};
