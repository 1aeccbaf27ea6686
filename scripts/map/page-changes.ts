import { markOrder, signs } from './marks';
import type { Box, PlacedMap } from './placed';
import { element, text } from './xml';

/** What a change does, worst first, as a table: for those who cannot see the drawing, and for paper. */
export function changesTable(map: PlacedMap): string {
  const marked = [...markOrder].reverse().flatMap((mark) => map.boxes.filter((box) => box.mark?.mark === mark));
  if (marked.length === 0) return element('p', {}, 'Nothing that is drawn changes.');
  const head = element(
    'tr',
    {},
    ['What', 'Becomes', 'Why'].map((word) => element('th', { scope: 'col' }, word)).join(''),
  );
  return element(
    'details',
    { open: '' },
    element('summary', {}, `${marked.length} changes`) + element('table', {}, [head, ...marked.map(row)].join('')),
  );
}

function row({ id, label, mark }: Box): string {
  const button = element('button', { type: 'button', 'data-goto': id }, text(label));
  const sign = mark ? `${signs[mark.mark]} ${mark.mark}` : '';
  const cells = [button, text(sign), text(mark?.reasons.join('; ') ?? '')];
  return element('tr', {}, cells.map((cell) => `<td>${cell}</td>`).join(''));
}
