import type { PictureSite } from './model';
import { type Rectangle, box, label } from './svg';

export interface PlacedSite {
  readonly site: PictureSite;
  readonly place: Rectangle;
}

/** Pixels. Origins stand left, edges right, the links between them in the middle, those among edges at the far right. */
export const left = { x: 16, width: 372 };
export const right = { x: 624, width: 372 };
export const pageWidth = 1116;
const top = 110;
const gap = 40;
const header = 62;
const rowHeight = 30;
const captionWidth = 104;

export function placeSites(sites: readonly PictureSite[]): PlacedSite[] {
  const origins = stack(
    sites.filter(({ hasOrigins }) => hasOrigins),
    left,
  );
  return [
    ...origins,
    ...stack(
      sites.filter(({ hasOrigins }) => !hasOrigins),
      right,
    ),
  ];
}

function stack(sites: readonly PictureSite[], column: { readonly x: number; readonly width: number }): PlacedSite[] {
  let y = top;
  return sites.map((site) => {
    const height = header + site.rows.length * rowHeight + 8;
    const place = { ...column, y, height };
    y += height + gap;
    return { site, place };
  });
}

export function bottomOf(placed: readonly PlacedSite[]): number {
  return Math.max(...placed.map(({ place }) => place.y + place.height));
}

/** A site's box with its rows; half a left, half b right. */
export function drawSite({ site, place }: PlacedSite): string[] {
  const inner = place.x + 10;
  return [
    box(place, 'site'),
    label(inner, place.y + 20, site.title, 'title'),
    label(inner, place.y + 38, site.subtitle, 'small'),
    ...halfTitles(site, place),
    ...site.rows.flatMap((row, index) => drawRow(row, inner, place.y + header + index * rowHeight, place.width - 20)),
  ];
}

function halfTitles(site: PictureSite, place: Rectangle): string[] {
  if (!site.rows.some(({ cells }) => cells.length === 2)) return [];
  const width = (place.width - 20 - captionWidth) / 2;
  const x = place.x + 10 + captionWidth;
  return [label(x, place.y + 56, 'half a', 'small'), label(x + width, place.y + 56, 'half b', 'small')];
}

function drawRow(row: PictureSite['rows'][number], x: number, y: number, width: number): string[] {
  const cellWidth = (width - captionWidth) / row.cells.length;
  return [
    label(x, y + 18, row.caption, 'small'),
    ...row.cells.flatMap((text, index) => {
      const place = { x: x + captionWidth + index * cellWidth, y, width: cellWidth - 4, height: rowHeight - 4 };
      return [box(place, 'cell'), label(place.x + 6, y + 17, text, '')];
    }),
  ];
}
