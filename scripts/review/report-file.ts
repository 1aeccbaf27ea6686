import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import { ProblemsError, type Problem, refuse } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { isOpen, isOpenFinding } from './build-report';
import { type Report, ReportSchema, reportFormat, riskClasses } from './report';

/** A review of 20,000 changes is some 25 MB. */
export const mostReportBytes = 64 * 1024 * 1024;

const isReport = new Ajv({ allErrors: false }).compile<Report>(ReportSchema);
const fix = 'Make it with `watari review --json`, by a Watari of the same format, and hand it on as it is.';

/**
 * Reads a report that somebody else made, which may be an enemy: nothing of it is believed that can be checked.
 * @param commit that it has to be about
 * @throws ProblemsError for a file that is too large, of another form, of another commit, or at odds with itself
 */
export function readReport(file: string, commit: string | undefined, context: CliContext): Report {
  const report = parseReport(textOf(file, context), file);
  refuse([...contradictions(report, file), ...wrongCommit(report, commit, file)]);
  return report;
}

function textOf(file: string, { cwd }: CliContext): string {
  const path = resolve(cwd, file);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) throw refusal(file, 'there is no such file');
  const [value, bound] = [`${stats.size} bytes`, `${mostReportBytes} bytes`];
  if (stats.size > mostReportBytes)
    throw new ProblemsError([{ path: file, message: 'is too large for a report', value, bound, fix }]);
  return readFileSync(path, 'utf8');
}

function parseReport(text: string, file: string): Report {
  const value = parseJson(text, file);
  if (isReport(value)) return value;
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'string' && format !== reportFormat)
    throw new ProblemsError([
      { path: file, message: 'is of another format', value: format.slice(0, 40), bound: reportFormat, fix },
    ]);
  // Neither names nor values of the file: they are foreign.
  const keyword = isReport.errors?.[0]?.keyword ?? 'form';
  throw refusal(file, `is no report of a review: it breaks the schema (${keyword})`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(file, 'is no JSON');
  }
}

/** Counts and verdict have to follow from what is listed. */
function contradictions({ changes, risks, findings, verdict, stacks, order }: Report, file: string): Problem[] {
  const counts = riskClasses.map((risk) => [risk, changes.filter((change) => change.risk === risk).length] as const);
  const sameCounts =
    Object.keys(risks).every((risk) => (riskClasses as readonly string[]).includes(risk)) &&
    counts.every(([risk, count]) => (risks[risk] ?? 0) === count);
  const hasOpen = findings.some(isOpenFinding) || changes.some(isOpen);
  const ids = new Set(stacks.map(({ id }) => id));
  return [
    ...(sameCounts ? [] : ['its counts are not those of its changes']),
    ...(hasOpen !== (verdict === 'decide') ? ['its verdict is not that of its findings'] : []),
    ...(order.every((id) => ids.has(id)) ? [] : ['its order names stacks that it does not list']),
  ].map((message) => ({ path: file, message, fix }));
}

function wrongCommit({ head }: Report, commit: string | undefined, file: string): Problem[] {
  if (commit === undefined || head?.commit === commit) return [];
  const [message, value] = ['is not about this commit', head?.commit?.slice(0, 40) ?? 'none'];
  return [{ path: file, message, value, bound: commit, fix: 'Review that commit.' }];
}

const refusal = (path: string, message: string): ProblemsError => new ProblemsError([{ path, message, fix }]);
