import { type Mark, type MarkCounts, countMarks, describeCounts, markOrder, signs } from './marks';
import type { PlacedMap } from './placed';
import { sizes } from './sizes';
import { element, text } from './xml';

const { band, margin } = sizes;

const kinds = [
  ['circuit', 'circuit'],
  ['vpn', 'VPN'],
  ['segment', 'layer 2 segment'],
  ['vpn backup', 'thin: backup path'],
] as const;

/** Marks of all that is drawn, each thing once. */
export function countsOf({ boxes }: Pick<PlacedMap, 'boxes'>): MarkCounts {
  return countMarks(boxes.map(({ mark }) => mark?.mark));
}

/** Title and legend, in the room that the band leaves them. */
export function drawLegend(map: PlacedMap): string[] {
  const y = margin + band.title;
  const counts = describeCounts(countsOf(map));
  const title = map.change ? `Change of ${map.topology}: ${counts || 'nothing that is drawn'}` : map.topology;
  return [
    element('text', { x: margin, y: margin + 12, class: 'title' }, text(title)),
    ...kinds.flatMap(([style, word], index) => line(margin + index * 170, y + 8, style, word)),
    ...(map.change ? markOrder.flatMap((mark, index) => sample(margin + index * 170, y + band.legend, mark)) : []),
  ];
}

function line(x: number, y: number, style: string, word: string): string[] {
  return [
    element('path', { d: `M${x} ${y}H${x + 44}`, class: `line ${style}` }),
    element('text', { x: x + 52, y: y + 4, class: 'small' }, text(word)),
  ];
}

function sample(x: number, y: number, mark: Mark): string[] {
  const frame = element('rect', { x: x + 1, y: y - 2, width: 42, height: 18, rx: 4 });
  const sign = element('text', { x: x + 22, y: y + 11, class: 'small' }, text(signs[mark]));
  return [
    element('g', { class: `machine ${mark}` }, frame + sign),
    element('text', { x: x + 52, y: y + 11, class: 'small' }, mark),
  ];
}
