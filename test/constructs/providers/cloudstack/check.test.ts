import Ajv from 'ajv';
import { planSite } from '../../../../constructs/addresses';
import { cloudstack } from '../../../../constructs/providers/cloudstack';
import { dev, idcf, idcfSettings, privateSettings, uuid } from './sites';

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
  const own = { role: 'edge', architecture: 'amd64', contentId: 'abc' } as const;

  it('is the stock template until the role has its own', () => {
    expect(idcfAdapter.image.name(idcf, { role: 'edge', architecture: 'amd64' })).toBe(uuid(2));
    const site = { ...idcf, settings: { ...idcfSettings, images: { 'edge-abc': uuid(30) } } };
    expect(idcfAdapter.image.name(site, own)).toBe(uuid(30));
  });

  it('that nobody registered is an error that names the key', () => {
    expect(() => idcfAdapter.image.name(idcf, own)).toThrow(/names no template for edge-abc/);
    expect(() => idcfAdapter.image.name(idcf, { role: 'edge', architecture: 'arm64' })).toThrow(
      /no template for arm64/,
    );
  });

  it('is built by Packer for VMware at IDCF and for KVM on an own cloud', () => {
    const hypervisors = [idcf, dev].map((site) => idcfAdapter.image.packerSource(site, own).body.hypervisor);
    expect(hypervisors).toEqual(['VMware', 'KVM']);
  });
});
