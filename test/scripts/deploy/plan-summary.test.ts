import { describeSummary, joinChanges, summarizePlan } from '../../../scripts/deploy/plan-summary';

const planOf = (actions: Readonly<Record<string, readonly string[]>>, outputs: readonly string[] = ['no-op']): string =>
  JSON.stringify({
    resource_changes: Object.entries(actions).map(([address, list]) => ({
      address,
      mode: address.startsWith('data.') ? 'data' : 'managed',
      change: { actions: list },
    })),
    output_changes: { handles: { actions: outputs } },
  });

const all = {
  'vm.new': ['create'],
  'vm.changed': ['update'],
  'vm.anew': ['delete', 'create'],
  'vm.before': ['create', 'delete'],
  'vm.gone': ['delete'],
  'vm.left': ['forget'],
  'vm.same': ['no-op'],
  'data.image': ['read'],
};

describe('a plan', () => {
  it('is read by what happens to each resource; data sources do not count', () => {
    expect(summarizePlan(planOf(all))).toMatchObject({
      create: ['vm.new'],
      update: ['vm.changed'],
      replace: ['vm.anew', 'vm.before'],
      destroy: ['vm.gone'],
    });
  });

  it('tells what is there afterwards', () => {
    expect(summarizePlan(planOf(all)).kept).toEqual(['vm.new', 'vm.changed', 'vm.anew', 'vm.before', 'vm.same']);
  });

  it('is told in one line', () => {
    expect(describeSummary(summarizePlan(planOf(all)))).toBe('1 to create, 1 to update, 2 to replace, 1 to destroy');
    expect(describeSummary(summarizePlan(planOf({}, ['update'])))).toBe('outputs only');
    expect(describeSummary(summarizePlan(planOf({ 'vm.same': ['no-op'] })))).toBe('nothing to change');
    expect(describeSummary(summarizePlan('{}'))).toBe('nothing to change');
  });

  it('of two passes is one list', () => {
    const [made, gone] = [summarizePlan(planOf({ a: ['create'] })), summarizePlan(planOf({ b: ['delete'] }))];
    expect(joinChanges(made, gone)).toEqual({ create: ['a'], update: [], replace: [], destroy: ['b'] });
  });
});
