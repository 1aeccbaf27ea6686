import { randomBytes } from 'node:crypto';
import { goDuration } from '../../../../constructs/providers/cloudstack/duration';
import { dev, machine, privateSettings, uuid } from './sites';
import type { ElasticSpec } from '../../../../constructs/contract/elastic';
import { everythingAtPrivate, privateAdapter } from './stacks';
import { resource, resources, synth } from './synth';

describe('profile private', () => {
  const everything = synth(dev, (stack) => everythingAtPrivate(stack, dev));

  it('pins provider 0.6.0, which has autoscaling', () => {
    expect(everything.terraform.required_providers.cloudstack?.version).toBe('0.6.0');
  });

  it('overcommits the CPUs of its cluster', () => {
    expect(resource(everything, 'cloudstack_configuration')).toMatchObject({
      name: 'cpu.overprovisioning.factor',
      value: '4.0',
      cluster_id: uuid(13),
    });
  });

  it('makes an offering of each type and half, uncapped, on the hosts of that half', () => {
    expect(resource(everything, 'cloudstack_service_offering_fixed', 'small-b')).toMatchObject({
      cpu_number: 2,
      cpu_speed: 2000,
      memory: 4096,
      network_rate: 500,
      limit_cpu_use: false,
      host_tags: 'rack-b',
    });
    expect(resource(everything, 'cloudstack_service_offering_fixed', 'elastic')).not.toHaveProperty('host_tags');
  });

  it('adopts offerings that the settings name', () => {
    const offerings = { a: uuid(21), b: uuid(22), elastic: uuid(23) };
    const machineTypes = [{ name: 'small', vcpu: 2, memoryGiB: 4, egressMbps: 500, offerings }];
    const site = { ...dev, settings: { ...privateSettings, machineTypes } };
    const configuration = synth(site, (stack) => everythingAtPrivate(stack, site));
    expect(resources(configuration, 'cloudstack_service_offering_fixed')).toEqual([]);
    expect(resource(configuration, 'cloudstack_instance', 'ingest-b')).toMatchObject({ service_offering: uuid(22) });
    expect(resource(configuration, 'cloudstack_autoscale_vm_profile')).toMatchObject({ service_offering: uuid(23) });
  });

  it('makes a VPC with a network for each tier, one after the other, without a source NAT of their own', () => {
    expect(resource(everything, 'cloudstack_vpc')).toMatchObject({ cidr: '10.69.0.0/16', vpc_offering: uuid(14) });
    const networks = resources(everything, 'cloudstack_network');
    expect(networks.map((network) => String(network.cidr)).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      '10.69.0.0/20',
      '10.69.16.0/20',
      '10.69.32.0/20',
      '10.69.48.0/20',
    ]);
    expect(networks.every((network) => !('source_nat_ip' in network))).toBe(true);
    expect(resource(everything, 'cloudstack_network_acl_rule', 'origin_rules').depends_on).toEqual([
      expect.stringContaining('cloudstack_network.network_balancer'),
    ]);
  });

  it('returns the network handles that it announces', () => {
    let handles = {};
    synth(dev, (stack) => (handles = privateAdapter.network(stack, dev)));
    expect(Object.keys(handles).sort()).toEqual([...privateAdapter.networkHandles(dev)].sort());
  });

  it('writes every ACL rule with one port and a number of its own in its list', () => {
    const numbers = new Map<string, number[]>();
    for (const rules of resources(everything, 'cloudstack_network_acl_rule')) {
      expect(rules.parallelism).toBe(1);
      for (const rule of rules.rule as Record<string, unknown>[]) {
        expect(rule).not.toHaveProperty('ports');
        const list = String(rules.acl_id);
        numbers.set(list, [...(numbers.get(list) ?? []), Number(rule.rule_number)]);
      }
    }
    for (const list of numbers.values()) {
      expect(new Set(list).size).toBe(list.length);
      expect(list.every((number) => number >= 1 && number <= 65535)).toBe(true);
    }
  });

  it('lets operators in by SSH only', () => {
    expect(resource(everything, 'cloudstack_network_acl_rule', 'access_origin').rule).toMatchObject([
      { protocol: 'tcp', port: '22', cidr_list: ['10.64.0.0/24'] },
    ]);
  });

  it('keeps the machines of a group on different hosts', () => {
    expect(resource(everything, 'cloudstack_affinity_group', 'ingest-a')).toMatchObject({ type: 'host anti-affinity' });
    const { affinity_group_ids } = resource(everything, 'cloudstack_instance', 'ingest-a');
    expect(affinity_group_ids).toEqual([expect.stringContaining('cloudstack_affinity_group.pair_apart-live-ingest-a')]);
  });

  it('never asks the provider to change an address, which it cannot', () => {
    const addresses = resources(everything, 'cloudstack_ipaddress');
    expect(addresses.every(({ lifecycle }) => JSON.stringify(lifecycle) === '{"ignore_changes":["tags"]}')).toBe(true);
  });

  it('says in a tag what each public address is for, so that no two of a stack are alike', () => {
    const roles = resources(everything, 'cloudstack_ipaddress').map(({ tags }) => (tags as { role: string }).role);
    expect(roles.length).toBeGreaterThan(1);
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('takes public addresses from the VPC and never names the network there', () => {
    const addresses = resources(everything, 'cloudstack_ipaddress');
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.every((address) => 'vpc_id' in address && !('network_id' in address))).toBe(true);
  });

  it('opens a public machine by the ACL of its tier', () => {
    const machines = [machine(dev, { public: true })];
    const made = synth(dev, (stack) =>
      privateAdapter.machines(stack, 'm', { site: dev, network: privateAdapter.network(stack, dev), machines }),
    );
    expect(resources(made, 'cloudstack_firewall')).toEqual([]);
    expect(resources(made, 'cloudstack_static_nat')).toHaveLength(1);
    expect(resource(made, 'cloudstack_network_acl_rule', 'admission')).toMatchObject({
      acl_id: expect.stringContaining('origin_acl'),
    });
  });
});

