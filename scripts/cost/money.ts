import type { Currency, Range } from '../../constructs/contract/pricing';

/** Amounts of a month by currency. Nothing is converted, so nothing is added across currencies. */
export type Money = Readonly<Partial<Record<Currency, Range>>>;

export const nothing: Money = {};

/** Digits behind the point that people read. */
const digits: Readonly<Record<Currency, number>> = { JPY: 0, USD: 2 };

export function add(one: Money, other: Money): Money {
  const sums = currenciesOf(one, other).map((currency) => {
    const [a, b] = [amountOf(one, currency), amountOf(other, currency)];
    return [currency, { min: a.min + b.min, max: a.max + b.max }] as const;
  });
  return Object.fromEntries(sums);
}

export const sum = (all: readonly Money[]): Money => all.reduce(add, nothing);

/** Zero where there is nothing in it. */
export const amountOf = (money: Money, currency: Currency): Range => money[currency] ?? { min: 0, max: 0 };

/** Every currency of any of them, in the order of the alphabet. */
export const currenciesOf = (...all: readonly Money[]): Currency[] =>
  [...new Set(all.flatMap((money) => Object.keys(money) as Currency[]))].sort();

/** To what a bill shows: sums of hourly prices have a long tail. */
export function rounded(value: number, currency: Currency): number {
  const factor = 10 ** digits[currency];
  return Math.round(value * factor) / factor;
}

/** `1,234.50`, the same on every machine. */
export function amountText(value: number, currency: Currency): string {
  const [whole = '', part] = Math.abs(value).toFixed(digits[currency]).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${rounded(value, currency) < 0 ? '-' : ''}${grouped}${part === undefined ? '' : `.${part}`}`;
}
