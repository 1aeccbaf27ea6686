import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Problem, ProblemsError, refuse } from '../../constructs/contract/problem';
import { stableHash } from '../../constructs/util/hash';
import type { CliContext } from '../cli/context';
import { type StackPlan, readStackPlan } from './analysis/stack-plan';
import { buildReport } from './build-report';
import { type StackPlanned, changesSomething } from './engine/engine';
import { defaultFuse } from './findings/fuse';
import { foreignStack } from './plan/foreign-stack';
import { type PlanFile, mostPlanBytes, parsePlan } from './plan/plan-file';
import type { Report } from './report';

const blindSpots = [
  'Only these plans were read: who else depends on what they change is not known.',
  'Places in a topology, halves of a pair and capacities are known of changes of this repository alone: `watari review`.',
];

/** Reviews plans that somebody else made, from any Terraform or OpenTofu. */
export function reviewPlans(files: readonly string[], context: CliContext): Promise<Report> {
  return reviewParsedPlans(readAll(files, context));
}

export interface NamedPlan {
  /** Stands for the stack. */
  readonly name: string;
  readonly plan: PlanFile;
}

/** The same of plans that are read already. */
export async function reviewParsedPlans(plans: readonly NamedPlan[]): Promise<Report> {
  const stacks: StackPlanned<StackPlan>[] = [];
  for (const { name, plan } of plans) stacks.push(await planned(name, plan));
  return buildReport({
    title: `Review of ${plans.length === 1 ? 'a plan' : `${plans.length} plans`}`,
    source: 'plans',
    stacks,
    acknowledgements: [],
    fuse: defaultFuse,
    notes: blindSpots,
  });
}

function readAll(files: readonly string[], context: CliContext): NamedPlan[] {
  const problems: Problem[] = [];
  const plans = files.flatMap((file) => {
    try {
      return [{ name: file, plan: readOne(resolve(context.cwd, file), file) }];
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  refuse(problems);
  return plans.map(({ name, plan }) => ({ name: shortName(name, files), plan }));
}

function readOne(path: string, given: string): PlanFile {
  const fix = 'Give the output of `terraform show -json FILE`.';
  if (!existsSync(path)) refuse([{ path: given, message: 'there is no such file', fix }]);
  const { size, isFile } = { size: statSync(path).size, isFile: statSync(path).isFile() };
  if (!isFile) refuse([{ path: given, message: 'is no file', fix }]);
  if (size > mostPlanBytes)
    refuse([
      { path: given, message: 'is too large for a plan', value: `${size} bytes`, bound: `${mostPlanBytes} bytes`, fix },
    ]);
  return parsePlan(readFileSync(path, 'utf8'), given);
}

/** `live.json` is `live`; where two files share a name, as much of the path as tells them apart. */
function shortName(file: string, all: readonly string[]): string {
  const short = basename(file).replace(/\.json$/, '');
  return all.filter((other) => basename(other).replace(/\.json$/, '') === short).length > 1 ? file : short;
}

async function planned(name: string, plan: PlanFile): Promise<StackPlanned<StackPlan>> {
  const stack = foreignStack(name);
  const configuration = stableHash(JSON.stringify(plan.configuration ?? null), 32);
  const result = await readStackPlan(plan, { stack }, configuration);
  const error = plan.errored ? { error: 'Terraform could not finish this plan: it is not whole.' } : {};
  return { id: name, stack, outcome: changesSomething(plan) ? 'changes' : 'unchanged', result, ...error };
}
