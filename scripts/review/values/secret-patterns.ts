import data from './secret-patterns.json';

interface Pattern {
  readonly name: string;
  readonly pattern: string;
  readonly flags?: string;
  readonly source: string;
}

const patterns = (data.patterns as readonly Pattern[]).map(
  ({ pattern, flags = '' }) => new RegExp(pattern, `g${flags}`),
);

/** A text in which everything that has the form of a secret is replaced. */
export function replacePatterns(text: string, replace: (secret: string) => string): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, (...match) => replaceIn(match, replace)), text);
}

function replaceIn(match: readonly unknown[], replace: (secret: string) => string): string {
  const [all] = match as readonly [string];
  const groups = match.at(-1);
  const { before = '', secret = all.slice(before.length) } =
    typeof groups === 'object' && groups !== null ? (groups as Readonly<Record<string, string | undefined>>) : {};
  return `${before}${replace(secret)}${all.slice(before.length + secret.length)}`;
}
