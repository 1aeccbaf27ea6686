import { fingerprintOf, joinFingerprints } from '../../../scripts/review/fingerprint';
import type { PlannedResource } from '../../../scripts/review/plan/plan-file';
import { resource } from './plan-examples';

const change = (...resources: PlannedResource[]): string =>
  joinFingerprints({ s: fingerprintOf('config', resources) }).change;
const replaced = resource('aws_lb.a', ['delete', 'create'], {
  before: { id: 'lb-1' },
  after: {},
  replace_paths: [['name']],
});

test('ids and values that a provider allocates are no part of it', () => {
  expect(change(replaced)).toBe(change({ ...replaced, change: { ...replaced.change, before: { id: 'lb-2' } } }));
});

test.each<readonly [string, PlannedResource[]]>([
  ['another action', [resource('aws_lb.a', ['delete'])]],
  ['another address', [{ ...replaced, address: 'aws_lb.b' }]],
  [
    'another reason for the replacement',
    [{ ...replaced, change: { ...replaced.change, replace_paths: [['subnets']] } }],
  ],
  ['the other order', [{ ...replaced, change: { ...replaced.change, actions: ['create', 'delete'] } }]],
  ['one resource more', [replaced, resource('aws_lb.b', ['create'])]],
])('%s is another change', (_, resources) => expect(change(...resources)).not.toBe(change(replaced)));

test('another configuration is another change', () => {
  expect(joinFingerprints({ s: fingerprintOf('other', [replaced]) }).change).not.toBe(change(replaced));
});

test('what stays is no part of it, and neither is the order of the plan', () => {
  const added = resource('aws_lb.b', ['create']);
  expect(change(replaced, added, resource('aws_lb.c', ['no-op']))).toBe(change(added, replaced));
});

test('its name is never a number to YAML', () => expect(change(replaced)).toMatch(/^plan-[0-9a-f]{20}$/));
