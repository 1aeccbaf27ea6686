/** UTF-8 bytes; there are never fewer of them than characters. */
export const sizeOf = (text: string): number => Buffer.byteLength(text);

/** Something of a list, in few words and in many. */
export interface Item {
  readonly short: () => string;
  readonly full: () => string;
}

/**
 * As many as fit, in their order: first all of them in few words, then, from the first on, in many. Nothing is drawn up that
 * has no room.
 * @param budget in bytes, a line end for each one included
 */
export function fill(items: readonly Item[], budget: number): string[] {
  const shown: string[] = [];
  let left = budget;
  for (const { short } of items) {
    const text = short();
    if (sizeOf(text) + 1 > left) break;
    left -= sizeOf(text) + 1;
    shown.push(text);
  }
  return shown.map((short, index) => {
    const full = items[index]?.full() ?? short;
    const more = sizeOf(full) - sizeOf(short);
    if (more > left) return short;
    left -= more;
    return full;
  });
}

/** Lines that fit, and how many do not. */
export function fillLines(lines: readonly string[], budget: number, noun: string): string[] {
  const more = (count: number): string => `… and ${count} more ${noun}`;
  const room = budget - sizeOf(more(lines.length)) - 1;
  const items = lines.map((line) => ({ short: () => line, full: () => line }));
  const shown = fill(items, room);
  return shown.length === lines.length ? shown : [...shown, more(lines.length - shown.length)];
}
