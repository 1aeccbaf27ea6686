import { acknowledgementFor, reviewsFile } from '../acknowledgement';
import type { Report } from '../report';
import { blockingResources, openFindings, otherFindings } from './blocking';
import { changeLines } from './markdown/changes';
import { fenced, htmlCode } from './markdown/escape';
import { sizeOf } from './markdown/fill';
import { findingLines, foldedFindings, reachLines } from './markdown/findings';
import { head } from './markdown/head';
import { costLines, noteLines, orderLines } from './markdown/tail';

/** What a comment at GitHub may have; more is refused. GitLab takes 1,000,000. */
export const mostMarkdown = 65_536;

/** Bytes for what is said beside decisions and changes, at most. */
const rooms = { acknowledgement: 8000, known: 9000, reach: 4000, cost: 4000, order: 6000, notes: 2000 };
/** Of what is left, decisions may take this part; changes get the rest. */
const partOfDecisions = 0.5;

/** A comment for a pull request. It holds what matters however much changes, and counts the rest. */
export function renderMarkdown(report: Report): string {
  const top = head(report);
  const acknowledgement = acknowledgementLines(report);
  const others = otherFindings(report);
  const silent = others.filter(({ rule }) => rule !== 'everywhere');
  const known = foldedFindings('To be known', silent, rooms.known);
  const tail = [
    ...reachLines(others, rooms.reach),
    ...costLines(report, rooms.cost),
    ...orderLines(report, rooms.order),
    ...noteLines(report, rooms.notes),
  ];
  const fixed = [top, acknowledgement, known, tail].map((lines) => lines.join('\n'));
  const left = mostMarkdown - sizeOf(fixed.join('\n\n')) - 100;
  const decisions = decisionLines(report, Math.floor(left * partOfDecisions));
  const changes = changeLines(report.changes, left - sizeOf(decisions.join('\n')));
  return `${[...top, ...decisions, ...acknowledgement, ...changes, ...known, ...tail].join('\n').trimEnd()}\n`;
}

function decisionLines(report: Report, budget: number): string[] {
  const open = openFindings(report);
  if (open.length === 0) return [];
  const title = `### To be decided: ${open.length}`;
  return [title, '', ...findingLines(open, budget - sizeOf(title) - 4), ''];
}

/** Ready for the file; a change that names too many resources for a comment is acknowledged from the page. */
function acknowledgementLines(report: Report): string[] {
  const resources = blockingResources(report);
  if (report.topology === undefined || resources.length === 0) return [];
  const summary = `<details><summary>If all of it is meant: put this into ${htmlCode(reviewsFile(report.topology))} of the change</summary>`;
  const block = fenced('yaml', acknowledgementFor(report, resources));
  const fits = sizeOf(block) + sizeOf(summary) < rooms.acknowledgement - 100;
  const text = fits
    ? block
    : `It names ${resources.length} resources, too many for a comment: \`review.html\` has the block.`;
  return [summary, '', text, '', '</details>', ''];
}
