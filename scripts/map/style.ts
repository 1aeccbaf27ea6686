import { fontSizes } from './text';

/** Everything is below this class, so that a page which holds the drawing keeps its own look. */
export const mapClass = 'watari-map';

interface Palette {
  readonly text: string;
  readonly quiet: string;
  readonly page: string;
  readonly site: string;
  readonly cell: string;
  readonly frame: string;
  readonly thin: string;
  readonly circuit: string;
  readonly vpn: string;
  readonly segment: string;
  readonly added: string;
  readonly changed: string;
  readonly replaced: string;
  readonly removed: string;
}

/** Text has a contrast of at least 4.5 to what it stands on (WCAG 2.2, 1.4.3), frames and lines one of 3 (1.4.11). */
export const light: Palette = {
  ...{ text: '#1f2328', quiet: '#59636e', page: '#ffffff', site: '#f6f8fa', cell: '#ffffff' },
  ...{ frame: '#59636e', thin: '#818b98', circuit: '#0550ae', vpn: '#8a4600', segment: '#116329' },
  ...{ added: '#1a7f37', changed: '#9a6700', replaced: '#8250df', removed: '#cf222e' },
};
export const dark: Palette = {
  ...{ text: '#f0f6fc', quiet: '#b1bac4', page: '#0d1117', site: '#151b23', cell: '#0d1117' },
  ...{ frame: '#9198a1', thin: '#767f8a', circuit: '#6cb6ff', vpn: '#f0a35e', segment: '#57ab5a' },
  ...{ added: '#3fb950', changed: '#e3b341', replaced: '#bc8cff', removed: '#ff7b72' },
};

const scoped = (rules: readonly string[]): string =>
  rules
    .map((rule) => rule.replace(/^[^{]*/, (selectors) => selectors.replaceAll(/(^|, )/g, `$1.${mapClass} `)))
    .join('\n');

const shapes = scoped([
  `text { font: ${fontSizes.plain}px system-ui, "DejaVu Sans", Helvetica, Arial, sans-serif; }`,
  `.title { font-size: ${fontSizes.title}px; font-weight: 600; }`,
  `.small, .caption { font-size: ${fontSizes.small}px; }`,
  '.system > .plain, .link > .plain { font-weight: 600; }',
  '.machine > text, .device > text, .stack > text { text-anchor: middle; }',
  '.line { fill: none; stroke-width: 3; }',
  '.vpn { stroke-dasharray: 8 4; }',
  '.segment { stroke-width: 5; stroke-dasharray: 2 3; }',
  '.none { stroke-dasharray: 1 6; }',
  '.backup { stroke-width: 1.5; }',
  '.fleet > rect, .balancer > rect { fill: transparent; stroke: none; }',
  '.added > rect { stroke-width: 3; }',
  '.changed > rect { stroke-width: 2.5; stroke-dasharray: 12 3; }',
  '.replaced > rect { stroke-width: 3; stroke-dasharray: 9 3 2 3; }',
  '.removed > rect { stroke-width: 2; stroke-dasharray: 3 3; }',
  '.struck { text-decoration: line-through; }',
]);

const coloursOf = (colours: Palette): string =>
  scoped([
    `text { fill: ${colours.text}; }`,
    `.caption, .link > .small, .site > .plain { fill: ${colours.quiet}; }`,
    `.page { fill: ${colours.page}; }`,
    `.site > rect, .names > rect, .link > rect { fill: ${colours.site}; stroke: ${colours.frame}; }`,
    `.system > rect { fill: ${colours.site}; stroke: ${colours.thin}; }`,
    `.machine > rect, .device > rect, .stack > rect { fill: ${colours.cell}; stroke: ${colours.thin}; }`,
    ...(['circuit', 'vpn', 'segment'] as const).map((kind) => `.line.${kind} { stroke: ${colours[kind]}; }`),
    `.line.none { stroke: ${colours.frame}; }`,
    ...(['added', 'changed', 'replaced', 'removed'] as const).map(
      (mark) => `.${mark} > rect, .line.${mark} { stroke: ${colours[mark]}; }`,
    ),
    `.removed > rect { fill: url(#${mapClass}-hatch); }`,
    `.hatch { stroke: ${colours.removed}; fill: ${colours.page}; }`,
  ]);

/** Light on paper, whatever the screen is. */
export const mapStyle = [
  shapes,
  coloursOf(light),
  `@media screen and (prefers-color-scheme: dark) {\n${coloursOf(dark)}\n}`,
].join('\n');
