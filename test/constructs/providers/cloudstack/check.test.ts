import type { ImageBuild } from '../../../../constructs/contract/image';
import Ajv from 'ajv';
import { TerraformStack, Testing } from 'cdktf';
import { planSite } from '../../../../constructs/addresses';
import { cloudstack } from '../../../../constructs/providers/cloudstack';
import { makeOfferings } from '../../../../constructs/providers/cloudstack/offerings';
import { configure } from '../../../../constructs/providers/cloudstack/provider';
import { dev, idcf, idcfSettings, privateSettings, uuid } from './sites';
import { imageBuild } from '../../../support/images';

const { idcf: idcfAdapter, private: privateAdapter } = cloudstack.profiles;
const isValid = new Ajv().compile(cloudstack.settings);
const messages = (problems: readonly { path: string; message: string }[]) =>
  problems.map(({ path, message }) => `${path}: ${message}`);

describe('settings of a cloudstack site', () => {
  it('have the same shape for both profiles', () => {
    expect([idcfSettings, privateSettings].map((each) => isValid(each))).toEqual([true, true]);
  });

  it('name everything by UUID', () => {
    expect(isValid({ ...idcfSettings, zone: { id: 'tesla', name: 'tesla' } })).toBe(false);
  });

  it('pass the check of their own profile', () => {
    expect(idcfAdapter.check(idcf)).toEqual([]);
    expect(privateAdapter.check(dev)).toEqual([]);
  });

  it('of the other profile are refused one by one', () => {
    expect(messages(idcfAdapter.check({ ...idcf, settings: privateSettings }))).toEqual([
      'settings.network: the adopted network is missing',
      'settings.privateCloud: belongs to profile private',
      'settings.machineTypes.0.offering: profile idcf makes no offerings',
      'settings.machineTypes.0.cpuMHz: belongs to profile private',
    ]);
    expect(messages(privateAdapter.check({ ...dev, settings: idcfSettings }))).toContain(
      'settings.network: belongs to profile idcf',
    );
  });

  it('need an adopted range at IDCF', () => {
    expect(messages(idcfAdapter.check({ ...idcf, plan: dev.plan }))).toEqual([
      'adoptedNetwork: profile idcf makes no network, and the site names no range of one that exists',
    ]);
  });

  it('refuse a range that CloudStack takes for no VPC', () => {
    const plan = planSite({ id: 'dev', number: 5, supernet: '100.64.0.0/10', vlanBase: 100 });
    expect(messages(privateAdapter.check({ ...dev, plan }))).toEqual([
      'addresses.internal: CloudStack takes only private ranges for a VPC',
    ]);
  });

  it('refuse two machine types of one name', () => {
    const type = idcfSettings.machineTypes[0];
    const machineTypes = type ? [type, { ...type, offering: uuid(8) }] : [];
    expect(messages(idcfAdapter.check({ ...idcf, settings: { ...idcfSettings, machineTypes } }))).toEqual([
      'settings.machineTypes.1.name: is there twice',
    ]);
  });
});

describe('an image of a cloudstack site', () => {
  const body = (site: typeof idcf, changes: Partial<ImageBuild> = {}) =>
    idcfAdapter.image.packerSource(imageBuild([site], changes)).body;

  it('is built by Packer for VMware at IDCF and for KVM on an own cloud', () => {
    expect([idcf, dev].map((site) => body(site)['hypervisor'])).toEqual(['VMware', 'KVM']);
  });

  it('has its whole name as display text, and a name that older servers take', () => {
    const name = 'watari-windows-drm-license-amd64-0123456789ab';
    const { template_name, template_display_text } = body(idcf, { name });
    expect(template_display_text).toBe(name);
    expect(String(template_name).length).toBeLessThanOrEqual(32);
    expect(body(idcf)['template_name']).toBe('edge-amd64-0123456789ab');
  });

  it('needs a plain template of its system and architecture', () => {
    expect(() => body(idcf, { variant: 'arm64' })).toThrow(
      /settings\.templates: names no plain template.*Bound: templates\['debian-12-arm64'\]/,
    );
    expect(() => body(idcf, { operatingSystem: 'windows-server-2022' })).toThrow(/write \{ id, name \} of it/);
  });

  it('is built with the offering that the site adopts, or by the name of the one that its network stack makes', () => {
    const adopted = { a: uuid(41), b: uuid(42), elastic: uuid(43) };
    const machineTypes = privateSettings.machineTypes.map((type) => ({ ...type, offerings: adopted }));
    const own = { ...dev, settings: { ...privateSettings, machineTypes } };
    expect([idcf, own].map((site) => body(site)['service_offering'])).toEqual([uuid(3), uuid(41)]);
    const stack = new TerraformStack(Testing.app(), 'network');
    configure(stack, dev);
    makeOfferings(stack, dev);
    const made = JSON.parse(Testing.synth(stack)) as {
      resource: { cloudstack_service_offering_fixed: Record<string, { name: string }> };
    };
    const names = Object.values(made.resource.cloudstack_service_offering_fixed).map(({ name }) => name);
    expect(names).toContain(body(dev)['service_offering']);
  });

  it('has the disk that the image says', () => {
    expect(body(idcf, { diskGiB: 40 })).toMatchObject({ disk_size: 40 });
  });

  it('of Windows is built from a template with passwords, and leaves it to the sealing whether it has them itself', () => {
    const templates = { 'windows-server-2022': { id: uuid(40), name: 'Windows' } };
    const site = { ...idcf, settings: { ...idcfSettings, templates } };
    const windows = body(site, { operatingSystem: 'windows-server-2022' });
    expect(windows).toMatchObject({ source_template: uuid(40), template_os: 'Windows Server 2022 (64-bit)' });
    expect(Object.keys(windows)).not.toContain('template_password_enabled');
  });
});

test('a machine type without a level of processors counts as x86-64-v2', () => {
  const size = { vcpu: 4, memoryGiB: 8, diskGiB: 20, egressMbps: 1000 };
  expect(idcfAdapter.machineType(idcf, size)).toEqual({ name: 'standard.L16', cpu: 'x86-64-v2' });
  const newer = idcfSettings.machineTypes.map((type) => ({ ...type, cpu: 'x86-64-v3' as const }));
  const site = { ...idcf, settings: { ...idcfSettings, machineTypes: newer } };
  expect(idcfAdapter.machineType(site, size)).toMatchObject({ cpu: 'x86-64-v3' });
});
