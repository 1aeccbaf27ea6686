import { Value } from '@sinclair/typebox/value';
import type { ImageBuild } from '../../../../constructs/contract/image';
import { gcp } from '../../../../constructs/providers/gcp';
import { image } from '../../../../constructs/providers/gcp/image';
import { machineType } from '../../../../constructs/providers/gcp/machine-types';
import type { GcpSettings } from '../../../../constructs/providers/gcp/settings';
import { imageBuild, imageOf } from '../../../support/images';
import { siteOf } from './support';

const body = (changes: Partial<ImageBuild> = {}) => image.packerSource(imageBuild([siteOf()], changes)).body;

test('an image is named by its content, in the project of images', () => {
  expect(image.name(siteOf(), imageOf('origin', 'amd64-v3'))).toBe(
    'projects/live-example/global/images/watari-origin-amd64-v3-0123456789ab',
  );
  expect(image.name(siteOf({ settings: { imageProject: 'golden' } }), imageOf('origin'))).toMatch(
    /^projects\/golden\/global/,
  );
});

test('Packer builds it from one exact image of Debian or Windows', () => {
  expect(body()).toMatchObject({
    source_image_project_id: ['debian-cloud'],
    source_image: expect.stringMatching(/^debian-12-bookworm-v\d{8}$/) as string,
    image_name: 'watari-edge-amd64-0123456789ab',
  });
  expect(body({ variant: 'arm64' })).toMatchObject({ machine_type: 'c4a-standard-2', enable_secure_boot: false });
  const windows = body({ operatingSystem: 'windows-server-2022' });
  expect(windows).toMatchObject({ source_image_project_id: ['windows-cloud'] });
  expect(Object.keys(windows).filter((name) => name.startsWith('ssh'))).toEqual([]);
});

test('the account of a build is one that sealing can remove: made of a key in the metadata, not of OS Login', () => {
  expect(body()).toMatchObject({
    ...{ ssh_username: 'packer', temporary_key_pair_type: 'ed25519', use_os_login: false },
    metadata: { 'enable-oslogin': 'FALSE', 'block-project-ssh-keys': 'TRUE' },
  });
});

describe('a machine that builds', () => {
  const builtIn = (at?: GcpSettings['imageBuild']) => {
    const site = siteOf(at ? { settings: { imageBuild: at } } : {});
    expect(Value.Check(gcp.settings, site.settings)).toBe(true);
    const { body: all } = image.packerSource(imageBuild([site]));
    return Object.fromEntries(Object.entries(all).filter(([name]) => /network|_ip$|iap/.test(name)));
  };

  test('stands in the default network with a public address, which needs nothing else to be there', () => {
    expect(builtIn()).toEqual({});
  });

  test('stands where the site says', () => {
    expect(builtIn({ network: 'builds', subnetwork: 'tokyo', project: 'shared-networks' })).toEqual({
      network: 'builds',
      subnetwork: 'tokyo',
      network_project_id: 'shared-networks',
    });
  });

  test('has no public address where it is reached through the proxy', () => {
    expect(builtIn({ subnetwork: 'tokyo', iap: true })).toEqual({
      ...{ subnetwork: 'tokyo', use_iap: true, omit_external_ip: true, use_internal_ip: true },
    });
  });
});

test('sites that keep their images in several projects have no build in common', () => {
  const other = siteOf({ settings: { imageProject: 'golden' } });
  expect(() => image.packerSource(imageBuild([siteOf(), other]))).toThrow(
    /images in several projects \(found \["golden","live-example"\]\).*Write imageProject: 'golden'/,
  );
});

test.each([
  ['e2-standard-4', 'x86-64-v3'],
  ['n2-standard-4', 'x86-64-v4'],
  ['c4a-standard-4', 'arm64'],
  ['zz9-standard-4', 'x86-64-v2'],
])('a machine of type %s runs %s', (name, cpu) => {
  const site = siteOf({ settings: { machineTypes: { edge: name } } });
  expect(machineType(site, { vcpu: 4, memoryGiB: 8, diskGiB: 20, egressMbps: 100 }, 'edge')).toEqual({ name, cpu });
});
