import type { Cell } from './cells';
import type { Row } from './rows';
import { countMarks, describeCounts, signs } from './marks';
import type { Box, Column, Rectangle, TextLine } from './placed';
import { foldAbove, sizes } from './sizes';
import { fitText, widthOfText } from './text';

/** Where something is to stand, and what holds it. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly column: Column;
  readonly parent: string;
}

const { cell: cellSize, captionWidth, foldLine, rowFrame } = sizes;

/** A row with its cells; the row is the first box. What is folded shows its marked machines, unless they are many too. */
export function placeRow(row: Row, spot: Spot): Box[] {
  const isFolded = row.cells.length > foldAbove;
  const marked = row.cells.filter(({ mark }) => mark);
  const pinned = marked.length > foldAbove ? [] : marked;
  const shown = isFolded ? pinned : row.cells;
  const hidden = row.cells.filter((cell) => !shown.includes(cell));
  const width = cellWidth(row.cells, spot);
  const top = spot.y + (isFolded ? foldLine : 0);
  const grid = placeCells(shown, { ...spot, y: top }, row.id, width);
  const height = top - spot.y + Math.max(heightOf(shown, spot, width), isFolded ? 0 : cellSize.height);
  const rest = placeCells(hidden, { ...spot, y: spot.y + height + cellSize.gap }, row.id, width);
  const by = heightOf(hidden, spot, width) + cellSize.gap;
  const box: Box = {
    ...{ id: row.id, kind: row.kind, parent: spot.parent, column: spot.column },
    ...framed({ x: spot.x, y: spot.y, width: spot.width, height }),
    ...{ label: row.label, details: row.details, lines: linesOf(row, hidden.length) },
    ...(row.mark ? { mark: row.mark } : {}),
    ...(isFolded ? { fold: { by, hides: hidden.length, marked: marked.length - pinned.length } } : {}),
    counts: countMarks(row.cells.map(({ mark }) => mark?.mark)),
  };
  return [box, ...grid, ...rest.map((one): Box => ({ ...one, hiddenIn: row.id }))];
}

function framed({ x, y, width, height }: Rectangle): Rectangle {
  return { x: x - rowFrame, y: y - rowFrame, width: width + 2 * rowFrame, height: height + 2 * rowFrame };
}

function linesOf({ caption, cells, mark }: Row, hides: number): TextLine[] {
  const shown = fitText(mark ? `${signs[mark.mark]} ${caption}` : caption, captionWidth, 'caption');
  const lines: TextLine[] = [{ x: rowFrame, y: 15 + rowFrame, text: shown, style: 'caption' }];
  if (hides === 0) return lines;
  const counts = describeCounts(countMarks(cells.map((cell) => cell.mark?.mark)));
  const inHalf = (half: string): number => cells.filter((cell) => cell.half === half).length;
  const text = `${cells.length}: ${inHalf('a')} in half a, ${inHalf('b')} in b${counts ? `, ${counts}` : ''}`;
  return [...lines, { x: captionWidth + 20, y: 15 + rowFrame, text, style: 'plain' }];
}

/** All cells of a row are as wide as the widest needs, within its half. */
function cellWidth(cells: readonly Cell[], spot: Spot): number {
  const wanted = Math.max(
    cellSize.least,
    ...cells.map((cell) => widthOfText(cellText(cell), 'small') + cellSize.padding),
  );
  return Math.min(Math.ceil(wanted), halfWidth(spot));
}

const halfWidth = ({ width }: Pick<Spot, 'width'>): number => (width - captionWidth - cellSize.gap) / 2;
/** From the left of a row. */
export const columnOfHalf = (spot: Pick<Spot, 'width'>, half: 'a' | 'b'): number =>
  captionWidth + (half === 'a' ? 0 : halfWidth(spot) + cellSize.gap);
const perLine = (spot: Spot, width: number): number =>
  Math.max(1, Math.floor((halfWidth(spot) + cellSize.gap) / (width + cellSize.gap)));

/** The sign is left room for in every cell, so that a mark moves nothing. */
const cellText = ({ text }: Cell): string => `± ${text}`;

function placeCells(cells: readonly Cell[], spot: Spot, parent: string, width: number): Box[] {
  const across = cells.filter(({ half }) => half === 'all');
  const below = across.length * (cellSize.height + cellSize.gap);
  const wide = across.map((cell, index) =>
    place(cell, spot, parent, {
      x: spot.x + captionWidth,
      y: spot.y + index * (cellSize.height + cellSize.gap),
      width: spot.width - captionWidth,
    }),
  );
  const columns = perLine(spot, width);
  const inHalf = (half: 'a' | 'b'): Box[] =>
    cells
      .filter((cell) => cell.half === half)
      .map((cell, index) =>
        place(cell, spot, parent, {
          x: spot.x + columnOfHalf(spot, half) + (index % columns) * (width + cellSize.gap),
          y: spot.y + below + Math.floor(index / columns) * (cellSize.height + cellSize.gap),
          width,
        }),
      );
  return [...wide, ...inHalf('a'), ...inHalf('b')];
}

function place(
  cell: Cell,
  { column }: Spot,
  parent: string,
  at: { readonly x: number; readonly y: number; readonly width: number },
): Box {
  const sign = cell.mark ? `${signs[cell.mark.mark]} ` : '';
  const text = fitText(`${sign}${cell.text}`, at.width - cellSize.padding / 2, 'small');
  return {
    ...{ id: cell.id, kind: cell.kind, parent, column, ...at, height: cellSize.height },
    ...{ label: cell.label, details: cell.details, lines: [{ x: at.width / 2, y: 15, text, style: 'small' }] },
    ...(cell.mark ? { mark: cell.mark } : {}),
  };
}

function heightOf(cells: readonly Cell[], spot: Spot, width: number): number {
  const count = (half: Cell['half']): number => cells.filter((cell) => cell.half === half).length;
  const lines = count('all') + Math.ceil(Math.max(count('a'), count('b')) / perLine(spot, width));
  return Math.max(0, lines * (cellSize.height + cellSize.gap) - cellSize.gap);
}
