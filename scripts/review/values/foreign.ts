import { stripVTControlCharacters } from 'node:util';

/**
 * Characters that show nothing or change how others show: controls, directions, zero widths, variations, fillers, halves of
 * pairs, private use (Unicode general categories Cc, Cf, Cs, Co, Cn, Zl, Zp). Line feed and tab are kept.
 */
const unseen =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u3164\uffa0\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** Text of strangers so that it shows what it is: what cannot be seen is named, `<U+202E>`. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => nameOf(character));
}

/** Text that is written for a terminal, such as Terraform's messages: without colours, the rest made visible. */
export function visibleMessage(text: string): string {
  return visible(stripVTControlCharacters(text).replaceAll('\r\n', '\n'));
}

/** Everything but plain ASCII named: for two texts that look alike. */
export function spelledOut(text: string): string {
  return visible(text).replace(/[^\n\t\x20-\x7e]/gu, (character) => nameOf(character));
}

/** Whether two texts cannot be told apart by eye. */
export function looksAlike(one: string, other: string): boolean {
  return look(one) === look(other);
}

const look = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim();

function nameOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `<U+${hex.padStart(4, '0')}>`;
}
