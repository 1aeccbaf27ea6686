import { compareNatural } from '../../constructs/util/group';

/** Wide enough for the fonts that browsers take for `system-ui`: a letter of DejaVu Sans has 0.6 em on average. */
const letterEm = 0.6;
/** Letters of East Asia fill their square. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

export const fontSizes = { title: 14, plain: 12, caption: 11, small: 11 } as const;

export function widthOfText(text: string, style: keyof typeof fontSizes): number {
  const em = [...text].reduce((sum, letter) => sum + (wide.test(letter) ? 1 : letterEm), 0);
  return em * fontSizes[style];
}

/** The text, or as much of it as has room, with an ellipsis. */
export function fitText(text: string, width: number, style: keyof typeof fontSizes): string {
  if (widthOfText(text, style) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOfText(`${letters.join('')}…`, style) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** `s2` before `s10`, the same on every machine. */
export function inOrder<T>(things: readonly T[], key: (one: T) => string): T[] {
  return [...things].sort((one, other) => compareNatural(key(one), key(other)));
}
