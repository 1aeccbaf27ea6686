import { likenesses } from '../../../../scripts/review/analysis/likeness';
import { renamesIn } from '../../../../scripts/review/analysis/renames';
import { planOf, resource, subjects } from '../plan-examples';

const rule = { port: 443, protocol: 'tcp', cidr: '10.0.0.0/8', description: 'inside' };
const goes = (name: string, values: object) =>
  subjects(resource(`aws_rule.${name}`, ['delete'], { before: values, after: null }))[0]!;
const comes = (name: string, values: object) =>
  subjects(resource(`aws_rule.${name}`, ['create'], { before: null, after: values }))[0]!;

const found = (...args: Parameters<typeof likenesses>) => {
  const { pairs, ambiguous } = likenesses(...args);
  return {
    pairs: pairs.map(({ from, to }) => [from.planned.name, to.planned.name]),
    ambiguous: ambiguous.map(({ from, candidates }) => [
      from.planned.name,
      ...candidates.map(({ planned }) => planned.name),
    ]),
  };
};

test('the same values under another address are a rename', () => {
  expect(found([goes('old', rule)], [comes('new', rule)])).toEqual({ pairs: [['old', 'new']], ambiguous: [] });
});

test('names and descriptions may differ, anything else may not', () => {
  expect(found([goes('old', rule)], [comes('new', { ...rule, description: 'other' })]).pairs).toEqual([['old', 'new']]);
  expect(found([goes('old', rule)], [comes('new', { ...rule, cidr: '0.0.0.0/0' })]).pairs).toEqual([]);
});

test('what is not known before the apply is no difference', () => {
  expect(found([goes('old', { ...rule, vpc_id: 'vpc-1' })], [comes('new', rule)]).pairs).toEqual([['old', 'new']]);
});

test('two that are equally like are said, not guessed', () => {
  expect(found([goes('old', rule)], [comes('one', rule), comes('two', rule)])).toEqual({
    pairs: [],
    ambiguous: [['old', 'one', 'two']],
  });
  expect(found([goes('one', rule), goes('two', rule)], [comes('new', rule)]).pairs).toEqual([]);
});

test('the most like of several is taken', () => {
  const other = { ...rule, description: 'other' };
  expect(found([goes('old', rule), goes('else', other)], [comes('one', other), comes('two', rule)]).pairs).toEqual([
    ['old', 'two'],
    ['else', 'one'],
  ]);
});

test('things of different types are never one', () => {
  const disk = subjects(resource('aws_disk.new', ['create'], { after: rule }))[0]!;
  expect(found([goes('old', rule)], [disk]).pairs).toEqual([]);
});

test('a large number of like things is not compared, so that a review ends', () => {
  const many = Array.from({ length: 600 }, (_, index) => index);
  const from = many.map((index) => goes(`a${index}`, { ...rule, port: index }));
  const to = many.map((index) => comes(`b${index}`, { ...rule, port: index }));
  expect(found(from, to)).toEqual({ pairs: [], ambiguous: [] });
});

describe('Terraform is asked what is left to do with a move', () => {
  const two = [goes('old', rule), comes('new', rule)];
  const answer = (actions: string[]) =>
    renamesIn(two, () => Promise.resolve(planOf(resource('aws_rule.new', actions))));

  test('nothing', async () => expect((await answer(['no-op'])).renames).toMatchObject([{ proof: 'empty' }]));
  test('a change in place', async () =>
    expect((await answer(['update'])).renames).toMatchObject([{ proof: 'in-place' }]));
  test('what is replaced all the same was no rename', async () =>
    expect((await answer(['delete', 'create'])).renames).toEqual([]));
  test('nobody can ask of a foreign plan', async () =>
    expect((await renamesIn(two)).renames).toMatchObject([{ proof: 'unproven' }]));
});
