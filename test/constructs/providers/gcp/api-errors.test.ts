import { gcp } from '../../../../constructs/providers/gcp';
import { removeObject, setQuota, withhold } from '../../../../scripts/sandbox/control';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';

/**
 * Reasons and messages of the API: https://cloud.google.com/compute/docs/troubleshooting/troubleshooting-general and what
 * issues of hashicorp/terraform-provider-google quote (41, 2011, 21362); the provider's own words: its sources at v6.50.0.
 */
describe('the simulated Google Cloud', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;
  const region = 'asia-northeast1';
  const zone = `${region}-a`;

  beforeEach(() => {
    clouds = new SimulatedClouds(gcp.simulations, factsOfAdapter('gcp'));
    api = clouds.api('hashicorp/google', { project: 'live', region });
  });
  afterEach(() => clouds.close());

  const network = (name = 'live'): Promise<Made> =>
    api.create('google_compute_network', { name, auto_create_subnetworks: false });
  const subnet = (net: Made, ip_cidr_range = '10.0.0.0/24', name = 'edge'): Promise<Made> =>
    api.create('google_compute_subnetwork', { name, network: net.id, ip_cidr_range });
  const firewall = (net: Made, more: Fields): Promise<Made> =>
    api.create('google_compute_firewall', { name: 'in', network: net.id, allow: [{ protocol: 'tcp' }], ...more });
  const machine = (sub: Made, name = 'edge-1', more: Fields = {}): Promise<Made> =>
    api.create('google_compute_instance', {
      ...{ name, zone, machine_type: 'e2-standard-4' },
      boot_disk: [{ initialize_params: [{ image: 'debian-cloud/debian-12' }] }],
      network_interface: [{ subnetwork: sub.id, ...more }],
    });
  const disk = (image: string): Fields => ({ boot_disk: [{ initialize_params: [{ image }] }] });
  const inside = (sub: Made): Fields => ({ network_interface: [{ subnetwork: sub.id }] });
  const address = (name: string, more: Fields = {}): Promise<Made> =>
    api.create('google_compute_address', { name, ...more });

  it('boots no image that is not there', async () => {
    const sub = await subnet(await network());
    const image = 'projects/live/global/images/watari-edge-amd64-v3-0123456789ab';
    const booting = { ...disk(image), ...inside(sub) };
    await expect(
      api.create('google_compute_instance', { name: 'e', zone, machine_type: 'e2-standard-4', ...booting }),
    ).rejects.toThrow(`The resource '${image}' was not found`);
  });

  it.each([
    ['NETWORKS', (name: string) => network(name)],
    ['STATIC_ADDRESSES', (name: string) => address(name)],
  ])('has no more than quota %s allows', async (quota, make) => {
    setQuota(clouds.cloud, quota, 1);
    await make('one');
    await expect(make('two')).rejects.toThrow(
      `googleapi: Error 403: Quota '${quota}' exceeded.  Limit: 1.0 in region ${region}., quotaExceeded`,
    );
  });

  it('starts no more processors than the quota allows', async () => {
    setQuota(clouds.cloud, 'CPUS', 6);
    const sub = await subnet(await network());
    await machine(sub);
    await expect(machine(sub, 'edge-2')).rejects.toThrow("Error creating instance: googleapi: Error 403: Quota 'CPUS'");
  });

  it('gives no name twice', async () => {
    const net = await network();
    await expect(network()).rejects.toThrow(
      "Error creating Network: googleapi: Error 409: The resource 'projects/live/global/networks/live' already exists, alreadyExists",
    );
    const sub = await subnet(net);
    await expect(subnet(net, '10.0.1.0/24')).rejects.toThrow(
      `Error 409: The resource 'projects/live/regions/${region}/subnetworks/edge' already exists, alreadyExists`,
    );
    await machine(sub);
    await expect(machine(sub)).rejects.toThrow(
      `Error creating instance: googleapi: Error 409: The resource 'projects/live/zones/${zone}/instances/edge-1' already exists`,
    );
  });

  it('gives no address and no range twice', async () => {
    const net = await network();
    const sub = await subnet(net);
    const inside = { subnetwork: sub.id, address_type: 'INTERNAL', address: '10.0.0.10' };
    const own = await address('one', inside);
    await expect(address('two', inside)).rejects.toThrow(
      "Error 400: Invalid value for field 'resource.address': '10.0.0.10'. Specified IP address is already reserved",
    );
    await expect(address('three', { ...inside, address: '10.9.0.10' })).rejects.toThrow(
      'IP address is outside of the range',
    );
    const network_ip = String(own.attributes['address']);
    await machine(sub, 'edge-1', { network_ip });
    await expect(machine(sub, 'edge-2', { network_ip })).rejects.toThrow(
      "Error 400: IP '10.0.0.10' is already being used by another resource., invalidResourceUsage",
    );
    await expect(subnet(net, '10.0.0.128/25', 'other')).rejects.toThrow(
      "Invalid IPCidrRange: 10.0.0.128/25 conflicts with existing subnetwork 'edge' in region",
    );
  });

  it('keeps what something else uses', async () => {
    const net = await network();
    const sub = await subnet(net);
    await expect(api.destroy(net)).rejects.toThrow(
      `Error waiting for Deleting Network: The network resource '${net.id}' is already being used by '${sub.id}'`,
    );
    const one = await machine(sub);
    await expect(api.destroy(sub)).rejects.toThrow(
      `Error 400: The subnetwork resource '${sub.id}' is already being used by '${one.id}', resourceInUseByAnotherResource`,
    );
    for (const made of [one, sub, net]) await api.destroy(made);
  });

  it('finds nothing that is gone, and forgets it', async () => {
    const net = await network();
    const sub = await subnet(net);
    removeObject(clouds.cloud, sub.type, sub.id);
    expect(await api.read(sub)).toBeUndefined();
    await expect(machine(sub)).rejects.toThrow(`Error 404: The resource '${sub.id}' was not found, notFound`);
    removeObject(clouds.cloud, net.type, net.id);
    await expect(subnet(net)).rejects.toThrow("The resource 'projects/live/global/networks/live' was not found");
  });

  it('does nothing where the API is off, and nothing for somebody without rights', async () => {
    withhold(clouds.cloud, 'compute-admin');
    await expect(network()).rejects.toThrow(
      "Error 403: Required 'compute.networks.create' permission for 'projects/live', forbidden",
    );
    withhold(clouds.cloud, 'compute-api');
    await expect(network()).rejects.toThrow(
      'Compute Engine API has not been used in project live before or it is disabled.',
    );
  });

  it('refuses what the provider finds before it asks', async () => {
    const net = await network();
    await expect(firewall(net, {})).rejects.toThrow(
      'one of source_tags, source_ranges, or source_service_accounts must be defined',
    );
    expect(await firewall(net, { direction: 'EGRESS' })).toBeDefined();
    const bgp = { asn: 64512, advertised_ip_ranges: [{ range: '10.0.0.0/8' }] };
    await expect(api.create('google_compute_router', { name: 'r', network: net.id, bgp: [bgp] })).rejects.toThrow(
      'Error in bgp: advertised_ip_ranges cannot be specified when using advertise_mode DEFAULT',
    );
    const router = { name: 'r', network: net.id, bgp: [{ ...bgp, advertise_mode: 'CUSTOM' }] };
    await api.create('google_compute_router', router);
    const nat = { name: 'nat', router: 'r', source_subnetwork_ip_ranges_to_nat: 'ALL_SUBNETWORKS_ALL_IP_RANGES' };
    await expect(api.create('google_compute_router_nat', { ...nat, drain_nat_ips: ['a'] })).rejects.toThrow(
      'New RouterNat cannot have drain_nat_ips, got values [a]',
    );
  });

  it('takes of a backend what its balancer knows', async () => {
    const group = await api.create('google_compute_instance_group', { name: 'g', zone });
    const check = await api.create('google_compute_region_health_check', {
      name: 'h',
      tcp_health_check: [{ port: 1 }],
    });
    const service = (name: string, scheme: string, backend: Fields): Promise<Made> =>
      api.create('google_compute_region_backend_service', {
        ...{ name, load_balancing_scheme: scheme, health_checks: [check.id] },
        backend: [{ group: group.id, balancing_mode: 'CONNECTION', ...backend }],
      });
    await expect(service('a', 'EXTERNAL', { max_connections: 1 })).rejects.toThrow(
      '"max_connections" cannot be set for non-managed backend service, found value 1',
    );
    await expect(service('b', 'EXTERNAL_MANAGED', {})).rejects.toThrow(
      'managed backend service must have at least one non-zero capacity_scaler for backends',
    );
    const metrics = { custom_metrics: [{ name: 'orca.named_metrics.a', dry_run: false, max_utilization: 0.8 }] };
    expect(await service('c', 'EXTERNAL_MANAGED', { capacity_scaler: 1, ...metrics })).toBeDefined();
  });

  it('boots from the first disk of a template only', async () => {
    const disk = { source_image: 'debian-cloud/debian-12', boot: true };
    const template = { name: 't', machine_type: 'e2-standard-4', disk: [disk, disk] };
    await expect(api.create('google_compute_region_instance_template', template)).rejects.toThrow(
      'Only the first disk specified in instance_template can be the boot disk. disk.1.boot was true',
    );
  });
});
