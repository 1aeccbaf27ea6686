const cut = '…';
/** Characters before the first difference that are kept for orientation. */
const lead = 40;

/** The beginning of a long text. @param limit in UTF-16 units, the mark of the cut included */
export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${slice(text, 0, limit - 1)}${cut}`;
}

/** Two different texts, both short, and still different: the part where they begin to differ is kept. */
export function shortenPair(before: string, after: string, limit: number): readonly [string, string] {
  if (before.length <= limit && after.length <= limit) return [before, after];
  const same = commonLength(before, after);
  const start = same + lead < limit ? 0 : same - lead;
  return [shortenFrom(before, start, limit), shortenFrom(after, start, limit)];
}

function shortenFrom(text: string, start: number, limit: number): string {
  const mark = start > 0 ? cut : '';
  return shorten(`${mark}${slice(text, start, text.length)}`, limit);
}

function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
  return length;
}

/** Never begins or ends within a pair of surrogates: half a character shows nothing. */
function slice(text: string, start: number, end: number): string {
  const from = isSecondHalf(text, start) ? start - 1 : start;
  const to = isSecondHalf(text, end) ? end - 1 : end;
  return text.slice(from, to);
}

const isSecondHalf = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index);
  return index > 0 && unit >= 0xdc00 && unit <= 0xdfff;
};
