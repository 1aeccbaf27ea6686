import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PriceSheet } from '../../../constructs/contract/pricing';
import { registry } from '../../../constructs/providers/registry';
import { costOf } from '../../../scripts/cost/cost';
import { pricesFile, renderPrices } from '../../../scripts/cost/prices-page';
import { sheetProblems } from '../../../scripts/cost/sheets';

const price = {
  id: 'machine/small',
  what: 'a machine',
  place: 'here',
  unit: 'hour',
  currency: 'USD',
  amount: 1,
  source: 'https://example.com/prices',
  read: '2026-11-21',
};
const unread = { id: 'disk', what: 'a disk', place: 'here', unit: 'GiB-month', unknown: 'nobody has read it' };

/** What is said of a sheet with these prices, as somebody may have written them. */
const said = (...prices: object[]): string[] => {
  const pricing = { ...registry.aws.pricing, sheet: { prices } as unknown as PriceSheet };
  return sheetProblems({ fifth: { pricing } }).map(({ path, message }) => `${path} ${message}`);
};
const without = (key: keyof typeof price): object =>
  Object.fromEntries(Object.entries(price).filter(([k]) => k !== key));

describe('a price sheet', () => {
  it('holds prices that were read, and says of others that they were not', () => {
    expect(said(price, unread)).toEqual([]);
  });

  it.each(['source', 'read', 'currency', 'unit', 'place'] as const)('has no price without its %s', (key) => {
    expect(said(without(key)).join('\n')).toMatch(/^constructs\/providers\/fifth\/prices\.json: prices/);
  });

  it('has no price whose source is empty, or whose day is none', () => {
    expect(said({ ...price, source: ' ' })).not.toEqual([]);
    expect(said({ ...price, read: 'last week' })).not.toEqual([]);
  });

  it('has no amount for what was not read', () => {
    expect(said({ ...unread, amount: 3 })).not.toEqual([]);
  });

  it('has each price once for each place', () => {
    expect(said(price, { ...price, place: 'there' })).toEqual([]);
    expect(said(price, price)).toEqual(['constructs/providers/fifth/prices.json: machine/small in here stands twice']);
  });

  it('is not reckoned with while it is broken', () => {
    const pricing = { ...registry.aws.pricing, sheet: { prices: [without('source')] } as unknown as PriceSheet };
    const providers = { ...registry, aws: { ...registry.aws, pricing } };
    expect(() => costOf([], { providers, billing: undefined })).toThrow(/constructs\/providers\/aws\/prices\.json/);
  });
});

describe('the page of prices', () => {
  it('is the one of the sheets (npm run prices)', () => {
    expect(readFileSync(join(__dirname, '..', '..', '..', pricesFile), 'utf8')).toBe(renderPrices());
  });

  it('shows where and when each was read, and that of one it was not', () => {
    expect(renderPrices()).toMatch(
      /`disk\/pd-balanced` .* 0\.13 USD \| GiB-month \| 2026-11-21 \| 2026-08-20 \| github:/,
    );
    expect(renderPrices()).toMatch(/`forwarding-rule` .* unknown \| hour \|/);
  });
});
