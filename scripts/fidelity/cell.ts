const longest = 110;

/** Text for a cell of a table in Markdown, shortened. */
export function cell(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}...` : text;
  return short.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
}
