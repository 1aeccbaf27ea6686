import { cloudstack } from '../../../../constructs/providers/cloudstack';
import { removeObject, setQuota, withhold } from '../../../../scripts/sandbox/control';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';
import { imagesAt, uuid } from './sites';

/**
 * Texts of the API: the classes of apache/cloudstack that the simulation names; the words before them: the provider at
 * each profile's version.
 */
const adopted = uuid(5);
const zone = uuid(1);

const images = imagesAt('https://api');

describe.each([
  { profile: 'idcf', version: '0.5.0' },
  { profile: 'private', version: '0.6.0' },
])('a simulated CloudStack as profile $profile uses it', ({ version }) => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;

  beforeEach(() => {
    const facts = factsOfAdapter('cloudstack').filter((one) => one.version === version);
    clouds = new SimulatedClouds(cloudstack.simulations, facts, images);
    api = clouds.api('cloudstack/cloudstack', { api_url: 'https://api', api_key: 'k', secret_key: 's' });
  });
  afterEach(() => clouds.close());

  const machine = (name: string, ip_address: string, more: Fields = {}): Promise<Made> =>
    api.create('cloudstack_instance', {
      ...{ name, zone, ip_address, network_id: adopted, service_offering: uuid(3), template: images[0]?.id ?? '' },
      ...more,
    });
  const address = (): Promise<Made> => api.create('cloudstack_ipaddress', { network_id: adopted, zone });

  it('starts no more machines and gives no more addresses than the limits allow', async () => {
    setQuota(clouds.cloud, 'user_vm', 1);
    await machine('one', '10.0.0.5');
    await expect(machine('two', '10.0.0.6')).rejects.toThrow(
      "Error creating the new instance two: CloudStack API error 535 (CSExceptionErrorCode: 4370): Maximum amount of resources of Type = 'user_vm' for Account Name = live in Domain Id = 2 is exceeded: Account Resource Limit = 1, Current Account Resource Amount = 1, Requested Resource Amount = 1.",
    );
    setQuota(clouds.cloud, 'public_ip', 0);
    await expect(address()).rejects.toThrow('Error associating a new IP address: CloudStack API error 535');
  });

  it('gives no name and no address twice in a network', async () => {
    await machine('one', '10.0.0.5');
    await expect(machine('one', '10.0.0.6')).rejects.toThrow(
      `CloudStack API error 431 (CSExceptionErrorCode: 4350): The vm with hostName one already exists in the network domain: cs2cloud.internal; network=${adopted}`,
    );
    await expect(machine('two', '10.0.0.5')).rejects.toThrow(
      `CloudStack API error 533 (CSExceptionErrorCode: 4325): Unable to acquire Guest IP address for network ${adopted}`,
    );
  });

  it('gives no port of an address twice', async () => {
    const { id: ip_address_id } = await address();
    const { id } = await machine('one', '10.0.0.5');
    const rule = (name: string): Promise<Made> =>
      api.create('cloudstack_loadbalancer_rule', {
        ...{ name, ip_address_id, algorithm: 'leastconn', private_port: 1935, public_port: 1935, member_ids: [id] },
      });
    const first = await rule('one');
    await expect(rule('two')).rejects.toThrow(
      `CloudStack API error 537 (CSExceptionErrorCode: 4360): The range specified, 1935-1935, conflicts with rule ${first.id} which has 1935-1935`,
    );
    await expect(api.create('cloudstack_static_nat', { ip_address_id, virtual_machine_id: id })).rejects.toThrow(
      `Failed to enable static nat rule for IP Address ${ip_address_id} as there is a load balancer rule`,
    );
  });

  it('finds nothing that is gone, and forgets it', async () => {
    const one = await machine('one', '10.0.0.5');
    removeObject(clouds.cloud, one.type, one.id);
    expect(await api.read(one)).toBeUndefined();
    const { id: ip_address_id } = await address();
    await expect(api.create('cloudstack_static_nat', { ip_address_id, virtual_machine_id: one.id })).rejects.toThrow(
      `Unable to execute API command enablestaticnat due to invalid value. Invalid parameter virtualmachineid value=${one.id} due to incorrect long value format, or entity does not exist`,
    );
    await api.destroy(one);
  });

  it('does nothing without keys that it knows, and finds only what is there', async () => {
    withhold(clouds.cloud, 'adopted-network');
    await expect(machine('one', '10.0.0.5')).rejects.toThrow(`Invalid parameter networkid value=${adopted}`);
    withhold(clouds.cloud, 'api-keys');
    await expect(machine('one', '10.0.0.5')).rejects.toThrow(
      'CloudStack API error 401 (CSExceptionErrorCode: 0): unable to verify user credentials and/or request signature',
    );
  });
});

describe('an own CloudStack', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;

  beforeEach(() => {
    const facts = factsOfAdapter('cloudstack').filter(({ version }) => version === '0.6.0');
    clouds = new SimulatedClouds(cloudstack.simulations, facts, images);
    api = clouds.api('cloudstack/cloudstack', { api_url: 'https://api', api_key: 'k', secret_key: 's' });
  });
  afterEach(() => clouds.close());

  const vpc = (): Promise<Made> =>
    api.create('cloudstack_vpc', { name: 'live', cidr: '10.69.0.0/16', vpc_offering: uuid(14), zone });
  const tier = (owner: Made, cidr: string, acl_id: string): Promise<Made> =>
    api.create('cloudstack_network', {
      ...{ name: 'edge', cidr, network_offering: uuid(15), zone, vpc_id: owner.id, acl_id },
    });
  const apart = (): Promise<Made> =>
    api.create('cloudstack_affinity_group', { name: 's1', type: 'host anti-affinity' });

  it('keeps what something else uses', async () => {
    const owner = await vpc();
    const acl = await api.create('cloudstack_network_acl', { name: 'edge', vpc_id: owner.id });
    const edge = await tier(owner, '10.69.0.0/20', acl.id);
    await expect(api.destroy(owner)).rejects.toThrow(
      "Error deleting VPC live: CloudStack API error 431 (CSExceptionErrorCode: 4350): Can't delete VPC live as its used by 1 networks",
    );
    await expect(api.destroy(acl)).rejects.toThrow(
      `Error deleting network ACL list edge: CloudStack API error 530 (CSExceptionErrorCode: 4250): ACL is still associated with 1 tier(s). Cannot delete network ACL: ${acl.id}`,
    );
    const group = await apart();
    const machine = await api.create('cloudstack_instance', {
      ...{ name: 'one', zone, ip_address: '10.69.0.5', network_id: edge.id, service_offering: uuid(3) },
      ...{ template: images[0]?.id ?? '', affinity_group_ids: [group.id] },
    });
    await expect(api.destroy(edge)).rejects.toThrow(
      'Error deleting network edge: CloudStack API error 530 (CSExceptionErrorCode: 4250): Failed to delete network',
    );
    for (const made of [machine, edge, acl, owner]) await api.destroy(made);
  });

  it('gives no name and no range twice', async () => {
    await apart();
    await expect(apart()).rejects.toThrow('Unable to create affinity group, a group with name s1 already exists.');
    const owner = await vpc();
    const { id } = await api.create('cloudstack_network_acl', { name: 'edge', vpc_id: owner.id });
    await tier(owner, '10.69.0.0/20', id);
    await expect(tier(owner, '10.69.8.0/21', id)).rejects.toThrow(
      'Network cidr 10.69.8.0/21 crosses other network cidr 10.69.0.0/20 in the same vpc',
    );
    await expect(tier(owner, '10.70.0.0/20', id)).rejects.toThrow('is not within vpc cidr 10.69.0.0/16');
  });
});
