import { machines } from '../../../../constructs/providers/gcp/machines';
import type { MachineSpec } from '../../../../constructs/contract/machines';
import { machineOf, network, siteOf, synthesise } from './support';
import { imageOf } from '../../../support/images';

const site = siteOf();
const build = (...specs: MachineSpec[]) =>
  synthesise((stack) => void machines(stack, 'origins', { site, network, machines: specs }));

test('a machine stands in the zone of its half with its planned address', () => {
  const { resource } = build(machineOf());
  expect(resource('google_compute_address')).toMatchObject({ address: '10.3.8.10', address_type: 'INTERNAL' });
  expect(resource('google_compute_instance')).toMatchObject({
    name: 'live-tokyo-live-origin-s1-a',
    zone: 'asia-northeast1-a',
    machine_type: 'e2-standard-4',
  });
});

test('maintenance moves a machine instead of stopping it', () => {
  expect(build(machineOf()).resource('google_compute_instance')['scheduling']).toMatchObject({
    on_host_maintenance: 'MIGRATE',
    automatic_restart: true,
  });
});

test('a machine boots verified, and only OS Login lets people in', () => {
  const instance = build(machineOf()).resource('google_compute_instance');
  expect(instance['shielded_instance_config']).toMatchObject({ enable_secure_boot: true, enable_vtpm: true });
  expect(instance['metadata']).toMatchObject({ 'enable-oslogin': 'TRUE', 'block-project-ssh-keys': 'TRUE' });
});

test('other user data makes another machine, but a stateful one is protected and keeps its disk', () => {
  const stateless = build(machineOf()).resource('google_compute_instance');
  expect(stateless['lifecycle']).toEqual({
    replace_triggered_by: [expect.stringMatching(/^terraform_data\.[-\w]*first-boot/)],
  });
  const stateful = build(machineOf({ stateful: true })).resource('google_compute_instance');
  expect(stateful).toMatchObject({ deletion_protection: true });
  expect(stateful['lifecycle']).toBeUndefined();
});

test('each machine has a group that outlives it, for the balancer of another stack', () => {
  const { resource } = build(machineOf());
  expect(resource('google_compute_instance_group')).not.toHaveProperty('instances');
  expect(resource('google_compute_instance_group')).toMatchObject({ zone: 'asia-northeast1-a' });
});

test('members of one group in one zone are spread over hosts', () => {
  const { resource, all } = build(
    machineOf({ name: 'edge-1', address: '10.3.12.11', antiAffinity: 'edge' }),
    machineOf({ name: 'edge-2', address: '10.3.12.12', antiAffinity: 'edge' }),
  );
  expect(resource('google_compute_resource_policy')).toMatchObject({
    group_placement_policy: { availability_domain_count: 8 },
  });
  expect(all('google_compute_instance').every((one) => Array.isArray(one['resource_policies']))).toBe(true);
});

test('halves need no policy: they are in different zones', () => {
  const other = machineOf({ name: 'live-origin-s1-b', half: 'b', address: '10.3.9.10' });
  expect(build(machineOf(), other).all('google_compute_resource_policy')).toEqual([]);
});

test('a public machine has an address of its own and the tag that opens the network for it', () => {
  const { resource } = build(machineOf({ public: true, router: true }));
  expect(resource('google_compute_address', '-public')).toMatchObject({ address_type: 'EXTERNAL' });
  expect(resource('google_compute_instance')).toMatchObject({
    can_ip_forward: true,
    tags: ['live-tokyo-origin', 'live-tokyo-public'],
  });
});

test('a name that is too long is cut and stays unique', () => {
  const long = 'live-origin-of-a-very-long-name-that-nobody-would-give-a-machine-';
  const { all } = build(machineOf({ name: `${long}1` }), machineOf({ name: `${long}2`, address: '10.3.8.11' }));
  const names = all('google_compute_instance').map((one) => String(one['name']));
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
});

test('a size that no type gives is refused with the role to name a type for', () => {
  const huge = machineOf({ size: { vcpu: 4, memoryGiB: 8, diskGiB: 50, egressMbps: 90000 } });
  expect(() => build(huge)).toThrow(/No machine type of Google Cloud.*settings\.machineTypes\.origin/);
});

test('an Arm machine does not verify its loader', () => {
  const { resource } = build(machineOf({ image: imageOf('origin', 'arm64') }));
  expect(resource('google_compute_instance')).toMatchObject({
    shielded_instance_config: { enable_secure_boot: false, enable_vtpm: true },
  });
});

test('an image is looked up once for all machines, and its absence names the build command', () => {
  const other = machineOf({ name: 'live-origin-s1-b', half: 'b', address: '10.3.9.10' });
  const [found, ...more] = build(machineOf(), other).data('google_compute_images');
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    project: 'live-example',
    filter: 'name = watari-origin-amd64-0123456789ab',
    lifecycle: {
      postcondition: [
        {
          condition: '${length(self.images) == 1}',
          error_message: expect.stringContaining(
            'Build it: npx watari image build origin --arch amd64 --builder googlecompute',
          ) as string,
        },
      ],
    },
  });
});

test('an interface into a stretched segment is refused', () => {
  const segment = { address: '10.9.0.2', cidr: '10.9.0.0/24', vlan: 12, end: {} };
  expect(() => build(machineOf({ segment }))).toThrow(/no stretched segments.*routed link/);
});
