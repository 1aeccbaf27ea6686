import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'contract.md'), 'utf8');

/** The last cell of every row under a heading whose last column is `test`. */
const named = page.split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim());
  const sentence = cells.length === 6 ? (cells[4] ?? '') : '';
  return sentence === '' || sentence === 'test' || /^:?-+:?$/.test(sentence) ? [] : [sentence];
});

/** Sentences of the suite, as its files have them: each `it` with a literal of its own. */
const sentences = readdirSync(__dirname)
  .filter((file) => file.endsWith('.test.ts'))
  .flatMap((file) => {
    const text = readFileSync(join(__dirname, file), 'utf8');
    const literal = /^\s*it\(\s*(?:'([^']+)'|"([^"]+)")/gm;
    return [...text.matchAll(literal)].map(([, single, double]) => single ?? double ?? '');
  });

describe('docs/contract.md', () => {
  it('names only tests that exist', () => {
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((sentence) => !sentences.includes(sentence))).toEqual([]);
  });

  it('names every test of the suite, once', () => {
    expect([...named].sort()).toEqual([...new Set(sentences)].sort());
  });
});
