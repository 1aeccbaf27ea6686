import type { StackSpec } from '../../constructs/contract/stack';
import { stacksOf } from '../../stacks/main';
import { live, platformOf, site } from '../support/topologies';

const byId = (specs: readonly StackSpec[]): Map<string, StackSpec> => new Map(specs.map((spec) => [spec.id, spec]));

test('a stack waits for every earlier writer to its devices, not only for the last, which may be blocked or left out', () => {
  const specs = stacksOf(platformOf()).filter(({ devices }) => devices.includes('devices of cage'));
  expect(specs.length).toBeGreaterThan(5);
  specs.forEach((spec, index) => {
    const waits = new Set([...spec.dependsOn, ...spec.after]);
    expect(specs.slice(0, index).filter(({ id }) => !waits.has(id))).toEqual([]);
  });
});

test('when a site is retired, all its stacks and its links stay and become empty, and no other', () => {
  const platform = platformOf((topology) => {
    site(topology, 'aws')['retired'] = true;
    delete live(topology).edges['aws'];
  });
  const specs = byId(stacksOf(platform));
  const before = stacksOf(platformOf());
  expect([...specs.keys()].sort()).toEqual(before.map(({ id }) => id).sort());
  const emptied = before.filter(({ id, empty }) => !empty && specs.get(id)?.empty).map(({ id }) => id);
  expect(emptied.sort()).toEqual(['aws-live', 'aws-network', 'link-aws-cage', 'link-aws-gcp', 'link-aws-idcf']);
});
