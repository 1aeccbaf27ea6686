import {
  type Opening,
  type ReviewedTypes,
  type ReviewedValues,
  blocksOf,
  portsText,
  textsOf,
} from '../../contract/review';

const network = { kind: 'network' } as const;
const link = { kind: 'link' } as const;
const balancer = { kind: 'balancer' } as const;
const bucket = { kind: 'storage', stateful: true } as const;
const deletionProtection = [{ path: 'deletion_protection' }] as const;

/** Ports of its blocks, and at which machines: a rule without a target is for the whole network. */
function rulesOf(blocks: unknown, { target_tags: tags, target_service_accounts: accounts }: ReviewedValues): string[] {
  const targets = textsOf([tags, accounts]).sort();
  const where = targets.length === 0 ? 'every machine' : targets.join(', ');
  return blocksOf(blocks).flatMap(({ protocol, ports }) => {
    const list = textsOf(ports);
    const what = list.length === 0 ? [portsText(protocol)] : list.map((port) => portsText(protocol, port));
    return what.map((one) => `${one} at ${where}`);
  });
}

const isInForce = ({ direction, disabled }: ReviewedValues): boolean => direction !== 'EGRESS' && disabled !== true;

function firewallOpens(values: ReviewedValues): Opening[] {
  if (!isInForce(values)) return [];
  const what = rulesOf(values.allow, values);
  return textsOf(values.source_ranges).flatMap((from) => what.map((one) => ({ what: one, from })));
}

function firewallDenies(values: ReviewedValues): string[] {
  if (!isInForce(values)) return [];
  const what = rulesOf(values.deny, values);
  return textsOf(values.source_ranges).flatMap((from) => what.map((one) => `${one} from ${from}`));
}

const everyone = new Set(['allUsers', 'allAuthenticatedUsers']);
const memberOpens = ({ role, member, members }: ReviewedValues): Opening[] =>
  textsOf([member, members]).flatMap((who) => (everyone.has(who) ? [{ what: textsOf(role).join(), from: '*' }] : []));
const grants = ({ role, member, members }: ReviewedValues): string[] =>
  textsOf([member, members]).map((who) => `${textsOf(role).join()} to ${who}`);
const access = { kind: 'identity', grants, opens: memberOpens } as const;

/** A whole policy as one document: `{ bindings: [{ role, members }] }`. */
const bindingsIn = ({ policy_data: text }: ReviewedValues): ReviewedValues[] => {
  try {
    const { bindings } = JSON.parse(String(text)) as { bindings?: unknown };
    return blocksOf(bindings);
  } catch {
    return [];
  }
};
const policy = {
  kind: 'identity',
  grants: (values: ReviewedValues) => bindingsIn(values).flatMap(grants),
  opens: (values: ReviewedValues) => bindingsIn(values).flatMap(memberOpens),
} as const;

/** Who may do what with what: each has a member, a binding and a policy. */
const governed = [
  ...[
    'project',
    'folder',
    'organization',
    'service_account',
    'storage_bucket',
    'cloud_run_service',
    'cloud_run_v2_service',
  ],
  ...['cloudfunctions_function', 'cloudfunctions2_function', 'pubsub_topic', 'pubsub_subscription', 'bigquery_dataset'],
  ...[
    'bigquery_table',
    'secret_manager_secret',
    'kms_crypto_key',
    'kms_key_ring',
    'compute_instance',
    'artifact_registry_repository',
  ],
];
const governing: ReviewedTypes = Object.fromEntries(
  governed.flatMap((name) => [
    [`google_${name}_iam_member`, access],
    [`google_${name}_iam_binding`, access],
    [`google_${name}_iam_policy`, policy],
  ]),
);

const sqlOpens = ({ settings }: ReviewedValues): Opening[] =>
  blocksOf(settings)
    .flatMap(({ ip_configuration: ip }) => blocksOf(ip))
    .flatMap(({ authorized_networks: networks }) => blocksOf(networks))
    .flatMap(({ value }) => textsOf(value).map((from) => ({ what: 'the database', from })));

/**
 * Types that the adapter emits, then such as other people's plans have and that hold data or let somebody in.
 * https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs
 */
export const reviewedTypes: ReviewedTypes = {
  ...governing,
  google_compute_address: { kind: 'address', addresses: ['address'] },
  google_compute_external_vpn_gateway: link,
  google_compute_firewall: { kind: 'firewall', opens: firewallOpens, denies: firewallDenies },
  google_compute_forwarding_rule: { kind: 'balancer', addresses: ['ip_address'] },
  google_compute_ha_vpn_gateway: link,
  google_compute_health_check: { kind: 'aid' },
  google_compute_instance: {
    kind: 'machine',
    protections: deletionProtection,
    // https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/compute_instance#allow_stopping_for_update-1
    restarts: [
      'desired_status',
      'machine_type',
      'min_cpu_platform',
      'enable_display',
      'shielded_instance_config',
      'service_account',
    ],
  },
  google_compute_instance_group: { kind: 'member' },
  google_compute_instance_group_membership: { kind: 'member' },
  google_compute_network: network,
  google_compute_region_autoscaler: { kind: 'aid' },
  google_compute_region_backend_service: balancer,
  google_compute_region_health_check: { kind: 'aid' },
  google_compute_region_instance_group_manager: { kind: 'fleet', rolls: ['version'] },
  google_compute_region_instance_template: { kind: 'template' },
  google_compute_resource_policy: { kind: 'aid' },
  google_compute_router: network,
  google_compute_router_interface: link,
  google_compute_router_nat: network,
  google_compute_router_peer: link,
  google_compute_subnetwork: network,
  google_compute_vpn_tunnel: link,
  google_dns_record_set: { kind: 'name', name: 'name', addresses: ['rrdatas'] },
  google_service_account: { kind: 'identity' },

  google_alloydb_cluster: { ...bucket, protections: deletionProtection },
  google_bigquery_dataset: bucket,
  google_bigquery_table: { ...bucket, protections: deletionProtection },
  google_bigtable_instance: { ...bucket, protections: deletionProtection },
  google_compute_disk: bucket,
  google_compute_region_disk: bucket,
  google_compute_instance_template: { kind: 'template' },
  google_compute_instance_group_manager: { kind: 'fleet', rolls: ['version'] },
  google_compute_global_address: { kind: 'address', addresses: ['address'] },
  google_compute_global_forwarding_rule: { kind: 'balancer', addresses: ['ip_address'] },
  google_container_cluster: { kind: 'fleet', stateful: true, protections: deletionProtection },
  google_dns_managed_zone: { kind: 'name', name: 'dns_name', stateful: true },
  google_filestore_instance: bucket,
  google_firestore_database: bucket,
  google_kms_crypto_key: { kind: 'identity', stateful: true },
  google_project: { kind: 'network', stateful: true },
  google_pubsub_topic: { kind: 'storage', stateful: true },
  google_pubsub_subscription: { kind: 'storage', stateful: true },
  google_redis_instance: bucket,
  google_secret_manager_secret: bucket,
  google_spanner_database: { ...bucket, protections: deletionProtection },
  google_spanner_instance: bucket,
  google_sql_database: bucket,
  google_sql_database_instance: { ...bucket, protections: deletionProtection, opens: sqlOpens },
  google_storage_bucket: { ...bucket, protections: [{ path: 'force_destroy', on: false }] },
};
