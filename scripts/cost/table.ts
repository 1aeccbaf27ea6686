import type { Currency } from '../../constructs/contract/pricing';
import { groupBy } from '../../constructs/util/group';
import type { Unknown } from './cost';
import type { CostDelta, CostRow } from './delta';
import { amountText, rounded } from './money';

/** Cells of a table, for whoever draws it: Markdown, a terminal, a page. */
export interface CostTable {
  /** What is not known, to be printed first. */
  readonly first: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function costTable(delta: CostDelta): CostTable {
  return {
    first: unknownSentence(delta),
    columns: ['site', 'currency', 'a month before', 'a month after', 'change'],
    rows: delta.rows.map(cells),
  };
}

/** Rounded away from "none" and "all": 1 % is said of the smallest part, 99 % of all but one. */
export function unknownSentence({ unknownShare, unknown }: Pick<CostDelta, 'unknownShare' | 'unknown'>): string {
  if (unknown.length === 0) return 'Every price is known.';
  const percent = Math.round(unknownShare * 100);
  const shown = unknownShare === 1 ? 100 : Math.min(99, Math.max(1, percent));
  return `Unknown in whole or in part: ${unknown.length} of the things that are paid for (${shown} %).`;
}

/** One reason often holds for many: the most frequent first, each with those that it is about. */
export function unknownByReason(unknown: readonly Unknown[]): { why: string; addresses: string[] }[] {
  return [...groupBy(unknown, ({ why }) => why)]
    .map(([why, same]) => ({ why, addresses: same.map(({ address }) => address) }))
    .sort((one, other) => other.addresses.length - one.addresses.length);
}

const cells = ({ site, currency, before, after }: CostRow): string[] => [
  site,
  currency,
  rangeText(before, currency),
  rangeText(after, currency),
  changeText(before, after, currency),
];

const rangeText = ([min, max]: readonly [number, number], currency: Currency): string =>
  min === max ? amountText(min, currency) : `${amountText(min, currency)} to ${amountText(max, currency)}`;

function changeText(before: readonly [number, number], after: readonly [number, number], currency: Currency): string {
  const [min, max] = [0, 1].map((end) => rounded((after[end] ?? 0) - (before[end] ?? 0), currency)) as [number, number];
  if (min === 0 && max === 0) return 'none';
  return min === max ? signed(min, currency) : `${signed(min, currency)} to ${signed(max, currency)}`;
}

const signed = (value: number, currency: Currency): string =>
  `${rounded(value, currency) > 0 ? '+' : ''}${amountText(value, currency)}`;
