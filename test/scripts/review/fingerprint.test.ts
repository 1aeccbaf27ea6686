import { fingerprintOf, isCovered, joinFingerprints } from '../../../scripts/review/fingerprint';
import type { PlannedResource } from '../../../scripts/review/plan/plan-file';
import { planOf, resource } from './plan-examples';

const change = (...resources: PlannedResource[]): string =>
  joinFingerprints({ s: fingerprintOf('config', planOf(...resources)) }).change;
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
  expect(joinFingerprints({ s: fingerprintOf('other', planOf(replaced)) }).change).not.toBe(change(replaced));
});

test('what stays is no part of it, and neither is the order of the plan', () => {
  const added = resource('aws_lb.b', ['create']);
  expect(change(replaced, added, resource('aws_lb.c', ['no-op']))).toBe(change(added, replaced));
});

test('its name is never a number to YAML', () => expect(change(replaced)).toMatch(/^plan-[0-9a-f]{20}$/));

describe('an update', () => {
  const update = (before: object, after: object) => {
    const expressions = { tags: {}, instance_type: {} };
    const configured = { address: 'aws_instance.a', mode: 'managed', type: 'aws_instance', name: 'a', expressions };
    const plan = planOf(resource('aws_instance.a', ['update'], { before, after }));
    return fingerprintOf('config', { ...plan, configuration: { root_module: { resources: [configured] } } }).changes[
      'aws_instance.a'
    ]!;
  };
  const tags = update({ tags: 'a', instance_type: 'small' }, { tags: 'b', instance_type: 'small' });
  const both = update({ tags: 'a', instance_type: 'large' }, { tags: 'b', instance_type: 'small' });

  test('of one attribute more is not covered by what was reviewed, of one less it is', () => {
    expect(isCovered(both, tags)).toBe(false);
    expect(isCovered(tags, both)).toBe(true);
    expect(isCovered(tags, undefined)).toBe(false);
  });
  test('counts what the configuration sets, and nothing that the provider makes up', () => {
    expect(update({ tags: 'a', arn: '1' }, { tags: 'b', arn: '2' }).attributes).toEqual(['tags']);
  });
});

test('a leftover of a former replacement is not taken for the thing itself', () => {
  const kept = resource('aws_instance.a', ['update'], { before: { tags: 1 }, after: { tags: 2 } });
  const { changes } = fingerprintOf(
    'config',
    planOf(kept, { ...resource('aws_instance.a', ['delete']), deposed: '1a' }),
  );
  expect(Object.keys(changes)).toEqual(['aws_instance.a', 'aws_instance.a (deposed)']);
});
