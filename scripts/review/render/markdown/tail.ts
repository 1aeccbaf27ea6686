import { costTable, unknownByReason } from '../../../cost/table';
import { countsText } from '../../findings/reach';
import type { CostReview, Report, StackReview } from '../../report';
import { cell, code, html, prose } from './escape';
import { fill, fillLines, sizeOf } from './fill';

/** The unknown share first, then the sums; sites that stay the same are left out. */
export function costLines({ cost }: Report, budget: number): string[] {
  if (!cost) return [];
  const changed = cost.rows.filter(
    ({ site, before, after }) => site === 'all' || before.some((amount, end) => amount !== after[end]),
  );
  const table = costTable({ ...cost, rows: changed } as Parameters<typeof costTable>[0]);
  const row = (cells: readonly string[]): string => `| ${cells.map((one) => cell(prose(one, 60))).join(' | ')} |`;
  const intro = ['### Cost a month, by list prices', '', ...whatIsUnknown(cost, table.first), ''];
  if (table.rows.length === 0) return intro;
  const header = [...intro, row(table.columns), '|---|---|--:|--:|--:|'];
  const rows = table.rows.map(row).map((line) => ({ short: () => line, full: () => line }));
  const shown = fill(rows, budget - sizeOf(header.join('\n')) - 60);
  const rest = rows.length - shown.length;
  return [...header, ...shown, ...(rest > 0 ? ['', `… and ${rest} more rows`] : []), ''];
}

const shownReasons = 4;

/** One reason often holds for many. */
function whatIsUnknown({ unknown }: CostReview, first: string): string[] {
  const reasons = unknownByReason(unknown);
  const rest = reasons.length - shownReasons;
  return [
    prose(first),
    ...reasons.slice(0, shownReasons).map(({ why, addresses }) => `- ${addresses.length}: ${prose(why, 200)}`),
    ...(rest > 0 ? [`- … and ${rest} more reasons`] : []),
  ];
}

/** Stacks in the order in which they are applied, and where the change ends. */
export function orderLines({ stacks, order }: Report, budget: number): string[] {
  if (order.length === 0) return [];
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const lines = order.map((id, index) => `${index + 1}. ${code(id, 120)}${whereAndWhat(byId.get(id))}`);
  const still = (wanted: string): number => stacks.filter(({ outcome }) => outcome === wanted).length;
  const frame = [
    `<details><summary><b>Order of the applies: ${order.length} stacks</b></summary>`,
    '',
    '',
    `${still('unchanged')} planned without a change, ${still('untouched')} that the change cannot touch.`,
    '',
    '</details>',
    '',
  ];
  const shown = fillLines(lines, budget - sizeOf(frame.join('\n')) - 1, 'stacks');
  return [...frame.slice(0, 2), ...shown, ...frame.slice(2)];
}

function whereAndWhat(stack: StackReview | undefined): string {
  if (!stack) return '';
  const where = stack.sites.length > 0 ? ` — ${prose(stack.sites.join(', '), 120)}` : '';
  return `${where}: ${prose(countsText(stack.counts), 120)}`;
}

/** What nobody should take from it. */
export function noteLines({ notes }: Report, budget: number): string[] {
  if (notes.length === 0) return [];
  const frame = [`<details><summary>${html('What this review cannot see')}</summary>`, '', '', '</details>', ''];
  const lines = notes.map((text) => `- ${prose(text, 400)}`);
  return [...frame.slice(0, 2), ...fillLines(lines, budget - sizeOf(frame.join('\n')) - 1, 'notes'), ...frame.slice(2)];
}
