import type { ImageBuild } from '../../../../constructs/contract/image';
import { image } from '../../../../constructs/providers/gcp/image';
import { machineType } from '../../../../constructs/providers/gcp/machine-types';
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

test('Packer builds it from one exact image of Debian or Windows, without a public address', () => {
  expect(body()).toMatchObject({
    source_image_project_id: ['debian-cloud'],
    source_image: expect.stringMatching(/^debian-12-bookworm-v\d{8}$/) as string,
    image_name: 'watari-edge-amd64-0123456789ab',
    omit_external_ip: true,
  });
  expect(body({ variant: 'arm64' })).toMatchObject({ machine_type: 'c4a-standard-2', enable_secure_boot: false });
  const windows = body({ operatingSystem: 'windows-server-2022' });
  expect(windows).toMatchObject({ source_image_project_id: ['windows-cloud'] });
  expect(Object.keys(windows).filter((name) => name.startsWith('ssh'))).toEqual([]);
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
