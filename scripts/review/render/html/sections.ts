import { costTable, unknownByReason } from '../../../cost/table';
import { text } from '../../../map/xml';
import { acknowledgementFor, reviewsFile } from '../../acknowledgement';
import { countsText } from '../../findings/reach';
import { type Finding, type Report, riskClasses } from '../../report';
import { blockingResources, openFindings, otherFindings } from '../blocking';
import { sideText } from '../terminal';
import { riskWords, verdictText } from '../words';
import { tag } from './tag';

export function heading(report: Report): string {
  const { title, verdict, base, head, fingerprint, risks } = report;
  const sides = base && head ? [`base ${sideText(base)}`, `head ${sideText(head)}`] : [];
  const about = [...sides, ...(fingerprint ? [`change ${fingerprint.change}`] : [])].join(' · ');
  const rows = riskClasses
    .filter((risk) => risks[risk])
    .map((risk) => [riskWords[risk].sign, riskWords[risk].text, String(risks[risk])]);
  return [
    tag('h1', {}, text(title)),
    tag('p', { class: `verdict ${verdict}` }, `${verdictText[verdict]}.`),
    tag('p', { class: 'quiet' }, text(about)),
    rows.length === 0 ? tag('p', {}, 'Nothing changes.') : table(['', 'What becomes of it', 'Changes'], rows),
  ].join('\n');
}

export function findingSections(report: Report): string {
  const resources = blockingResources(report);
  const block =
    report.topology === undefined || resources.length === 0
      ? ''
      : tag(
          'details',
          {},
          [
            tag(
              'summary',
              {},
              text(`If all of it is meant: put this into ${reviewsFile(report.topology)} of the change`),
            ),
            tag('pre', {}, text(acknowledgementFor(report, resources))),
          ].join(''),
        );
  return [list('To be decided', openFindings(report), 'open'), block, list('To be known', otherFindings(report))].join(
    '\n',
  );
}

function list(title: string, findings: readonly Finding[], kind = 'said'): string {
  if (findings.length === 0) return '';
  const items = findings.map((finding) => tag('li', { class: kind }, findingText(finding)));
  return `${tag('h2', {}, `${title}: ${findings.length}`)}${tag('ul', { class: 'findings' }, items.join('\n'))}`;
}

function findingText({ title, acknowledged, details, code }: Finding): string {
  const lines = details.map((detail) =>
    detail.includes('\n') ? tag('pre', {}, text(detail)) : `<div>${text(detail)}</div>`,
  );
  const strong = tag('strong', {}, text(title));
  return `${strong}${acknowledged ? ' (acknowledged)' : ''}${lines.join('')}${code ? tag('pre', {}, text(code.text)) : ''}`;
}

export function costSection({ cost }: Report): string {
  if (!cost) return '';
  const { first, columns, rows } = costTable(cost as Parameters<typeof costTable>[0]);
  const title = tag('h2', {}, 'Cost a month, by list prices');
  const reasons = unknownByReason(cost.unknown).map(({ why, addresses }) =>
    tag('details', {}, `${tag('summary', {}, text(`${addresses.length}: ${why}`))}${text(addresses.join(', '))}`),
  );
  return `${title}${tag('p', {}, text(first))}${reasons.join('\n')}${rows.length === 0 ? '' : table(columns, rows)}`;
}

export function orderSection({ order, stacks }: Report): string {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const rows = order.map((id, index) => {
    const stack = byId.get(id);
    return [String(index + 1), id, stack?.sites.join(', ') ?? '', countsText(stack?.counts ?? {})];
  });
  const title = tag('h2', {}, 'Order of the applies');
  return rows.length === 0 ? '' : `${title}${table(['', 'Stack', 'Sites', 'What'], rows)}`;
}

export function noteSection({ notes }: Report): string {
  const items = notes.map((note) => tag('li', {}, text(note))).join('');
  return notes.length === 0 ? '' : `${tag('h2', {}, 'What this review cannot see')}<ul>${items}</ul>`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (name: string, row: readonly string[], more = {}): string =>
    `<tr>${row.map((one) => tag(name, more, text(one))).join('')}</tr>`;
  const body = rows.map((row) => cells('td', row)).join('\n');
  return `<table><thead>${cells('th', columns, { scope: 'col' })}</thead><tbody>${body}</tbody></table>`;
}
