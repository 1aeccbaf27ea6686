import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Problem, refuse } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { homeFolder } from '../cli/home';
import { onInterrupt } from '../cli/interrupt';
import { note, print } from '../cli/output';
import { isRunning } from '../deploy/processes';
import type { ReviewOptions } from './command';
import { pictureOf } from './picture';
import { renderers, renderTo } from './render/renderers';
import type { Report } from './report';
import { readReport } from './report-file';
import { reviewPlans } from './review-plans';
import { type ReviewedChange, reviewRevisions } from './review-revisions';

export interface Revisions {
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/** Reviews a change, or plans that somebody else made. */
export async function review(revisions: Revisions, options: ReviewOptions, context: CliContext): Promise<ExitCode> {
  const { report, platform } = await reviewed(revisions, options, context);
  const format = options.json ? 'json' : options.format;
  const isShown = options.output !== undefined || format === 'html';
  const picture = platform && isShown ? await pictureOf(report, platform) : undefined;
  if (options.output !== undefined) writeAll(report, resolve(context.cwd, options.output), picture, context);
  if (options.output === undefined || format !== 'terminal')
    print(context, renderTo(format, report, context, picture).trimEnd());
  return report.verdict === 'fine' ? ExitCode.done : ExitCode.no;
}

async function reviewed(revisions: Revisions, options: ReviewOptions, context: CliContext): Promise<ReviewedChange> {
  checkSources(revisions, options);
  if (options.from !== undefined) return { report: readReport(options.from, options.commit, context) };
  if (options.plan) return { report: await reviewPlans(options.plan, context) };
  const folder = join(homeFolder(context), 'review');
  mkdirSync(folder, { recursive: true });
  sweep(folder);
  const work = mkdtempSync(join(folder, `work-${process.pid}-`));
  const controller = new AbortController();
  const stop = onInterrupt(controller, 'what runs is being ended; nothing of the review is kept', (text) =>
    note(context, text),
  );
  try {
    return await reviewRevisions({ ...revisions, ...options, work, signal: controller.signal }, context);
  } finally {
    stop();
    // States and plans hold what a provider may call secret.
    rmSync(work, { recursive: true, force: true });
  }
}

/** What a review that was killed has left: states hold what is secret. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^work-(\d+)-/.exec(name)?.[1];
    const isLeft = pid !== undefined && Number(pid) !== process.pid && !isRunning({ pid: Number(pid) });
    if (isLeft) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Only one of these can be what is reviewed. */
function checkSources({ base, head }: Revisions, { plan, from, commit }: ReviewOptions): void {
  const given = base ?? head;
  const path = 'watari review';
  const problems: Problem[] = [];
  if (plan && given !== undefined) {
    const fix = 'Leave the revisions away, or `--plan`. File names belong behind `--plan`.';
    problems.push({ path, message: 'takes revisions or plans, not both', value: given, fix });
  }
  if (from !== undefined && (plan ?? given) !== undefined) {
    const fix = 'Leave `--from` away, or the others.';
    problems.push({ path, message: 'takes a report, revisions or plans, only one of them', value: plan ?? given, fix });
  }
  if (commit !== undefined && from === undefined) {
    const fix = 'Give the report with `--from`, or name the head as the second revision.';
    problems.push({ path: '--commit', message: 'says of which head a report has to be', value: commit, fix });
  }
  refuse(problems);
}

function writeAll(report: Report, folder: string, picture: string | undefined, context: CliContext): void {
  mkdirSync(folder, { recursive: true });
  for (const { file, render } of Object.values(renderers)) {
    if (file !== undefined) writeFileSync(join(folder, file), render(report, context, picture));
  }
  if (picture !== undefined) writeFileSync(join(folder, 'review.svg'), picture);
  note(context, `Written to ${folder}: the verdict is "${report.verdict}".`);
}
