import { compareFacts, mergeFacts } from '../../../scripts/facts/compare';
import { renderFacts, withoutProse } from '../../../scripts/facts/render';
import type { MeasuredFacts, MeasuredType } from '../../../scripts/facts/types';

const facts = (type: Partial<MeasuredType>, version = '1.0.0'): MeasuredFacts => ({
  provider: 'example/rack',
  version,
  read: '2026-11-20',
  provider_config: {},
  resources: { rack_machine: { version: 0, block: {}, ...type } },
  data_sources: {},
});

test('two readings are compared fact by fact', () => {
  const kept = facts({
    force_new: ['name'],
    defaults: { size: 1 },
    rules: { name: { max_length: 32, diff_suppressed: true } },
  });
  const fresh = facts({ force_new: ['name', 'zone'], defaults: { size: 2 }, rules: { name: { max_length: 32 } } });
  expect(compareFacts(kept, fresh)).toEqual({
    same: 3,
    different: ['rack_machine.size default: kept 1, now 2'],
    onlyKept: ['rack_machine.name diff_suppressed: true'],
    onlyFresh: ['rack_machine.zone force_new: true'],
  });
});

test('what was seen earlier in the same version is kept, and what is seen now wins', () => {
  const kept = facts({ defaults: { size: 1, tier: 'a' }, rules: { name: { diff_suppressed: true, max_length: 1 } } });
  const fresh = facts({ defaults: { size: 2 }, rules: { name: { max_length: 32 } } });
  expect(mergeFacts(kept, fresh).resources['rack_machine']).toMatchObject({
    defaults: { size: 2, tier: 'a' },
    rules: { name: { diff_suppressed: true, max_length: 32 } },
  });
});

test('nothing of another version is kept', () => {
  const fresh = facts({ defaults: { size: 2 } }, '2.0.0');
  expect(mergeFacts(facts({ defaults: { tier: 'a' } }), fresh)).toEqual(fresh);
});

test('a facts file has one line for each resource, and the same text whatever the order it came in', () => {
  const one = renderFacts(facts({ defaults: { b: 1, a: 2 } }));
  expect(one).toBe(renderFacts(facts({ defaults: { a: 2, b: 1 } })));
  expect(one.split('\n').filter((line) => line.includes('rack_machine'))).toHaveLength(1);
  expect(JSON.parse(one)).toEqual(facts({ defaults: { a: 2, b: 1 } }));
});

test('descriptions of the provider do not enter the facts', () => {
  const name = { type: 'string', required: true, description: 'prose', description_kind: 'plain' } as const;
  expect(withoutProse({ version: 1, block: { attributes: { name } } })).toEqual({
    version: 1,
    block: { attributes: { name: { type: 'string', required: true } } },
  });
});
