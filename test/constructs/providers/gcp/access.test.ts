import { access } from '../../../../constructs/providers/gcp/access';
import { network, siteOf, synthesise } from './support';

const build = (site = siteOf()) => synthesise((stack) => access(stack, 'access', site, network), site);

test('operators come in by Identity-Aware Proxy and from their own prefixes, nobody else', () => {
  expect(build().resource('google_compute_firewall')).toMatchObject({
    source_ranges: ['35.235.240.0/20', '10.200.0.0/24'],
    allow: [{ protocol: 'tcp', ports: ['22'] }],
  });
});

test("operators may log in to the machines in the site's zones", () => {
  const grants = build().all('google_project_iam_member');
  expect(grants.map((grant) => grant['role'])).toEqual([
    'roles/compute.osAdminLogin',
    'roles/iap.tunnelResourceAccessor',
  ]);
  expect(JSON.stringify(grants[0]?.['condition'])).toContain('asia-northeast1-b');
});

test('two sites of one project have grants of their own', () => {
  const titles = [siteOf(), siteOf({ id: 'osaka' })].map(
    (site) => (build(site).all('google_project_iam_member')[0]?.['condition'] as { title: string }).title,
  );
  expect(titles).toEqual(['watari-tokyo', 'watari-osaka']);
});

test('without operators nobody is granted anything', () => {
  expect(build(siteOf({ settings: { operators: [] } })).all('google_project_iam_member')).toEqual([]);
});
