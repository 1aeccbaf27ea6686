import { halves } from '../../constructs/contract/site';
import type { SystemContent } from './content';
import { countMarks, signs } from './marks';
import { type Spot, columnOfHalf, placeRow } from './place-row';
import type { Box, TextLine } from './placed';
import { sizes } from './sizes';
import { fitText, widthOfText } from './text';

const { captionWidth, padding, rowFrame, rowGap, systemHeader } = sizes;

/** A system at a site with its rows; the system is the first box. */
export function placeSystem({ id, name, rows, mark }: SystemContent, spot: Spot): Box[] {
  const boxes: Box[] = [];
  let y = spot.y + systemHeader;
  for (const row of rows) {
    const placed = placeRow(row, { ...inset(spot), y, parent: id });
    boxes.push(...placed);
    y = bottomOfRow(placed) + rowGap;
  }
  const site = spot.parent.replace(/^site:/, '');
  const box: Box = {
    ...{ id, kind: 'system', parent: spot.parent, column: spot.column },
    ...{ x: spot.x, y: spot.y, width: spot.width, height: y - spot.y + padding - rowGap },
    label: `system ${name} at ${site}`,
    lines: titles(`${mark ? `${signs[mark.mark]} ` : ''}${name}`, spot),
    details: [['site', site], ...rows.map(({ caption, cells }) => [caption, String(cells.length)] as const)],
    counts: countMarks(boxes.map((one) => one.mark?.mark)),
    ...(mark ? { mark } : {}),
  };
  return [box, ...boxes];
}

/** Rows of a site itself stand in line with those of its systems. */
export function inset<T extends { readonly x: number; readonly width: number }>(spot: T): T {
  return { ...spot, x: spot.x + padding, width: spot.width - 2 * padding };
}

/** Without the frame that is there for a mark. */
export function bottomOfRow([row]: readonly Box[]): number {
  return row ? row.y + row.height - rowFrame : 0;
}

/** A long name takes the room of the first column's title. */
function titles(name: string, spot: Spot): TextLine[] {
  const isLong = widthOfText(name, 'plain') > captionWidth - padding;
  const shown = isLong ? halves.slice(1) : halves;
  const start = (half: (typeof halves)[number]): number => padding + columnOfHalf(inset(spot), half);
  const title = fitText(name, start(isLong ? 'b' : 'a') - 2 * padding, 'plain');
  return [
    { x: padding, y: 16, text: title, style: 'plain' },
    ...shown.map((half): TextLine => ({ x: start(half), y: 16, text: `half ${half}`, style: 'caption' })),
  ];
}
