import Ajv from 'ajv';
import fc from 'fast-check';
import { parsePlan } from '../../../scripts/review/plan/plan-file';
import { mostMarkdown } from '../../../scripts/review/render/markdown';
import { renderers } from '../../../scripts/review/render/renderers';
import { ReportSchema } from '../../../scripts/review/report';
import { reviewParsedPlans } from '../../../scripts/review/review-plans';
import { recordedContext } from '../../support/cli';
import { type RandomPlan, largePlan, smallPlan } from './random-plans';
import { holds } from './values/planted';

const isReport = new Ajv().compile(ReportSchema);
const context = recordedContext();

async function checkAll({ plan, secrets }: RandomPlan): Promise<void> {
  const parsed = parsePlan(JSON.stringify(plan), 'plan.json');
  const report = await reviewParsedPlans([{ name: 'plan', plan: parsed }]);
  const texts = Object.entries(renderers).map(([name, { render }]) => [name, render(report, context)] as const);
  const { json = '', markdown = '', sarif = '' } = Object.fromEntries(texts);
  expect(isReport(JSON.parse(json)) || isReport.errors).toBe(true);
  expect(JSON.parse(sarif)).toMatchObject({ version: '2.1.0' });
  expect(Math.max(markdown.length, Buffer.byteLength(markdown))).toBeLessThanOrEqual(mostMarkdown);
  for (const [name, text] of texts)
    for (const secret of secrets) if (holds(text, secret)) throw new Error(`${name} shows the secret ${secret}`);
}

describe('the review of a random plan', () => {
  it('never fails, never shows a planted secret, and fits into a comment: 480 small ones', async () => {
    await fc.assert(fc.asyncProperty(smallPlan, checkAll), { numRuns: 480 });
  });

  it('nor do 20 with many or huge changes', async () => {
    await fc.assert(fc.asyncProperty(largePlan, checkAll), { numRuns: 20, endOnFailure: true });
  });
});
