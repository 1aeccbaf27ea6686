import { describeSummary, joinChanges, keptResources, summarizePlan } from '../../../scripts/deploy/plan-summary';
import { type Plan, planLines, shownPlan } from './example-plans';

const summaryOf = (plan: Plan) => summarizePlan(planLines(plan));

const all = {
  'vm.new': ['create'],
  'vm.changed': ['update'],
  'vm.anew': ['delete', 'create'],
  'vm.before': ['create', 'delete'],
  'vm.gone': ['delete'],
  'vm.left': ['forget'],
  'vm.same': ['no-op'],
  'data.image': ['read'],
  'output.handles': ['no-op'],
};

describe('a plan', () => {
  it('is read by what happens to each resource; data sources do not count', () => {
    expect(summaryOf(all)).toEqual({
      create: ['vm.new'],
      update: ['vm.changed'],
      replace: ['vm.anew', 'vm.before'],
      destroy: ['vm.gone'],
      outputsChange: false,
    });
  });

  it('tells what is there afterwards', () => {
    expect(keptResources(shownPlan(all))).toEqual(['vm.new', 'vm.changed', 'vm.anew', 'vm.before', 'vm.same']);
  });

  it('is told in one line', () => {
    expect(describeSummary(summaryOf(all))).toBe('1 to create, 1 to update, 2 to replace, 1 to destroy');
    expect(describeSummary(summaryOf({ 'output.handles': ['update'] }))).toBe('outputs only');
    expect(describeSummary(summaryOf({ 'vm.same': ['no-op'] }))).toBe('nothing to change');
    expect(describeSummary(summarizePlan(''))).toBe('nothing to change');
  });

  it('of two passes is one list', () => {
    const [made, gone] = [summaryOf({ a: ['create'] }), summaryOf({ b: ['delete'] })];
    expect(joinChanges(made, gone)).toEqual({ create: ['a'], update: [], replace: [], destroy: ['b'] });
  });
});
