/**
 * Foreign text in Markdown. Names, values and messages come from a change that somebody proposes: whatever they hold, they make
 * no markup, no link, no picture, no mention and no reference, neither at GitHub nor at GitLab.
 */

/** Parts `@user`, `#1` and their like without being seen; both services look for them after the Markdown was read. */
const apart = '\u200B';
const cut = '…';

/** One line, without what has no place in a line. */
const line = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u200B]+/gu, ' ').trim();

/** @param limit in UTF-16 units */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}${cut}`;
}

/** What the services turn into links or pictures: mentions, references (`GH-1`), addresses, emoji. */
const defuse = (text: string): string =>
  text.replace(
    /[@#!%~^$&*](?=[\p{L}\p{N}_"])|\[(?=[a-z_]+:)|\bGH-(?=\d)|:(?=\/|[\w+-]+:)|\bwww(?=\.)/giu,
    `$&${apart}`,
  );

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const asHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? '');

/** A sentence with foreign words in it, within a line of Markdown. */
export function prose(text: string, limit = 300): string {
  const short = defuse(clip(line(text), limit));
  return short.replace(/[\\`*_[\]#|~$]/g, '\\$&').replace(/[&<>]/g, (sign) => entities[sign] ?? '');
}

/** A name or value. Pipes are doubled by a backslash where it stands in a table. */
export function code(text: string, limit = 200): string {
  const short = clip(line(text), limit);
  if (short === '') return '(empty)';
  const fence = '`'.repeat(longestRun(short) + 1);
  const pad = /^`|`$/.test(short) ? ' ' : '';
  return `${fence}${pad}${short}${pad}${fence}`;
}

/** The same within a table: GitHub and GitLab take `\|` for a pipe there, in code too. */
export const cell = (markdown: string): string => markdown.replace(/(?<!\\)\|/g, '\\|');

/** Foreign words within a line of HTML, where Markdown is not read. */
export const html = (text: string, limit = 300): string => asHtml(defuse(clip(line(text), limit)));

/** A name within HTML: nothing in it is looked at. */
export const htmlCode = (text: string, limit = 200): string => `<code>${asHtml(clip(line(text), limit))}</code>`;

/** Lines of a foreign text in a fence that none of them ends. @param indent of the list that it stands in */
export function fenced(language: string, text: string, indent = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const lines = text.replace(/\r\n?|[\u2028\u2029\u000B\u000C\u0085]/g, '\n').split('\n');
  // GitLab takes a line that starts with a slash for an order.
  const shown = lines.map((one) => `${indent}${one.startsWith('/') ? ' ' : ''}${printable(one)}`);
  return [`${indent}${fence}${language.replace(/[^a-z0-9]/gi, '')}`, ...shown, `${indent}${fence}`].join('\n');
}

const printable = (text: string): string => text.replace(/[^\P{Cc}\t]/gu, ' ');

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
