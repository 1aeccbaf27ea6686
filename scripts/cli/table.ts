import Table from 'cli-table3';
import type { Writer } from './context';

type Cells = readonly (readonly string[])[];

/**
 * A table without lines between its rows and without colours: it reads the same in a terminal, a log and a mail.
 * @param width characters of a line; cells of a wider table are wrapped. Without it every row is one line, as grep wants
 */
export function renderTable(columns: readonly string[], rows: Cells, width?: number): string {
  const widths = width === undefined ? undefined : columnWidths([columns, ...rows], width);
  const fitted = (cells: readonly string[]): string[] =>
    cells.map((text, column) => (widths ? wrap(text, widths[column] ?? text.length).join('\n') : text));
  const table = new Table({
    head: fitted(columns),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(fitted(row));
  return table.toString();
}

/** Where a terminal does not tell how wide it is. */
const usualWidth = 120;

/** Width for `renderTable`: that of a terminal, none for files and pipes. */
export function widthOf({ isTTY, columns }: Writer): number | undefined {
  return isTTY ? (columns ?? usualWidth) : undefined;
}

/** A space on both sides of each cell, and a line before each and after the last. */
const frame = (columns: number): number => 3 * columns + 1;
/** A column that is narrower makes a line of every word. */
const narrowest = 12;

interface Column {
  readonly texts: readonly string[];
  readonly width: number;
  /** Lines of each cell. */
  readonly heights: readonly number[];
}

/** Columns are narrowed one after the other, always the one that costs the fewest lines for what it gives. */
function columnWidths(rows: Cells, width: number): number[] {
  const columns = (rows[0] ?? []).map((_, place) => columnOf(rows.map((row) => row[place] ?? '')));
  const room = width - frame(columns.length);
  while (sum(columns.map((column) => column.width)) > room) {
    const [best] = columns
      .flatMap((column, place) => narrower(columns, column, place) ?? [])
      .sort((one, other) => one.cost - other.cost || other.next.width - one.next.width);
    if (!best) break;
    columns[best.place] = best.next;
  }
  return columns.map((column) => column.width);
}

function columnOf(texts: readonly string[], width = Number.POSITIVE_INFINITY): Column {
  const lines = texts.map((text) => wrap(text, width));
  const widest = Math.max(...lines.flat().map((line) => line.length));
  return { texts, width: widest, heights: lines.map(({ length }) => length) };
}

/** The column as it would be with shorter lines, and the lines that the table grows by for each character. */
function narrower(columns: readonly Column[], column: Column, place: number) {
  const words = column.texts.flatMap((text) => text.split(' ')).map((word) => word.length);
  if (column.width <= Math.min(narrowest, Math.max(...words))) return undefined;
  const next = columnOf(column.texts, column.width - 1);
  const grown = next.heights.map((height, row) => {
    const before = Math.max(...columns.map(({ heights }) => heights[row] ?? 1));
    return Math.max(before, height) - before;
  });
  return { next, place, cost: sum(grown) / (column.width - next.width) };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Lines of at most `width` characters: broken between words, a longer word behind a sign in it, else anywhere. */
function wrap(text: string, width: number): string[] {
  const pieces = text.split(/(?<= )/).flatMap((word) => (word.trimEnd().length > width ? split(word, width) : [word]));
  const lines = [''];
  for (const piece of pieces) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + piece.trimEnd().length > width) lines.push(piece);
    else lines[lines.length - 1] = line + piece;
  }
  return lines.map((line) => line.trimEnd());
}

const split = (word: string, width: number): string[] =>
  word.split(/(?<=[-_/.:,=])/).flatMap((part) => part.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
