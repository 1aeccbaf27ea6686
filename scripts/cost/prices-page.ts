import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Price } from '../../constructs/contract/pricing';
import { refuse } from '../../constructs/contract/problem';
import { registry } from '../../constructs/providers/registry';
import { isKnown, sheetProblems } from './sheets';

export const pricesFile = join('docs', 'prices.md');

const heading = `# Every price that costs are reckoned from

Generated from \`constructs/providers/*/prices.json\` (\`npm run prices\`). What is counted with them, and what is not, is in
[cost](cost.md). Without tax and discounts, each with where and when it was read; \`of\` is the day of the text that was read, where it
says one.
`;

/** The document as it stands in the repository. */
export function renderPrices(): string {
  refuse(sheetProblems(registry));
  const sections = Object.entries(registry).map(([name, { pricing }]) => section(name, pricing.sheet.prices));
  return [heading, ...sections].join('\n');
}

function section(provider: string, prices: readonly Price[]): string {
  const title = `## \`${provider}\``;
  if (prices.length === 0) return [title, 'No list: what it costs is a contract of yours.', ''].join('\n');
  return [
    title,
    '| price | for | in | amount | each | read | of | source |',
    '|---|---|---|---|---|---|---|---|',
    ...prices.map((price) => `| ${cells(price).map(cell).join(' | ')} |`),
    '',
  ].join('\n');
}

function cells(price: Price): string[] {
  const first = [`\`${price.id}\``, price.what, price.place];
  if (!isKnown(price)) return [...first, 'unknown', price.unit, '', '', price.unknown];
  const { amount, currency, unit, read, published = '', source, note } = price;
  return [...first, `${amount} ${currency}`, unit, read, published, note ? `${source}. ${note}` : source];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** `npm run prices`. */
export function main(): Promise<number> {
  writeFileSync(pricesFile, renderPrices());
  return Promise.resolve(0);
}
