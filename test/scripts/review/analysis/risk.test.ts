import { riskOf } from '../../../../scripts/review/analysis/risk';
import { subjectsOf } from '../../../../scripts/review/analysis/subject';
import type { PlannedResource } from '../../../../scripts/review/plan/plan-file';
import { describedReference, planOf, resource, subjects } from '../plan-examples';

const platform = describedReference();
const riskAlone = (one: PlannedResource) => riskOf(subjects(one)[0]!);

/** Of a resource of the reference, at its place. */
function riskAt(stackId: string, path: string, one: PlannedResource) {
  const stack = platform.stacks.find(({ id }) => id === stackId)!;
  const files = {
    ...{ id: stackId, folder: '', hash: '', reads: new Map(), providers: new Map(), protected: new Set<string>() },
    ...{ paths: new Map([[one.address, `${stackId}/${path}`]]), required: {}, looksUp: false },
  };
  const [subject] = subjectsOf(planOf(one), {
    stack,
    platform: { base: platform, head: platform },
    files: { base: files, head: files },
  });
  return riskOf(subject!, platform);
}

test.each([
  ['a new machine', resource('aws_instance.a', ['create']), 'created'],
  ['a table that is deleted', resource('aws_dynamodb_table.a', ['delete']), 'data-loss'],
  [
    'a database that is replaced, also with the new one first',
    resource('aws_db_instance.a', ['create', 'delete']),
    'data-loss',
  ],
  ['a machine that is replaced', resource('aws_instance.a', ['delete', 'create']), 'downtime'],
  ['a balancer whose successor stands first', resource('aws_lb.a', ['create', 'delete']), 'behind-sibling'],
  ['a route that is deleted', resource('aws_route.a', ['delete']), 'destroyed'],
  ['a template of a fleet', resource('google_compute_region_instance_template.a', ['create', 'delete']), 'drained'],
  ['what Terraform holds for itself', resource('terraform_data.a', ['delete', 'create']), 'no-effect'],
  ['a type that nobody knows', resource('acme_thing.a', ['delete', 'create']), 'downtime'],
  [
    'what is taken into the state as it is',
    resource('aws_instance.a', ['no-op'], { importing: { id: 'i-1' } }),
    'imported',
  ],
  [
    'a table of which a new one is made and the old one left',
    resource('aws_dynamodb_table.a', ['create', 'forget']),
    'data-loss',
  ],
  ['an autoscaler that goes', resource('google_compute_region_autoscaler.a', ['delete']), 'destroyed'],
  ['what leaves the state', resource('aws_instance.a', ['forget']), 'forgotten'],
  ['a move', resource('aws_instance.b', ['no-op'], {}, { previous_address: 'aws_instance.a' }), 'no-effect'],
] as const)('%s', (_, one, risk) => {
  expect(riskAlone(one).risk).toBe(risk);
});

test('of a type that nobody knows it says that data may go with it', () => {
  expect(riskAlone(resource('acme_thing.a', ['delete'])).why).toContain('whether data goes with it is not known');
});

test('a machine that is stopped for a change is away, one that is only labelled is not', () => {
  const update = (before: object, after: object) =>
    riskAlone(resource('aws_instance.a', ['update'], { before, after })).risk;
  expect(update({ instance_type: 'a' }, { instance_type: 'b' })).toBe('downtime');
  expect(update({ tags: { a: '1' } }, { tags: { a: '2' } })).toBe('in-place');
});

test('what is taken into the state and changed at once is a change', () => {
  const change = { before: { instance_type: 'a' }, after: { instance_type: 'b' }, importing: { id: 'i-1' } };
  expect(riskAlone(resource('aws_instance.a', ['update'], change)).risk).toBe('downtime');
});

test('a fleet whose template is another one is drained, one that only grows is not', () => {
  const update = (before: object, after: object) =>
    riskAlone(resource('aws_autoscaling_group.a', ['update'], { before, after })).risk;
  expect(update({ launch_template: [{ version: '1' }] }, { launch_template: [{ version: '2' }] })).toBe('drained');
  expect(update({ max_size: 1 }, { max_size: 2 })).toBe('in-place');
});

test('an origin is replaced behind the origin of the other half, which is named', () => {
  const replaced = resource('maas_instance.a', ['delete', 'create']);
  expect(riskAt('cage-live-a', 'machines-live-origin-s1-a', replaced)).toEqual({
    risk: 'behind-sibling',
    why: 'Meanwhile live-origin-s1-b serves.',
  });
});

test('a link with a second path goes on over that, one without does not', () => {
  const replaced = resource('aws_vpn_connection.a', ['delete', 'create']);
  expect(riskAt('link-aws-cage', 'end-aws/vpn-0', replaced).why).toBe('Meanwhile the other path of aws-cage serves.');
  expect(riskAt('link-aws-gcp', 'end-aws/vpn-0', replaced).risk).toBe('downtime');
});
