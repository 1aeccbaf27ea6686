import { metal } from '../../../../constructs/providers/metal';
import { compileSchema } from '../../../../stacks/topology/validator';
import { circuits, linkSpec, settings, site, synth } from './fixture';
import { imageBuild, imageOf } from '../../../support/images';

const { bigip, software } = metal.profiles;

describe('two sites on own hardware in one stack', () => {
  const other = site({ balancers: undefined }, { id: 'hall', profile: 'software', asn: 64514 });
  const built = synth((stack) => {
    bigip.configure(stack, site());
    software.configure(stack, other);
    bigip.link(stack, 'one', linkSpec(circuits()));
    software.link(stack, 'two', { ...linkSpec(circuits(), other), link: 'gcp-hall' });
  });

  it('have provider blocks of their own', () => {
    const aliases = (name: string) => built.provider[name]?.map(({ alias }) => alias);
    expect(aliases('junos')).toEqual(['cage-a', 'cage-b', 'hall-a', 'hall-b']);
    expect(aliases('maas')).toEqual(['cage', 'hall']);
    expect(aliases('bigip')).toEqual(['cage-primary']);
  });

  it('name the block that each resource is made through', () => {
    const units = built.resource['junos_interface_logical'];
    expect(units?.['one-primary-east']).toMatchObject({ provider: 'junos.cage-a' });
    expect(units?.['two-primary-east']).toMatchObject({ provider: 'junos.hall-a' });
  });

  it('carry no credential', () => {
    const text = JSON.stringify(built.provider);
    expect(text).not.toMatch(/password|api_key|sshkey|username/);
  });
});

describe('the settings of a site on own hardware', () => {
  const check = compileSchema(metal.settings);

  it('are as their schema describes them', () => {
    check(settings);
    expect(check.errors ?? []).toEqual([]);
  });

  it.each([
    [
      'an unknown switch model',
      { switches: { ...settings.switches, a: { ...settings.switches.a, model: 'qfx9999' } } },
    ],
    ['an unknown word', { colour: 'blue' }],
    [
      'a management address that is none',
      { switches: { ...settings.switches, a: { ...settings.switches.a, address: '999.1.1.1' } } },
    ],
    [
      'a port that no switch has',
      { switches: { ...settings.switches, a: { ...settings.switches.a, access: { eth0: {} } } } },
    ],
  ])('do not take %s', (_name, changes) => {
    expect(check({ ...settings, ...changes })).toBe(false);
  });
});

describe('images for own hardware', () => {
  it('are uploaded under the name that they have everywhere', () => {
    expect(bigip.image.name(site(), imageOf('origin', 'amd64-v3'))).toBe('custom/watari-origin-amd64-v3-0123456789ab');
  });

  it('are made of what QEMU leaves: an archive of Linux, a disk of Windows', () => {
    expect(bigip.image.packerSource(imageBuild([site()]))).toEqual({ type: 'qemu', body: {}, leaves: 'tgz' });
    const windows = imageBuild([site()], { operatingSystem: 'windows-server-2022' });
    expect(bigip.image.packerSource(windows)).toMatchObject({ leaves: 'ddgz' });
  });
});
