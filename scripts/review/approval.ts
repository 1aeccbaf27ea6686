import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { type Problem, refuse } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { readStack } from './engine/stack-files';
import { fingerprintOf } from './fingerprint';
import { parsePlan } from './plan/plan-file';
import { type Fingerprint, type Report, ReportSchema } from './report';

/** What may be deployed: a change that was reviewed, and nothing else. */
export interface Approval {
  /**
   * Why a plan is not what was reviewed; undefined where it is, or a part of it, as when an earlier run has done the rest.
   * @param plan what `terraform show -json` prints of it
   */
  refusalOf(stack: string, plan: string): string | undefined;
}

const isReport = new Ajv().compile<Report>(ReportSchema);
const howToMake = 'Review again: `watari review BASE HEAD -o FOLDER`, and give its review.json.';

/**
 * Reads a review for `watari deploy --reviewed`.
 * @param folder the synthesised stacks that are about to be deployed
 * @throws ProblemsError where it is no review, of another topology or of other configurations, or was not acknowledged
 */
export function readApproval(
  given: string,
  expected: { readonly topology: string; readonly folder: string },
  context: Pick<CliContext, 'cwd'>,
): Approval {
  const report = readReport(resolve(context.cwd, given), given);
  const fingerprint = fingerprintIn(report, given);
  refuse([...otherTopology(report, expected.topology, given), ...undecided(report, given)]);
  refuse(otherConfigurations(fingerprint, expected.folder, given));
  return { refusalOf: (stack, plan) => refusalOf(fingerprint, expected.folder, stack, plan) };
}

function readReport(path: string, given: string): Report {
  const fail = (message: string): never => {
    refuse([{ path: given, message, fix: howToMake }]);
    throw new Error('unreachable');
  };
  if (!existsSync(path)) return fail('there is no such file');
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isReport(value) ? value : fail('is no review of this version of Watari');
  } catch (error) {
    if (error instanceof SyntaxError) return fail('is no JSON');
    throw error;
  }
}

function fingerprintIn({ fingerprint, source }: Report, given: string): Fingerprint {
  if (fingerprint && source === 'revisions') return fingerprint;
  refuse([
    { path: given, message: 'is a review of plans of files: it does not say what may be deployed', fix: howToMake },
  ]);
  throw new Error('unreachable');
}

const otherTopology = ({ topology = '' }: Report, expected: string, given: string): Problem[] =>
  topology === expected
    ? []
    : [{ path: given, message: 'is a review of another topology', value: topology, bound: expected, fix: howToMake }];

/** Silence is no consent. */
function undecided({ findings, topology = '' }: Report, given: string): Problem[] {
  const open = findings.filter(
    ({ rule, decision, acknowledged }) => (rule === 'fuse' || rule === 'whole-site') && decision && !acknowledged,
  );
  const fix = `Acknowledge it in reviews/${topology}.yaml as the review shows, and review again.`;
  return open.map(({ title }) => ({
    path: given,
    message: `needs an acknowledgement that it does not have: ${title}`,
    fix,
  }));
}

function otherConfigurations({ stacks }: Fingerprint, folder: string, given: string): Problem[] {
  const other = Object.entries(stacks).filter(([id, { configuration }]) => {
    const path = join(folder, 'stacks', id);
    return !existsSync(path) || readStack(id, path).hash !== configuration;
  });
  return other.map(([id]) => ({
    path: given,
    message: `is a review of another configuration of ${id} than the one that would be deployed`,
    fix: `Deploy the revision that was reviewed. ${howToMake}`,
  }));
}

function refusalOf({ stacks }: Fingerprint, folder: string, stack: string, text: string): string | undefined {
  const plan = parsePlan(text, stack);
  const actual = fingerprintOf(readStack(stack, join(folder, 'stacks', stack)).hash, plan.resource_changes ?? []);
  const reviewed = stacks[stack]?.changes ?? {};
  const other = Object.entries(actual.changes).filter(([address, change]) => reviewed[address] !== change);
  if (other.length === 0) return undefined;
  const lines = other.map(([address]) => {
    const actions = plan.resource_changes?.find((one) => one.address === address)?.change.actions.join(', then ');
    return `  ${address}: ${actions}${reviewed[address] === undefined ? ', which was not reviewed' : ', which was reviewed otherwise'}`;
  });
  return `The plan is not the one that was reviewed:\n${lines.join('\n')}\nNothing of this stack was applied. The real cloud differs from what the review started from: look, then review again.`;
}
