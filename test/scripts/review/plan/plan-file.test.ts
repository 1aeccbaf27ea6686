import { parsePlan } from '../../../../scripts/review/plan/plan-file';

const refusal = (text: string): string => {
  try {
    parsePlan(text, 'plan.json');
    return 'accepted';
  } catch (error) {
    return error instanceof Error && error.name === 'ProblemsError' ? error.message : `a fault: ${String(error)}`;
  }
};

test('a plan is read, with what later minor versions add to it', () => {
  const plan = { format_version: '1.9', something_new: [], resource_changes: [] };
  expect(parsePlan(JSON.stringify(plan), 'plan.json')).toEqual(plan);
});

test.each([
  ['nothing', '', 'is truncated or broken JSON|is no JSON'],
  [
    'a file that was cut',
    '{"format_version":"1.2","resource_changes":[{"addr',
    'plan.json: is truncated or broken JSON',
  ],
  ['a saved plan itself', 'PK\u0003\u0004', 'It is a plan file itself: give the output of `terraform show -json FILE`'],
  ['some text', 'Error: no', 'plan.json: is no JSON'],
  ['a list', '[]', 'is JSON, but not a plan'],
  ['a state', '{"version":4,"serial":1,"lineage":"x"}', 'is a state, not a plan'],
  ['what plan -json prints', '{"@level":"info","@message":"x"}', 'is the output of `terraform plan -json`'],
  ['a later format', '{"format_version":"2.0"}', 'a version of the format that is not known (found "2.0"). Bound: 1.x'],
  ['a version that is none', '{"format_version":"x"}', 'a version of the format that is not known'],
  [
    'a change without actions',
    '{"format_version":"1.2","resource_changes":[{"address":"a.b","mode":"managed","type":"a","name":"b","change":{}}]}',
    'is not a whole plan: /resource_changes/0/change',
  ],
])('%s is refused with what it is', (_, text, message) => {
  expect(refusal(text)).toMatch(
    new RegExp(message.includes('|') ? message : message.replace(/[.*+?^${}()[\]\\]/g, '\\$&')),
  );
});

test('the refusal of a broken file quotes nothing of it', () => {
  expect(refusal('{"format_version":"1.2", "password": "hunter2" oops}')).not.toContain('hunter2');
});
