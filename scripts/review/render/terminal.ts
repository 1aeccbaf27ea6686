import type { CliContext, Colours } from '../../cli/context';
import { costTable } from '../../cost/table';
import { renderTable, widthOf } from '../../cli/table';
import { countsText } from '../findings/reach';
import { type Finding, type Report, type ResourceChange, type RiskClass, riskClasses } from '../report';
import { openFindings, otherFindings } from './blocking';
import { attributeText, forcing, placeText, riskWords, verdictText } from './words';

/** Changes of one class that a terminal shows one by one; of such that take nothing away, a few. */
const shownChanges = 12;
const shownHarmless = 3;
const harmless = new Set<RiskClass>(['created', 'no-effect']);
const shownAttributes = 4;

/** What fits on one or two screens: the rest is counted, and is in the files that `--output` writes. */
export function renderTerminal(report: Report, { colours, stdout }: CliContext): string {
  const open = openFindings(report);
  const said = otherFindings(report);
  return [
    heading(report, colours),
    ...(open.length > 0
      ? ['', colours.bold('To be decided'), ...open.flatMap((one) => findingLines(one, colours))]
      : []),
    ...riskClasses.flatMap((risk) => classLines(report, risk, colours)),
    ...(said.length > 0 ? ['', colours.bold('To be known'), ...said.flatMap((one) => findingLines(one, colours))] : []),
    ...stackLines(report, colours),
    ...costLines(report, colours, widthOf(stdout)),
    '',
    ...report.notes.map((text) => colours.dim(text)),
    '',
  ].join('\n');
}

function heading({ title, verdict, base, head, risks, fingerprint }: Report, colours: Colours): string {
  const sides = base && head ? `${sideText(base)} → ${sideText(head)}` : '';
  const counts = Object.entries(risks).map(([risk, count]) => `${count} ${riskWords[risk as RiskClass].text}`);
  const paint = verdict === 'fine' ? colours.green : colours.red;
  return [
    `${colours.bold(title)}  ${sides}`,
    `${paint(verdictText[verdict])}. ${counts.join(', ') || 'Nothing changes'}.`,
    ...(fingerprint ? [colours.dim(`Change ${fingerprint.change}.`)] : []),
  ].join('\n');
}

export const sideText = ({ revision, commit }: { readonly revision: string; readonly commit?: string }): string =>
  commit === undefined
    ? revision
    : commit.startsWith(revision)
      ? commit.slice(0, 12)
      : `${revision} (${commit.slice(0, 12)})`;

function findingLines({ title, details, code, acknowledged }: Finding, colours: Colours): string[] {
  const text = acknowledged ? `${title} (acknowledged)` : title;
  return [
    `  ${colours.bold('•')} ${text}`,
    ...details.flatMap((detail) => detail.split('\n').map((line) => `      ${line}`)),
    ...(code ? code.text.split('\n').map((line) => colours.cyan(`      ${line}`)) : []),
  ];
}

function classLines({ changes }: Report, risk: RiskClass, colours: Colours): string[] {
  const own = changes.filter((change) => change.risk === risk);
  if (own.length === 0) return [];
  const { sign, text } = riskWords[risk];
  const most = harmless.has(risk) ? shownHarmless : shownChanges;
  const rest = own.length - most;
  return [
    '',
    colours.bold(`${sign} ${text}: ${own.length}`),
    ...own.slice(0, most).flatMap((change) => changeLines(change, colours)),
    ...(rest > 0 ? [`    ... and ${rest} more`] : []),
  ];
}

function changeLines(change: ResourceChange, colours: Colours): string[] {
  const reasons = forcing(change);
  const shown = reasons.length > 0 ? reasons : change.attributes;
  const rest = shown.length - shownAttributes;
  return [
    `    ${change.stack}/${change.address}  ${colours.dim(placeText(change.place))}`,
    ...(change.risk === 'created' ? [] : [`        ${change.why}`]),
    ...shown
      .slice(0, shownAttributes)
      .map((attribute) => `        ${attributeText(attribute)}${attribute.forces ? colours.red('  forces it') : ''}`),
    ...(rest > 0 ? [`        ... and ${rest} more attributes`] : []),
  ];
}

function stackLines({ stacks, order }: Report, colours: Colours): string[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const untouched = stacks.filter(({ outcome }) => outcome === 'untouched').length;
  const still = stacks.filter(({ outcome }) => outcome === 'unchanged').length;
  return [
    '',
    colours.bold('Order of the applies'),
    ...order.map((id, index) => `  ${index + 1}. ${id}: ${countsText(byId.get(id)?.counts ?? {})}`),
    `  ${still} planned without a change, ${untouched} not touched.`,
  ];
}

function costLines({ cost }: Report, colours: Colours, width: number | undefined): string[] {
  if (!cost) return [];
  const { first, columns, rows } = costTable(cost as Parameters<typeof costTable>[0]);
  const table = rows.length === 0 ? [] : [renderTable(columns, rows, width)];
  return ['', colours.bold('Cost by list prices, of the stacks that were planned'), `  ${first}`, ...table];
}
