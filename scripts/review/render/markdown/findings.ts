import type { Finding } from '../../report';
import { fenced, html, prose } from './escape';
import { type Item, fill, sizeOf } from './fill';

/** Details of one finding that are read at once. */
const shownDetails = 12;
/** A block that is longer is not copied from a comment: the page and the JSON have it. */
const mostCode = 4000;
const codeInShort = 600;

/** What has to be decided, or known; the rest is counted. */
export function findingLines(findings: readonly Finding[], budget: number): string[] {
  const more = (count: number): string => `- … and ${count} more, in the page and the JSON of this review`;
  const shown = fill(findings.map(itemOf), budget - sizeOf(more(findings.length)) - 1);
  return shown.length === findings.length ? shown : [...shown, more(findings.length - shown.length)];
}

/** How far a change reaches, for each site: nobody should have to unfold that. */
export function reachLines(findings: readonly Finding[], budget: number): string[] {
  const reach = findings.filter(({ rule }) => rule === 'everywhere');
  return reach.length === 0 ? [] : ['### Where', '', ...findingLines(reach, budget - 14), ''];
}

/** Findings, folded. */
export function foldedFindings(title: string, findings: readonly Finding[], budget: number): string[] {
  if (findings.length === 0) return [];
  const frame = [`<details><summary>${html(title)}: ${findings.length}</summary>`, '', '', '</details>', ''];
  const lines = findingLines(findings, budget - sizeOf(frame.join('\n')) - 1);
  return [...frame.slice(0, 2), ...lines, ...frame.slice(2)];
}

const itemOf = (finding: Finding): Item => ({
  short: () => [titleOf(finding), ...codeOf(finding, codeInShort)].join('\n'),
  full: () => [titleOf(finding), ...detailsOf(finding), ...codeOf(finding, mostCode)].join('\n'),
});

const titleOf = ({ title, acknowledged, decision }: Finding): string =>
  `- ${decision ? `**${prose(title)}**` : prose(title)}${acknowledged ? ' (acknowledged)' : ''}`;

/** A message of Terraform keeps its lines; a sentence is one. */
function detailsOf({ details }: Finding): string[] {
  const rest = details.length - shownDetails;
  return [
    ...details
      .slice(0, shownDetails)
      .map((detail) => (detail.includes('\n') ? messageOf(detail) : `  - ${prose(detail, 600)}`)),
    ...(rest > 0 ? [`  - … and ${rest} more`] : []),
  ];
}

const messageOf = (text: string): string => `\n${fenced('text', text.slice(0, mostCode), '  ')}`;

function codeOf({ code }: Finding, most: number): string[] {
  if (!code) return [];
  const text = `\n${fenced(code.language, code.text, '  ')}`;
  return sizeOf(text) > most ? [] : [text];
}