describe('an autoscaled fleet', () => {
  const everything = synth(dev, (stack) => everythingAtPrivate(stack, dev));
  const generation = (change: Partial<ElasticSpec>) => {
    const made = synth(dev, (stack) => everythingAtPrivate(stack, dev, change));
    return resource(made, 'terraform_data', 'generation').triggers_replace;
  };

  it('stands behind a rule without members', () => {
    expect(resource(everything, 'cloudstack_loadbalancer_rule', 'edges')).toMatchObject({
      member_ids: [],
      private_port: 1935,
    });
    expect(resource(everything, 'cloudstack_autoscale_vm_group')).toMatchObject({
      lbrule_id: expect.stringContaining('cloudstack_loadbalancer_rule.edges_rule'),
      min_members: 2,
      max_members: 8,
      cleanup: true,
    });
  });

  it('leaves the members of the rule to the group, and says what would be read back as a change', () => {
    const { lifecycle } = resource(everything, 'cloudstack_loadbalancer_rule', 'edges');
    expect(lifecycle).toEqual({ ignore_changes: ['member_ids'] });
    expect(resource(everything, 'cloudstack_autoscale_vm_group').display).toBe(true);
    expect(resource(everything, 'cloudstack_autoscale_vm_profile').display).toBe(true);
  });

  it('scales on egress, up above the target and down where the rest can bear it', () => {
    const conditions = resources(everything, 'cloudstack_condition');
    expect(conditions.every((condition) => condition.counter_id === uuid(17))).toBe(true);
    expect(resource(everything, 'cloudstack_condition', 'scaleup')).toMatchObject({
      relational_operator: 'GT',
      threshold: 300,
    });
    expect(resource(everything, 'cloudstack_condition', 'scaledown')).toMatchObject({
      relational_operator: 'LT',
      threshold: 120,
    });
  });

  it('waits as long as CloudStack demands between looks', () => {
    const { interval } = resource(everything, 'cloudstack_autoscale_vm_group');
    const durations = resources(everything, 'cloudstack_autoscale_policy').map((policy) => Number(policy.duration));
    expect(Math.min(...durations)).toBeGreaterThanOrEqual(Number(interval));
  });

  it('drains a machine before it goes, in the form in which the provider reads it back', () => {
    expect(resource(everything, 'cloudstack_autoscale_vm_profile')).toMatchObject({ destroy_vm_grace_period: '10m0s' });
    expect([45, 90, 3600, 3661].map(goDuration)).toEqual(['45s', '1m30s', '1h0m0s', '1h1m1s']);
  });

  it('compresses its user data in Terraform and does not mind how', () => {
    const profile = resource(everything, 'cloudstack_autoscale_vm_profile') as { user_data: string; lifecycle: object };
    const encoded = /^\$\{base64gzip\(base64decode\("(.*)"\)\)\}$/.exec(profile.user_data)?.[1] ?? '';
    expect(Buffer.from(encoded, 'base64').toString()).toBe('#cloud-config\nssh_pwauth: false\n');
    expect(profile.lifecycle).toMatchObject({ ignore_changes: ['user_data'] });
  });

  it('refuses user data that autoscaled machines would not get', () => {
    const userData = `#cloud-config\n{"packages":["${randomBytes(6000).toString('hex')}"]}`;
    expect(() => synth(dev, (stack) => everythingAtPrivate(stack, dev, { userData }))).toThrow(
      /too long for autoscaled machines.*3000 bytes, compressed.*Bake an image/,
    );
  });

  it('refuses a second listener, which a group cannot serve', () => {
    const listeners = ['rtmp', 'rtmps'].map((name) => ({ name, port: 1935, memberPort: 1935 }));
    expect(() => synth(dev, (stack) => everythingAtPrivate(stack, dev, { listeners }))).toThrow(/2 listeners/);
  });

  it('is made anew by whatever CloudStack does not change under an enabled group', () => {
    const before = generation({});
    const changes = [{ min: 3 }, { max: 9 }, { targetEgressMbps: 200 }, { drainSeconds: 60 }, { userData: 'x' }];
    for (const change of changes) expect(generation(change)).not.toEqual(before);
    expect(generation({ role: 'viewer' })).toEqual(before);
  });
});
