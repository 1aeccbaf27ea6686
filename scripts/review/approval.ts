import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, refuse } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { acknowledge, readReviews, reviewsFile } from './acknowledgement';
import { isOpenFinding } from './build-report';
import { readStack } from './engine/stack-files';
import { fingerprintOf, isCovered, joinFingerprints } from './fingerprint';
import { subjectsOf } from './analysis/subject';
import { foreignStack } from './plan/foreign-stack';
import { type PlanFile, parsePlan } from './plan/plan-file';
import type { Fingerprint, Report } from './report';
import { readReport } from './report-file';

/** What may be deployed: a change that was reviewed, and nothing else. */
export interface Approval {
  /**
   * Why a plan is not what was reviewed; undefined where it is, or a part of it, as when an earlier run has done the rest.
   * @param plan what `terraform show -json` prints of it
   */
  refusalOf(stack: string, plan: string): string | undefined;
}

const howToMake = 'Review again: `watari review BASE HEAD -o FOLDER`, and give its review.json.';

/**
 * Reads a review for `watari deploy --reviewed`.
 * @param folder the synthesised stacks that are about to be deployed
 * @throws ProblemsError where it is no review, of another topology or of other configurations, or was not acknowledged
 */
export function readApproval(
  given: string,
  expected: { readonly topology: string; readonly folder: string },
  context: CliContext,
): Approval {
  const report = readReport(given, undefined, context);
  const fingerprint = fingerprintIn(report, given);
  refuse(otherTopology(report, expected.topology, given));
  refuse([...otherChanges(report, fingerprint, given), ...undecided(report, given, context)]);
  refuse(otherConfigurations(fingerprint, expected.folder, given));
  const file = join(context.root, reviewsFile(expected.topology));
  const valid = (readReviews(file).acknowledged ?? []).filter(({ change }) => change === fingerprint.change);
  const acknowledged = new Set(valid.flatMap(({ resources }) => resources));
  return {
    refusalOf: (stack, text) => {
      const plan = parsePlan(text, stack);
      return refusalOf(fingerprint, expected.folder, stack, plan) ?? lossIn(plan, stack, acknowledged);
    },
  };
}

function fingerprintIn({ fingerprint, source }: Report, given: string): Fingerprint {
  if (fingerprint && source === 'revisions') {
    if (joinFingerprints(fingerprint.stacks).change === fingerprint.change) return fingerprint;
    refuse([
      { path: given, message: 'is at odds with itself: its fingerprint is not that of its stacks', fix: howToMake },
    ]);
  }
  refuse([
    { path: given, message: 'is a review of plans of files: it does not say what may be deployed', fix: howToMake },
  ]);
  throw new Error('unreachable');
}

const otherTopology = ({ topology = '' }: Report, expected: string, given: string): Problem[] =>
  topology === expected
    ? []
    : [{ path: given, message: 'is a review of another topology', value: topology, bound: expected, fix: howToMake }];

/** What may be applied has to be what people were shown. */
function otherChanges({ changes }: Report, { stacks }: Fingerprint, given: string): Problem[] {
  const shown = new Set(changes.map(({ stack, address }) => `${stack}/${address}`));
  const approved = Object.entries(stacks).flatMap(([stack, { changes: own }]) =>
    Object.keys(own).map((address) => `${stack}/${address.replace(/ \(deposed\)$/, '')}`),
  );
  const hidden = approved.filter((id) => !shown.has(id));
  const message = 'is at odds with itself: it would allow what it does not show';
  return hidden.length === 0 ? [] : [{ path: given, message, value: hidden[0], fix: howToMake }];
}

/** Silence is no consent, and what the report says of acknowledgements is not believed: the checkout has them. */
function undecided({ findings, fingerprint, topology = '' }: Report, given: string, { root }: CliContext): Problem[] {
  const file = reviewsFile(topology);
  const fuses = findings.filter(({ rule }) => rule === 'fuse' || rule === 'whole-site');
  const plain = fuses.map(({ acknowledged: _, ...finding }) => finding);
  const judged = acknowledge(plain, readReviews(join(root, file)).acknowledged ?? [], fingerprint?.change ?? '');
  const open = judged.findings.filter((finding) => finding.rule !== 'acknowledgement' && isOpenFinding(finding));
  const fix = `Acknowledge it in ${file} as the review shows, and review again.`;
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

/** Whatever the report says: what holds data goes by name only. */
function lossIn(plan: PlanFile, stack: string, acknowledged: ReadonlySet<string>): string | undefined {
  const losses = subjectsOf(plan, { stack: foreignStack(stack) }).filter(
    ({ reviewed, action, address }) =>
      reviewed.stateful && (action === 'delete' || action === 'replace') && !acknowledged.has(`${stack}/${address}`),
  );
  if (losses.length === 0) return undefined;
  return `It holds data and nobody has acknowledged its loss: ${losses.map(({ address }) => address).join(', ')}.`;
}

function refusalOf({ stacks }: Fingerprint, folder: string, stack: string, plan: PlanFile): string | undefined {
  const actual = fingerprintOf(readStack(stack, join(folder, 'stacks', stack)).hash, plan);
  const reviewed = stacks[stack]?.changes ?? {};
  const other = Object.entries(actual.changes).filter(([address, change]) => !isCovered(change, reviewed[address]));
  if (other.length === 0) return undefined;
  const lines = other.map(([address, { does, attributes }]) => {
    const what = [does, attributes.join(', ')].filter(Boolean).join(' of ');
    return `  ${address}: ${what}, which was ${reviewed[address] === undefined ? 'not reviewed' : 'reviewed otherwise'}`;
  });
  return `The plan is not the one that was reviewed:\n${lines.join('\n')}\nNothing of this stack was applied. The real cloud differs from what the review started from: look, then review again.`;
}
