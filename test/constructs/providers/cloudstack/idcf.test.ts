import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderFacts } from '../../../../scripts/sandbox/facts';
import { idcf, idcfSettings, machine, uuid } from './sites';
import { everythingAtIdcf, idcfAdapter, pairSpecs } from './stacks';
import { resource, resources, synth } from './synth';

const folder = join(__dirname, '../../../../constructs/providers/cloudstack/schema');
const facts = JSON.parse(readFileSync(join(folder, 'cloudstack@0.5.0.json'), 'utf8')) as ProviderFacts;
const metaArguments = ['provider', 'lifecycle', 'depends_on'];

/** Arguments and blocks of a configured resource that 0.5.0 does not know. */
function unknownTo050(type: string, body: Record<string, unknown>): string[] {
  const block = facts.resources[type]?.block;
  if (!block) return [type];
  return Object.entries(body).flatMap(([name, value]) => {
    if (name in (block.attributes ?? {}) || metaArguments.includes(name)) return [];
    const nested = block.block_types?.[name]?.block.attributes;
    const items = Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
    if (!nested) return [`${type}.${name}`];
    return items.flatMap((item) =>
      Object.keys(item)
        .filter((key) => !(key in nested))
        .map((key) => `${type}.${name}.${key}`),
    );
  });
}

