import budget from '../../../images/windows-drm/first-boot.json';
import { scripts } from './scripts';

const firstBoot = scripts.get('files/first-boot.ps1')!;
const provision = scripts.get('files/Provision.psm1')!;
const phases = new Map(budget.phases.map((phase) => [phase.name, phase]));

it('serves within its budget of 20 minutes', () => {
  const total = budget.phases.reduce((sum, { seconds }) => sum + seconds, 0);
  expect(budget.budgetSeconds).toBe(20 * 60);
  expect(total).toBeLessThanOrEqual(budget.budgetSeconds);
});

it('budgets for exactly the phases that first boot measures, in their order', () => {
  const measured = [...firstBoot.matchAll(/Measure-Phase -Name '(\w+)'/g)].map(([, name]) => name!);
  expect(budget.phases.map(({ name }) => name)).toEqual(['windows', ...measured]);
});

it('says where each figure comes from', () => {
  for (const { source, kind } of budget.phases) {
    expect(source.length).toBeGreaterThan(10);
    expect(['bound', 'estimate', 'measured']).toContain(kind);
  }
});

it('takes the bounds from the scripts', () => {
  expect(provision).toContain(`Wait-Until -Seconds ${phases.get('settings')!.seconds} `);
  expect(firstBoot).toContain(`-Seconds ${phases.get('serving')!.seconds} }`);
});

it('lets Windows stop a first boot that takes longer than the budget', () => {
  const limit = /New-TimeSpan -Minutes (\d+)/.exec(scripts.get('steps/services.ps1')!)![1];
  expect(Number(limit) * 60).toBe(budget.budgetSeconds);
});
