import { groupBy } from '../../constructs/util/group';
import { markOrder, signs } from './marks';
import type { Box, PlacedMap } from './placed';
import { element, text } from './xml';

/** What a change does, worst first, as a table: for those who cannot see the drawing, and for paper. */
export function changesTable(map: PlacedMap): string {
  const marked = [...markOrder].reverse().flatMap((mark) => map.boxes.filter((box) => box.mark?.mark === mark));
  const alike = groupBy(marked, ({ parent = '', mark, id }) => (parent ? JSON.stringify([parent, mark]) : id));
  if (marked.length === 0) return element('p', {}, 'Nothing that is drawn changes.');
  const head = element(
    'tr',
    {},
    ['What', 'Becomes', 'Why'].map((word) => element('th', { scope: 'col' }, word)).join(''),
  );
  return element(
    'details',
    { open: '' },
    element('summary', {}, `${marked.length} changes`) +
      element('table', {}, [head, ...[...alike.values()].flatMap((boxes) => rowsOf(boxes, map))].join('')),
  );
}

/** Of a fleet of which many go the same way one line is enough. */
const mostAlike = 6;

function rowsOf(alike: readonly Box[], { boxes }: PlacedMap): string[] {
  const [first] = alike;
  const fleet = boxes.find(({ id }) => id === first?.parent);
  if (!first || !fleet || alike.length <= mostAlike) return alike.map((box) => row(box, box.label));
  return [row({ ...first, id: fleet.id }, `${fleet.label}: ${alike.length}`)];
}

function row({ id, mark }: Box, what: string): string {
  const button = element('button', { type: 'button', 'data-goto': id }, text(what));
  const sign = mark ? `${signs[mark.mark]} ${mark.mark}` : '';
  const cells = [button, text(sign), text(mark?.reasons.join('; ') ?? '')];
  return element('tr', {}, cells.map((cell) => `<td>${cell}</td>`).join(''));
}
