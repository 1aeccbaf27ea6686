import { renderTable, widthOf } from '../../../scripts/cli/table';

const columns = ['site', 'what it is', 'how'];
const rows = [
  ['aws', 'a quota that a new account has too little of', 'aws service-quotas request-service-quota-increase'],
  ['idcf', 'short', 'arn:aws:iam::aws:policy/PowerUserAccess'],
];
const linesOf = (width?: number): string[] => renderTable(columns, rows, width).split('\n');
/** What a reader puts together again: the texts of one column, with no spaces. */
const column = (lines: readonly string[], place: number): string =>
  lines
    .filter((line) => line.startsWith('│'))
    .map((line) => line.split('│')[place + 1]?.trim())
    .join('')
    .replaceAll(' ', '');

it('keeps each row on one line where the text goes to a file or a pipe', () => {
  expect(linesOf()).toHaveLength(rows.length + 4);
  expect(widthOf({ write: () => true })).toBeUndefined();
});

it.each([60, 80, 100])('fits a terminal of %i columns and loses nothing', (width) => {
  const lines = linesOf(width);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
  for (const place of columns.keys()) expect(column(lines, place)).toBe(column(linesOf(), place));
});

it('leaves a table alone that fits', () => {
  expect(linesOf(200)).toEqual(linesOf());
});

it('breaks between words, and a word that is longer than its column behind a sign in it', () => {
  expect(linesOf(60).join('\n')).toContain('policy/');
  expect(linesOf(80).some((line) => line.includes('request-service-'))).toBe(true);
});

it('takes the width of the terminal, and 120 where it does not tell', () => {
  expect(widthOf({ isTTY: true, columns: 90, write: () => true })).toBe(90);
  expect(widthOf({ isTTY: true, write: () => true })).toBe(120);
});
