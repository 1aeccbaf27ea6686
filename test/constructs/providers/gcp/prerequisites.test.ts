import { gcp } from '../../../../constructs/providers/gcp';
import { grant, withhold } from '../../../../scripts/sandbox/control';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';

const project = 'live-example';
const region = 'asia-northeast1';
const zone = `${region}-a`;
const image = 'debian-cloud/debian-12';
const attachment = `projects/${project}/regions/${region}/interconnectAttachments/cage-a`;

/** Terraform asks for every prerequisite in `test/conformance/sandbox.test.ts`. */
describe('the simulated Google Cloud, somewhere new', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;
  let subnet: Made;
  let account: Made;

  beforeEach(async () => {
    clouds = new SimulatedClouds(gcp.simulations, factsOfAdapter('gcp'));
    api = clouds.api('hashicorp/google', { project, region });
    const network = await api.create('google_compute_network', { name: 'live', auto_create_subnetworks: false });
    const range = { ip_cidr_range: '10.3.8.0/24', network: String(network.attributes['self_link']) };
    subnet = await api.create('google_compute_subnetwork', { name: 'origin', region, ...range });
    account = await api.create('google_service_account', { account_id: 'machines' });
    await api.create('google_compute_router', { name: 'hub', region, network: range.network });
  });
  afterEach(() => clouds.close());

  /** What each row makes; the names are Terraform's types without `google_`. */
  const recipes: Record<string, () => Fields> = {
    compute_network: () => ({ name: 'other' }),
    service_account: () => ({ account_id: 'deployer' }),
    project_iam_member: () => ({ project, role: 'roles/logging.logWriter', member: 'user:somebody@example.com' }),
    compute_instance: () => ({
      ...{ name: 'origin', zone, machine_type: 'e2-standard-4' },
      boot_disk: [{ initialize_params: [{ image }] }],
      network_interface: [{ subnetwork: subnet.attributes['self_link'] ?? null }],
      service_account: [{ email: account.attributes['email'] ?? null, scopes: ['cloud-platform'] }],
    }),
    compute_address: () => ({ name: 'ingest', region }),
    compute_instance_group: () => ({ name: 'origins', zone }),
    compute_router_interface: () => ({ name: 'aws', region, router: 'hub', interconnect_attachment: attachment }),
    dns_record_set: () => ({
      managed_zone: 'live',
      name: 'a.live.example.com.',
      type: 'A',
      ttl: 30,
      rrdatas: ['203.0.113.1'],
    }),
    storage_bucket: () => ({ name: 'live-example-states', location: 'asia1' }),
  };
  const make = (type: string): Promise<Made> => api.create(`google_${type}`, recipes[type]?.() ?? {});

  it.each([
    ['credentials', 'compute_network', 'Attempted to load application default credentials'],
    ['billing', 'compute_network', 'requires billing to be enabled'],
    ['compute-api', 'compute_network', 'Compute Engine API has not been used in project live-example before'],
    ['iam-api', 'service_account', 'Identity and Access Management (IAM) API has not been used'],
    ['resource-manager-api', 'project_iam_member', 'Cloud Resource Manager API has not been used'],
    ['compute-admin', 'compute_network', "Required 'compute.networks.create' permission"],
    ['account-admin', 'service_account', "Required 'iam.serviceAccounts.create' permission"],
    ['project-iam-admin', 'project_iam_member', "Required 'resourcemanager.projects.setIamPolicy' permission"],
    ['account-user', 'compute_instance', 'grant you the iam.serviceAccountUser role'],
    ['cpus', 'compute_instance', "Quota 'CPUS' exceeded"],
    ['addresses', 'compute_address', "Quota 'STATIC_ADDRESSES' exceeded"],
    ['instance-groups', 'compute_instance_group', "Quota 'INSTANCE_GROUPS' exceeded"],
    ['dns-api', 'dns_record_set', 'Cloud DNS API has not been used'],
    ['dns-admin', 'dns_record_set', "Required 'dns.changes.create' permission"],
    ['dns-zone', 'dns_record_set', "resource named 'live' does not exist"],
    ['storage-api', 'storage_bucket', 'Cloud Storage API has not been used'],
    ['storage-admin', 'storage_bucket', "Required 'storage.buckets.create' permission"],
    ['vlan-attachment', 'compute_router_interface', "interconnectAttachments/cage-a' was not found"],
  ])('without %s fails as the API does, and with it does not', async (id, type, words) => {
    withhold(clouds.cloud, id);
    await expect(make(type)).rejects.toThrow(words);
    grant(clouds.cloud, id);
    expect((await make(type)).id).not.toBe('');
  });
});

test('every prerequisite that a deployment can notice can be withheld', () => {
  const known = new Set(gcp.simulations.flatMap(({ prerequisites = [] }) => prerequisites.map(({ id }) => id)));
  const named = gcp.profiles.standard.facts.prerequisites.map(({ id }) => id);
  // Log-in through the proxy, and a session that people set, show only in use, and building in `watari image build`; images are asked for by Terraform.
  const inUse = ['iap-api', 'oslogin-api', 'images', 'image-build-network', 'image-build-iap', 'partner-session'];
  expect(named.filter((id) => !known.has(id))).toEqual(inUse);
});
