import { type Static, Type } from '@sinclair/typebox';

/** Forms of prices: sheets of providers, and contracts in topologies. */
const closed = { additionalProperties: false };
const date = '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$';
const text = (description: string) => Type.String({ minLength: 1, pattern: '\\S', description });

const source = {
  source: Type.String({
    minLength: 8,
    description: 'Where it was read: address of a page, repository with path and commit, or the document.',
  }),
  read: Type.String({ pattern: date, description: 'Day on which it was read: `2026-11-21`.' }),
};
const currency = Type.Union([Type.Literal('JPY'), Type.Literal('USD')], {
  description: 'Currencies are never converted.',
});
const amount = (description: string) => Type.Number({ minimum: 0, description });

const common = {
  id: Type.String({ pattern: '^[a-z][a-z0-9-]*(/[A-Za-z0-9.-]+)?$', description: 'Permanent; once for each place.' }),
  what: text('What is paid for.'),
  place: text('Region or zone where it holds.'),
  unit: Type.Union([Type.Literal('hour'), Type.Literal('month'), Type.Literal('GiB-month')]),
};
const KnownPriceSchema = Type.Object(
  {
    ...common,
    currency,
    amount: amount('As listed, without tax and without discounts.'),
    ...source,
    published: Type.Optional(Type.String({ pattern: date, description: 'Day of the text that was read.' })),
    note: Type.Optional(text('What else one should know.')),
  },
  closed,
);
const UnreadPriceSchema = Type.Object({ ...common, unknown: text('Why it was not read.') }, closed);

/** `prices.json` of a provider: a price has a source and a date, or no amount. */
export const PriceSheetSchema = Type.Object(
  { prices: Type.Array(Type.Union([KnownPriceSchema, UnreadPriceSchema])) },
  closed,
);

/** What a contract of the user's own costs in a month. */
const monthly = { amount: amount('For a month, without tax.'), currency, ...source };

/** Of a circuit or a stretched segment. */
export const MonthlyCostSchema = Type.Object(monthly, {
  ...closed,
  description: 'What the line costs in a month, by contract. Without it, its cost is unknown.',
});

/** `sites.<id>.costs`. */
export const SiteCostsSchema = Type.Object(
  {
    hardware: Type.Optional(
      Type.Object(
        {
          basis: Type.Union([Type.Literal('owned'), Type.Literal('leased')], {
            description: 'Owned: what is written off, with space and power. Leased: what is paid.',
          }),
          per: Type.Union([Type.Literal('machine'), Type.Literal('site')], {
            description: 'Whether the amount is for each machine in use or for the site as a whole.',
          }),
          ...monthly,
        },
        { ...closed, description: 'Own servers, switches and balancers. For sites on own hardware.' },
      ),
    ),
    bandwidth: Type.Optional(
      Type.Object(
        {
          committedMbps: Type.Integer({ minimum: 1, description: 'Committed rate in Mbit/s.' }),
          ...monthly,
        },
        { ...closed, description: 'Traffic to the internet, as committed bandwidth.' },
      ),
    ),
  },
  { ...closed, description: 'What contracts of your own cost. See docs/cost.md.' },
);

export type SiteCosts = Static<typeof SiteCostsSchema>;
export type MonthlyCost = Static<typeof MonthlyCostSchema>;
