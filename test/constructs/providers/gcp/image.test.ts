import { image } from '../../../../constructs/providers/gcp/image';
import { siteOf } from './support';

const origin = { role: 'origin', architecture: 'amd64' } as const;

test('a role without an image of its own boots one exact Ubuntu LTS', () => {
  expect(image.name(siteOf(), origin)).toMatch(
    /^projects\/ubuntu-os-cloud\/global\/images\/ubuntu-2404-noble-amd64-v\d{8}$/,
  );
});

test('the settings may name another stock image', () => {
  const amd64 = 'projects/live-example/global/images/hardened-1';
  expect(image.name(siteOf({ settings: { images: { amd64 } } }), origin)).toBe(amd64);
});

test("a role's own image is named by its content", () => {
  expect(image.name(siteOf(), { ...origin, contentId: 'abc123' })).toBe(
    'projects/live-example/global/images/watari-origin-amd64-abc123',
  );
});

test('Packer builds it from the same stock image, without a public address', () => {
  const { type, body } = image.packerSource(siteOf(), { ...origin, contentId: 'abc123' });
  expect(type).toBe('googlecompute');
  expect(body).toMatchObject({
    source_image_project_id: ['ubuntu-os-cloud'],
    image_name: 'watari-origin-amd64-abc123',
    omit_external_ip: true,
  });
});