describe('profile idcf', () => {
  const everything = synth(idcf, (stack) => everythingAtIdcf(stack, idcf));

  it('pins provider 0.5.0', () => {
    expect(everything.terraform.required_providers.cloudstack).toEqual({
      source: 'cloudstack/cloudstack',
      version: '0.5.0',
    });
  });

  it('emits only resources and arguments that 0.5.0 knows', () => {
    const types = Object.entries(everything.resource ?? {}).filter(([type]) => type !== 'terraform_data');
    const unknown = types.flatMap(([type, all]) => Object.values(all).flatMap((body) => unknownTo050(type, body)));
    expect(types.map(([type]) => type)).toContain('cloudstack_instance');
    expect(unknown).toEqual([]);
  });

  it('sends requests by POST, with its timeout in the block and keys from sensitive variables', () => {
    expect(everything.provider.cloudstack).toEqual([
      {
        alias: 'idcf',
        api_url: idcfSettings.apiUrl,
        api_key: '${var.idcf_cloudstack_api_key}',
        secret_key: '${var.idcf_cloudstack_secret_key}',
        http_get_only: false,
        timeout: 900,
      },
    ]);
    expect(everything.variable.idcf_cloudstack_secret_key).toMatchObject({ sensitive: true });
  });

  it('makes no network and gives every tier the adopted one', () => {
    let handles = {};
    const configuration = synth(idcf, (stack) => (handles = idcfAdapter.network(stack, idcf)));
    expect(configuration.resource).toBeUndefined();
    expect(handles).toMatchObject({ 'network-origin': uuid(5), 'network-edge': uuid(5) });
    expect(Object.keys(handles)).toEqual(idcfAdapter.networkHandles(idcf));
  });

  it('gives a machine its planned address, base64 user data, labels, and expunges it', () => {
    const instance = resource(everything, 'cloudstack_instance', 'ingest-a');
    expect(instance).toMatchObject({
      name: 'test-idcf-live-ingest-a',
      network_id: uuid(5),
      ip_address: '10.32.0.133',
      service_offering: uuid(3),
      template: expect.stringContaining(
        '_run-watari-image-build-origin--arch-amd64--builder-cloudstack--idcf_',
      ) as string,
      zone: uuid(1),
      root_disk_size: 40,
      expunge: true,
      tags: { owner: 'streaming', cost: 'live' },
    });
    expect(Buffer.from(String(instance.user_data), 'base64').toString()).toContain('#cloud-config');
  });

  it('takes the smallest machine type that gives the size', () => {
    const small = { vcpu: 1, memoryGiB: 4, diskGiB: 20, egressMbps: 100 };
    expect(idcfAdapter.machineType(idcf, small)?.name).toBe('standard.S8');
    expect(idcfAdapter.machineType(idcf, { ...small, egressMbps: 500 })?.name).toBe('standard.L16');
    expect(idcfAdapter.machineType(idcf, { ...small, vcpu: 64 })).toBeUndefined();
  });

  it('makes a machine anew when its user data changes, as cloud-init runs once', () => {
    const triggerOf = (userData: string) => {
      const machines = [machine(idcf, { userData })];
      const made = synth(idcf, (stack) =>
        idcfAdapter.machines(stack, 'x', { site: idcf, network: idcfAdapter.network(stack, idcf), machines }),
      );
      const [name] = Object.keys(made.resource?.terraform_data ?? {});
      const { lifecycle } = resource(made, 'cloudstack_instance') as { lifecycle: Record<string, unknown> };
      return { trigger: resource(made, 'terraform_data').triggers_replace, name, lifecycle };
    };
    const one = triggerOf('#cloud-config\n');
    expect(one.lifecycle.replace_triggered_by).toEqual([`terraform_data.${one.name}`]);
    expect(one.trigger).not.toEqual(triggerOf('#cloud-config\n# changed\n').trigger);
  });

  it('protects a stateful machine from deletion and does not expunge it', () => {
    const machines = [machine(idcf, { stateful: true })];
    const made = synth(idcf, (stack) =>
      idcfAdapter.machines(stack, 'x', { site: idcf, network: idcfAdapter.network(stack, idcf), machines }),
    );
    expect(resource(made, 'cloudstack_instance')).toMatchObject({
      expunge: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  it('gives a public router a static NAT that lets in IKE and nothing else', () => {
    expect(resources(everything, 'cloudstack_static_nat')).toHaveLength(1);
    expect(resource(everything, 'cloudstack_firewall', 'gateway').rule).toEqual([
      { protocol: 'udp', ports: ['500', '4500'], cidr_list: ['0.0.0.0/0'] },
      { protocol: 'icmp', icmp_type: -1, icmp_code: -1, cidr_list: ['0.0.0.0/0'] },
    ]);
  });

  it('puts a router of a segment into the network of the virtual bridge', () => {
    expect(resource(everything, 'cloudstack_nic')).toMatchObject({ network_id: uuid(9), ip_address: '10.200.0.2' });
  });

  it('balances each service on an address of its own, one rule after the other', () => {
    expect(resource(everything, 'cloudstack_loadbalancer_rule', 's2_rule')).toMatchObject({
      algorithm: 'leastconn',
      public_port: 1935,
      private_port: 19352,
      depends_on: [expect.stringContaining('cloudstack_firewall.ingest_s1')],
    });
    expect(resource(everything, 'cloudstack_firewall', 's2').rule).toEqual([
      { protocol: 'tcp', ports: ['1935'], cidr_list: ['0.0.0.0/0'] },
    ]);
    expect(resource(everything, 'cloudstack_loadbalancer_rule', 's2_rule').member_ids).toHaveLength(2);
  });

  it('refuses an internal balancer and says what serves instead', () => {
    const build = () =>
      synth(idcf, (stack) => {
        const network = idcfAdapter.network(stack, idcf);
        idcfAdapter.balancer(stack, 'x', {
          name: 'x',
          site: idcf,
          network,
          mode: 'balanced',
          exposure: 'internal',
          services: [],
          drainSeconds: 0,
          idleSeconds: 0,
          failback: 'hold',
        });
      });
    expect(build).toThrow(/balances public addresses only.*HAProxy pair/);
  });

  it('keeps names within 63 characters and apart', () => {
    const name = 'a-very-long-name-of-a-machine-that-goes-on-and-on-and-on-and-never-ends';
    const names = ['x', 'y'].map((end) => {
      const machines = pairSpecs(idcf)
        .slice(0, 1)
        .map((spec) => ({ ...spec, name: `${name}-${end}` }));
      const made = synth(idcf, (stack) =>
        idcfAdapter.machines(stack, 'm', { site: idcf, network: idcfAdapter.network(stack, idcf), machines }),
      );
      return String(resource(made, 'cloudstack_instance').name);
    });
    expect(names.every((each) => /^[a-z][a-z0-9-]{0,62}$/.test(each))).toBe(true);
    expect(new Set(names).size).toBe(2);
  });
});
