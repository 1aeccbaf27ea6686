import { cloudstack } from '../../../../constructs/providers/cloudstack';
import { grant, withhold } from '../../../../scripts/sandbox/control';
import type { Fields } from '../../../../scripts/sandbox/values';
import { factsOfAdapter } from '../../../support/provider-facts';
import { type Made, type SimulatedApi, SimulatedClouds } from '../../../support/simulated-api';
import { imagesAt, uuid } from './sites';

const zone = uuid(1);
const network_id = uuid(5);
const images = imagesAt('https://api');
const offering = { service_offering: uuid(3), template: images[0]?.id ?? '' };

/** Terraform asks for every prerequisite in `test/conformance/sandbox.test.ts`. */
describe('a simulated CloudStack, somewhere new', () => {
  let clouds: SimulatedClouds;
  let api: SimulatedApi;
  let made = 0;

  function start(version: string): void {
    const facts = factsOfAdapter('cloudstack').filter((one) => one.version === version);
    clouds = new SimulatedClouds(cloudstack.simulations, facts, images);
    api = clouds.api('cloudstack/cloudstack', { api_url: 'https://api', api_key: 'k', secret_key: 's' });
  }
  afterEach(() => clouds.close());

  async function expectNeeded(id: string, make: () => Promise<Made>, words: string): Promise<void> {
    withhold(clouds.cloud, id);
    await expect(make()).rejects.toThrow(words);
    grant(clouds.cloud, id);
    expect((await make()).id).not.toBe('');
  }

  function machine(more: Fields = {}): Promise<Made> {
    made++;
    const own = { name: `origin-${made}`, ip_address: `10.0.0.${made}` };
    return api.create('cloudstack_instance', { ...own, zone, network_id, ...offering, ...more });
  }
  const address = (): Promise<Made> => api.create('cloudstack_ipaddress', { network_id, zone });

  async function nic(): Promise<Made> {
    const { id } = await machine();
    return api.create('cloudstack_nic', { network_id: uuid(9), virtual_machine_id: id, ip_address: `10.9.0.${made}` });
  }

  it.each([
    ['api-keys', machine, 'unable to verify user credentials'],
    ['images', machine, 'Invalid parameter template'],
    ['image:origin', machine, 'Invalid parameter template'],
    ['adopted-network', machine, 'Invalid parameter networkid'],
    ['compute-offerings', machine, 'Invalid parameter serviceoffering'],
    ['machine-quota', machine, "Type = 'user_vm'"],
    ['address-quota', address, "Type = 'public_ip'"],
    ['virtual-bridge', nic, 'Error creating the new NIC'],
  ])('at IDCF without %s fails as the API does, and with it does not', async (id, make, words) => {
    start('0.5.0');
    await expectNeeded(id, () => make(), words);
  });

  const ownOffering = (): Promise<Made> =>
    api.create('cloudstack_service_offering_fixed', { name: 'small', cpu_number: 2, cpu_speed: 2000, memory: 4096 });
  const vpc = (): Promise<Made> =>
    api.create('cloudstack_vpc', { name: 'live', cidr: '10.69.0.0/16', vpc_offering: uuid(14), zone });
  const condition = (): Promise<Made> =>
    api.create('cloudstack_condition', { counter_id: uuid(17), relational_operator: 'LT', threshold: 120 });

  async function tier(): Promise<string> {
    const vpc_id = (await vpc()).id;
    const acl_id = (await api.create('cloudstack_network_acl', { name: 'edge', vpc_id })).id;
    const own = { name: `edge-${made}`, cidr: '10.69.0.0/20', network_offering: uuid(15), zone };
    return (await api.create('cloudstack_network', { ...own, vpc_id, acl_id })).id;
  }

  /** On a host of its own rack, as only an own cloud can place it. */
  async function apart(): Promise<Made> {
    const group = { name: `apart-${made}`, type: 'host anti-affinity' };
    const affinity_group_ids = [(await api.create('cloudstack_affinity_group', group)).id];
    return machine({ affinity_group_ids, network_id: await tier(), ip_address: '10.69.0.5' });
  }

  async function fleet(): Promise<Made> {
    made++;
    const port = { public_port: 1934 + made, private_port: 1935, algorithm: 'leastconn', member_ids: [] };
    const own = await tier();
    const { id: ip_address_id } = await api.create('cloudstack_ipaddress', { network_id: own, zone });
    const rule = { name: `edge-${made}`, ip_address_id, network_id: own, ...port };
    const lbrule_id = (await api.create('cloudstack_loadbalancer_rule', rule)).id;
    const condition_ids = [(await condition()).id];
    const policy = async (action: string): Promise<string[]> => {
      const own = { name: `${action}-${made}`, action, duration: 300, condition_ids };
      return [(await api.create('cloudstack_autoscale_policy', own)).id];
    };
    const profile = await api.create('cloudstack_autoscale_vm_profile', { zone, ...offering });
    return api.create('cloudstack_autoscale_vm_group', {
      ...{ name: `edge-${made}`, lbrule_id, min_members: 1, max_members: 2, vm_profile_id: profile.id },
      ...{ scaleup_policy_ids: await policy('SCALEUP'), scaledown_policy_ids: await policy('SCALEDOWN') },
    });
  }

  it.each([
    ['root-admin', ownOffering, "The given command 'createServiceOffering' either does not exist"],
    ['vpc-offering', vpc, 'Invalid parameter vpcoffering'],
    ['vm-autoscaling', fleet, 'Vm AutoScaling is not supported by this network'],
    ['egress-counter', condition, 'Invalid parameter counterid'],
    ['host-tags', apart, 'Unable to create a deployment'],
  ])('in an own cloud without %s fails as the API does, and with it does not', async (id, make, words) => {
    start('0.6.0');
    await expectNeeded(id, make, words);
  });
});

test('every prerequisite that the facts name can be withheld', () => {
  const known = new Set([
    ...cloudstack.simulations.flatMap(({ prerequisites = [] }) => prerequisites.map(({ id }) => id)),
    ...images.flatMap(({ prerequisites = [] }) => prerequisites),
  ]);
  const named = Object.values(cloudstack.profiles).flatMap(({ facts }) => facts.prerequisites.map(({ id }) => id));
  expect(named.filter((id) => !known.has(id))).toEqual([]);
});
