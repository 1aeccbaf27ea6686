import { structuredPatch } from 'diff';
import type { FileDiff } from '../report';
import { looksAlike, spelledOut, visible } from './foreign';
import { Hidden, textOf } from './hidden';
import type { Opaque } from './user-data';
import { shorten, shortenPair } from './shorten';

/** Lines of one diff; the rest is counted. */
const lineLimit = 60;
const columnLimit = 200;
/** Lines added and removed up to which a diff is computed: the time grows with the square. */
const editLimit = 1500;
const context = 2;

export type FileText = string | Hidden | Opaque;

/** How a file differs, as a unified diff; undefined where it does not. */
export function fileDiff(
  file: string,
  before: FileText | undefined,
  after: FileText | undefined,
): FileDiff | undefined {
  if (before === undefined && after === undefined) return undefined;
  if (identity(before) === identity(after)) return undefined;
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return { file, change, diff: diffOf(before, after) };
}

function identity(text: FileText | undefined): string | undefined {
  return text instanceof Hidden || isOpaque(text) ? text.identity : text;
}

const isOpaque = (text: FileText | undefined): text is Opaque =>
  typeof text === 'object' && !(text instanceof Hidden) && 'what' in text;

function diffOf(before: FileText | undefined, after: FileText | undefined): string {
  const [one, other] = ended(...alike(shown(before), shown(after, before)));
  const patch = structuredPatch('', '', one, other, '', '', { context, maxEditLength: editLimit });
  if (!patch) return `(${count(one)} lines become ${count(other)} other lines)`;
  const lines = patch.hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...shortLines(hunk.lines),
  ]);
  return fold(lines);
}

function shown(text: FileText | undefined, former?: FileText): string {
  if (text === undefined) return '';
  if (isOpaque(text))
    return isOpaque(former) && former.what === text.what ? `${text.what} (another content)` : text.what;
  return text instanceof Hidden ? text.textAfter(isOpaque(former) ? undefined : former) : textOf(text);
}

/** Line ends of Windows are left out where both sides have them everywhere; lines that look alike are spelled out. */
function alike(before: string, after: string): readonly [string, string] {
  const windows = [before, after].every((text) => text === '' || !/(?<!\r)\n/.test(text));
  const [one, other] = windows ? [before, after].map((text) => text.replaceAll('\r\n', '\n')) : [before, after];
  const [seen = '', seenAfter = ''] = [visible(one ?? ''), visible(other ?? '')];
  if (seen === seenAfter) return [seen, `${seenAfter}\n(another value)`];
  return looksAlike(seen, seenAfter) ? [spelledOut(seen), spelledOut(seenAfter)] : [seen, seenAfter];
}

/** That a file has no line end at its end is said only where the other side has one. */
function ended(before: string, after: string): readonly [string, string] {
  if ([before, after].some((text) => text.endsWith('\n'))) return [before, after];
  return [before === '' ? '' : `${before}\n`, after === '' ? '' : `${after}\n`];
}

/** Lines that are replaced by others are shortened together, so that the difference stays. */
function shortLines(lines: readonly string[]): string[] {
  const short = lines.map((line) => shorten(line, columnLimit));
  let start = 0;
  while (start < lines.length) {
    const removed = run(lines, start, '-');
    const added = run(lines, start + removed, '+');
    for (let offset = 0; offset < Math.min(removed, added); offset += 1) {
      const [minus, plus] = [start + offset, start + removed + offset];
      const pair = shortenPair(bodyAt(lines, minus), bodyAt(lines, plus), columnLimit - 1);
      [short[minus], short[plus]] = [`-${pair[0]}`, `+${pair[1]}`];
    }
    start += Math.max(1, removed + added);
  }
  return short;
}

function run(lines: readonly string[], start: number, sign: string): number {
  let length = 0;
  while (lines[start + length]?.startsWith(sign)) length += 1;
  return length;
}

const bodyAt = (lines: readonly string[], index: number): string => (lines[index] ?? '').slice(1);

function fold(lines: readonly string[]): string {
  const rest = lines.length - lineLimit;
  if (rest <= 1) return lines.join('\n');
  return `${lines.slice(0, lineLimit).join('\n')}\n… ${rest} more lines`;
}

const count = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
