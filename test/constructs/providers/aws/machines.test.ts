import type { MachineSpec } from '../../../../constructs/contract/machines';
import { emitted, refusalOf, resolved, stackOf, synthesised } from './emitted';
import { adapter, gateway, machine, networkOf, tokyo } from './fixture';

const site = tokyo();
const build = (...machines: MachineSpec[]) => {
  const stack = stackOf(site);
  const made = adapter.machines(stack, 'fleet', { site, network: networkOf(), machines });
  return { stack, made };
};

describe('a fixed machine on AWS', () => {
  it('has its planned address, in the subnet of its tier and half', () => {
    const { stack, made } = build(machine('b'));
    const network = networkOf();
    expect(emitted(stack, 'aws_instance')['fleet_live-origin-s1-b']).toMatchObject({
      private_ip: '10.68.36.5',
      subnet_id: network['subnet-origin-b'],
      vpc_security_group_ids: [network['security-group-origin']],
      iam_instance_profile: network['instance-profile'],
      instance_type: 'c6in.xlarge',
      source_dest_check: true,
      disable_api_termination: false,
    });
    expect(made[0]).toMatchObject({ name: 'live-origin-s1-b', address: '10.68.36.5' });
    expect(Object.keys(made[0]?.handles ?? {})).toEqual([...adapter.machineHandles()]);
  });

  it('answers metadata requests only with a session token, and has an encrypted disk', () => {
    const { stack } = build(machine('a'));
    expect(emitted(stack, 'aws_instance')['fleet_live-origin-s1-a']).toMatchObject({
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 2 },
      root_block_device: { volume_type: 'gp3', volume_size: 30, encrypted: true, delete_on_termination: true },
    });
  });

  it('gets its user data byte for byte, also what looks like an expression of Terraform', () => {
    const { stack } = build(machine('a'));
    const { user_data_base64: encoded } = emitted(stack, 'aws_instance')['fleet_live-origin-s1-a'] ?? {};
    expect(Buffer.from(String(encoded), 'base64').toString()).toBe(machine('a').userData);
  });

  it('shares no host with its group', () => {
    const { stack } = build(machine('a'), machine('a', { name: 'live-origin-s2-a', antiAffinity: 'live-origin-s1' }));
    expect(emitted(stack, 'aws_placement_group')).toMatchObject({
      'fleet_apart-live-origin-s1-a': { strategy: 'spread', name: 'reference-aws-live-origin-s1-a' },
    });
  });

  it('is protected when it is stateful, with its disk', () => {
    const { stack } = build(machine('a', { stateful: true }));
    expect(emitted(stack, 'aws_instance')['fleet_live-origin-s1-a']).toMatchObject({
      disable_api_termination: true,
      root_block_device: { delete_on_termination: false },
    });
  });

  it('forwards packets and has an address of its own when it is a gateway', () => {
    const { stack, made } = build(gateway('a'));
    expect(emitted(stack, 'aws_instance')['fleet_gateway-a']).toMatchObject({ source_dest_check: false });
    expect(emitted(stack, 'aws_eip')['fleet_gateway-a-address']).toMatchObject({ domain: 'vpc' });
    expect(resolved(stack, made[0]?.publicAddress)).toMatch(
      /^\$\{aws_eip\.fleet_gateway-a-address_[0-9A-F]+\.public_ip\}$/,
    );
  });

  it('boots an image by its exact name, looked up once for all machines, whose absence names the build command', () => {
    const { stack } = build(machine('a'), machine('b'));
    const [[name, found] = ['', {}], ...more] = Object.entries(synthesised(stack).data['aws_ami_ids'] ?? {});
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      ...{
        owners: ['self'],
        filter: [{ name: 'name', values: ['watari-origin-amd64-0123456789ab'] }],
        lifecycle: {
          postcondition: [
            {
              condition: '${length(self.ids) == 1}',
              error_message:
                'There is no image watari-origin-amd64-0123456789ab at site aws. Build it: npx watari image build origin --arch amd64 --builder amazon-ebs',
            },
          ],
        },
      },
    });
    expect(emitted(stack, 'aws_instance')['fleet_live-origin-s1-a']).toMatchObject({
      ami: `\${one(data.aws_ami_ids.${name}.ids)}`,
    });
  });

  it('has no public address outside the transit tier', () => {
    expect(refusalOf(() => build(machine('a', { public: true })))).toMatch(
      /live-origin-s1-a\.public: only machines of the transit tier have public addresses on AWS \(found "origin"\).*Place the machine in the transit tier/,
    );
  });

  it('stands in no stretched segment', () => {
    const segment = { address: '10.64.0.1', cidr: '10.64.0.0/28', vlan: 5, end: {} };
    expect(refusalOf(() => build(machine('a', { segment })))).toContain('AWS stretches no layer-2 segment into a VPC');
  });

  it('is refused as the eighth of its group in one zone', () => {
    const eight = Array.from({ length: 8 }, (_, index) => machine('a', { name: `m${index}`, antiAffinity: 'all' }));
    expect(refusalOf(() => build(...eight))).toMatch(
      /machines of all-a cannot all be on hosts of their own \(found 8\). Bound: 7/,
    );
  });
});

describe('machine types on AWS', () => {
  const smallest = (change: object, settings = {}) =>
    adapter.machineType(tokyo({ settings: { ...tokyo().settings, ...settings } }), {
      vcpu: 2,
      memoryGiB: 4,
      diskGiB: 30,
      egressMbps: 100,
      ...change,
    })?.name;

  it('are chosen by what they sustain, not by what they burst to', () => {
    expect(smallest({})).toBe('c7i.large');
    expect(smallest({ egressMbps: 1000 })).toBe('c6in.large');
    expect(smallest({ memoryGiB: 16 })).toBe('r7i.large');
  });

  it('are bounded by what passes an internet gateway', () => {
    expect(smallest({ egressMbps: 5000 })).toBe('c6in.xlarge');
    expect(smallest({ egressMbps: 6000 })).toBe('c7i.8xlarge');
  });

  it('come from the families and processors of the site', () => {
    expect(smallest({ egressMbps: 1000 }, { families: ['c7i'] })).toBe('c7i.xlarge');
    expect(smallest({}, { architecture: 'arm64' })).toBe('c7g.large');
    expect(smallest({ vcpu: 500 })).toBeUndefined();
  });

  it('say what their processors run', () => {
    const { types } = adapter.machineTypes(tokyo());
    expect(new Set(types.map(({ cpu }) => cpu))).toEqual(new Set(['x86-64-v4']));
    const arm = adapter.machineTypes(tokyo({ settings: { ...tokyo().settings, architecture: 'arm64' } }));
    expect(new Set(arm.types.map(({ cpu }) => cpu))).toEqual(new Set(['arm64']));
  });
});
