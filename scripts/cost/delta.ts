import type { Currency } from '../../constructs/contract/pricing';
import { type Cost, type Unknown, unknownOf } from './cost';
import { type Money, amountOf, currenciesOf, rounded } from './money';

/** Costs of a month before and after a change, each as least and most. */
export interface CostRow {
  /** Site, `link <id>`, `global`, or `all` for the sum. */
  readonly site: string;
  readonly currency: Currency;
  readonly before: [number, number];
  readonly after: [number, number];
}

export interface CostDelta {
  /** Part of what is paid for, before or after, of which something is unknown: 0 to 1. Said first, wherever this is shown. */
  readonly unknownShare: number;
  /** Where, before or after. */
  readonly unknown: Unknown[];
  /** The sum last; a row for each currency, none for what has no known cost. */
  readonly rows: CostRow[];
}

/**
 * What a change costs. Give both sides the same stacks, those that do not change among them: what is missing on one side
 * counts as nothing there.
 */
export function costDelta(before: Cost, after: Cost): CostDelta {
  const lines = new Map([...before.lines, ...after.lines].map((line) => [line.address, line]));
  // What was unknown stays unknown where it is known now: the difference is.
  const unknown = new Map(unknownOf([...before.lines, ...after.lines]).map((one) => [one.address, one]));
  const groups = [...new Set([...Object.keys(before.groups), ...Object.keys(after.groups)])].sort();
  return {
    unknownShare: lines.size === 0 ? 0 : unknown.size / lines.size,
    unknown: [...unknown.values()],
    rows: [
      ...groups.flatMap((group) => rowsOf(group, before.groups[group], after.groups[group])),
      ...rowsOf('all', before.total, after.total),
    ],
  };
}

function rowsOf(site: string, before: Money = {}, after: Money = {}): CostRow[] {
  return currenciesOf(before, after).map((currency) => ({
    site,
    currency,
    before: pair(before, currency),
    after: pair(after, currency),
  }));
}

function pair(money: Money, currency: Currency): [number, number] {
  const { min, max } = amountOf(money, currency);
  return [rounded(min, currency), rounded(max, currency)];
}

export const isChanged = ({ before, after }: CostRow): boolean => before.some((amount, end) => amount !== after[end]);
