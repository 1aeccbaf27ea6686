import type { Provider } from '../../constructs/contract/adapter';
import type { KnownPrice, Price, PriceSheet, PriceUnit } from '../../constructs/contract/pricing';
import type { Problem } from '../../constructs/contract/problem';
import { groupBy } from '../../constructs/util/group';
import { PriceSheetSchema } from '../../constructs/util/price-schema';
import { describeErrors } from '../../stacks/topology/describe-errors';
import { compileSchema } from '../../stacks/topology/validator';

/** Hours of a month in everybody's price calculators: 365 days of 24 hours, by 12. */
const hoursOfMonth = 730;

/** How often a price is paid in a month by what never stops. */
const timesInMonth: Readonly<Record<PriceUnit, number>> = { hour: hoursOfMonth, month: 1, 'GiB-month': 1 };

export const monthlyAmount = ({ amount, unit }: KnownPrice): number => amount * timesInMonth[unit];

/** A price with an amount, or why there is none. */
export function priceOf(sheet: PriceSheet, id: string, place: string | undefined): KnownPrice | string {
  if (place === undefined) return `nobody says in which region it is, so ${id} has no price`;
  const price = sheet.prices.find((one) => one.id === id && one.place === place);
  if (!price) return `the sheet has no price of ${id} in ${place}`;
  return isKnown(price) ? price : `the price of ${id} in ${place} was not read: ${price.unknown}`;
}

export const isKnown = (price: Price): price is KnownPrice => 'amount' in price;

/** What is wrong with the sheets of all providers: a price without a source or a date is none. */
export function sheetProblems(providers: Readonly<Record<string, Pick<Provider, 'pricing'>>>): Problem[] {
  return Object.entries(providers).flatMap(([name, { pricing }]) =>
    problemsOf(pricing.sheet).map((problem) => ({
      ...problem,
      path: `constructs/providers/${name}/prices.json: ${problem.path}`,
    })),
  );
}

function problemsOf(sheet: PriceSheet): Problem[] {
  const check = compileSchema(PriceSheetSchema);
  if (!check(sheet)) return describeErrors(check.errors ?? []);
  return [...groupBy(sheet.prices, ({ id, place }) => `${id} in ${place}`)].flatMap(([key, same]) =>
    same.length === 1
      ? []
      : [
          {
            path: key,
            message: 'stands twice',
            bound: 'each price once for each place',
            fix: 'Keep the one read last.',
          },
        ],
  );
}
