import { drawLegend } from './legend';
import { type Mark, markOrder, signs } from './marks';
import type { Box, Line, PlacedMap, TextLine } from './placed';
import { sizes } from './sizes';
import { mapClass, mapStyle } from './style';
import { element, text } from './xml';

export interface SvgOptions {
  /** Whether what folded fleets hide is in the drawing, not shown, for a page that unfolds them. @default false */
  readonly withHidden?: boolean;
}

/** A drawing that stands alone: its own style, light and dark, no script, nothing from elsewhere. */
export function renderSvg(map: PlacedMap, { withHidden = false }: SvgOptions = {}): string {
  const { width, height } = map;
  const boxes = map.boxes.filter(({ hiddenIn }) => withHidden || hiddenIn === undefined);
  const parts = [
    element('title', {}, text(titleOf(map))),
    element('style', {}, `\n${mapStyle}\n`),
    hatch,
    element('rect', { class: 'page', width, height }),
    ...drawLegend(map),
    ...map.lines.map(drawLine),
    ...boxes.map((box) => drawBox(box, withHidden)),
  ];
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height };
  const role = withHidden ? 'group' : 'img';
  return `${element('svg', { ...attributes, class: mapClass, role }, `\n${parts.join('\n')}\n`)}\n`;
}

export function titleOf({ topology, change }: PlacedMap): string {
  return change ? `Change of the platform ${topology}` : `The platform ${topology}`;
}

const hatch = element(
  'defs',
  {},
  element(
    'pattern',
    { id: `${mapClass}-hatch`, width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
    element('path', { class: 'hatch', d: 'M0 0H8V8H0Z', 'stroke-width': 0 }) +
      element('path', { class: 'hatch', d: 'M0 8L8 0', 'stroke-width': 1, 'stroke-opacity': 0.35 }),
  ),
);

function drawLine({ id, points, kind, path, mark }: Line): string {
  const [[x, y] = [0, 0], ...rest] = points;
  const d = `M${x} ${y}${rest.map(([toX, toY]) => `L${toX} ${toY}`).join('')}`;
  return element('path', { class: ['line', kind, path, mark?.mark].filter(Boolean).join(' '), d, 'data-id': id });
}

/** In a page a box can be reached and pressed; which of them the keyboard reaches first is up to the page. */
function drawBox(box: Box, isInPage: boolean): string {
  const { id, kind, fold, hiddenIn, x, y, width, height } = box;
  const rounding = ['site', 'system', 'link', 'names'].includes(kind) ? 6 : 4;
  const content = [
    element('title', {}, text(spoken(box))),
    element('rect', { width, height, rx: rounding }),
    ...box.lines.map((line) => drawText(line, box.mark?.mark)),
    ...(fold && isInPage
      ? [element('text', { class: 'knob', x: sizes.captionWidth + sizes.rowFrame, y: 18 }, '▸')]
      : []),
  ];
  const forPage = isInPage
    ? { role: 'button', tabindex: -1, 'aria-label': spoken(box), 'aria-expanded': fold ? 'false' : undefined }
    : {};
  const classes = ['box', kind, frameOf(box), hiddenIn ? 'hidden' : undefined].filter(Boolean).join(' ');
  const attributes = { class: classes, transform: `translate(${x} ${y})`, 'data-id': id, ...forPage };
  return element('g', attributes, content.join(''));
}

/** A fleet that hides marked machines has their frame; it changes where they have several. */
function frameOf({ mark, fold, counts = {} }: Box): Mark | undefined {
  const [one, ...others] = markOrder.filter((each) => counts[each]);
  return mark?.mark ?? (fold?.marked ? (others.length > 0 ? 'changed' : one) : undefined);
}

/** What goes away is struck, its sign is not. */
function drawText({ x, y, text: written, style }: TextLine, mark: Mark | undefined): string {
  const sign = mark === 'removed' && written.startsWith(`${signs.removed} `) ? `${signs.removed} ` : '';
  const content = sign ? sign + element('tspan', { class: 'struck' }, text(written.slice(sign.length))) : text(written);
  return element('text', { class: style, x, y }, content);
}

/** The name, and what becomes of it. */
export function spoken({ label, mark, fold }: Pick<Box, 'label' | 'mark' | 'fold'>): string {
  const reasons = mark && mark.reasons.length > 0 ? `: ${mark.reasons.join('; ')}` : '';
  const folded = fold ? `, ${fold.hides} more inside` : '';
  return `${label}${mark ? `, ${mark.mark}${reasons}` : ''}${folded}`;
}
