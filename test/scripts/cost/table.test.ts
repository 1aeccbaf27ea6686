import { amountText } from '../../../scripts/cost/money';
import { costTable, unknownByReason, unknownSentence } from '../../../scripts/cost/table';

const unknown = [
  { address: 'a/x.1', why: 'not read' },
  { address: 'a/x.2', why: 'no contract' },
  { address: 'b/x.3', why: 'no contract' },
];

it('what is unknown is said first', () => {
  const { first, rows } = costTable({
    unknownShare: 0.25,
    unknown,
    rows: [
      { site: 'aws', currency: 'USD', before: [1000, 3000], after: [1000, 3423.88] },
      { site: 'gcp', currency: 'USD', before: [1234.5, 1234.5], after: [34.5, 34.5] },
      { site: 'idcf', currency: 'JPY', before: [228700, 228700], after: [228700, 228700] },
    ],
  });
  expect(first).toBe('Unknown in whole or in part: 3 of the things that are paid for (25 %).');
  expect(rows).toEqual([
    ['aws', 'USD', '1,000.00 to 3,000.00', '1,000.00 to 3,423.88', '0.00 to +423.88'],
    ['gcp', 'USD', '1,234.50', '34.50', '-1,200.00'],
    ['idcf', 'JPY', '228,700', '228,700', 'none'],
  ]);
});

it('a share is never rounded to none or all', () => {
  expect(unknownSentence({ unknownShare: 0.001, unknown })).toContain('(1 %)');
  expect(unknownSentence({ unknownShare: 0.999, unknown })).toContain('(99 %)');
  expect(unknownSentence({ unknownShare: 1, unknown })).toContain('(100 %)');
  expect(unknownSentence({ unknownShare: 0, unknown: [] })).toBe('Every price is known.');
});

it('one reason for many is said once', () => {
  expect(unknownByReason(unknown)).toEqual([
    { why: 'no contract', addresses: ['a/x.2', 'b/x.3'] },
    { why: 'not read', addresses: ['a/x.1'] },
  ]);
});

it('an amount reads the same on every machine', () => {
  expect(amountText(1234567.891, 'USD')).toBe('1,234,567.89');
  expect(amountText(-0.001, 'USD')).toBe('0.00');
  expect(amountText(-999.5, 'JPY')).toBe('-1,000');
});
