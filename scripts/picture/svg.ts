/** Plain SVG text: elements as strings, coordinates in pixels. */
type Attributes = Readonly<Record<string, string | number>>;

export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function box(place: Rectangle, style: string): string {
  return element('rect', { ...place, rx: 4, class: style });
}

export function label(x: number, y: number, text: string, style: string): string {
  return element('text', { x, y, class: style }, escapeText(text));
}

/** Text that reads upwards, centred on the point. */
export function uprightLabel(x: number, y: number, text: string, style: string): string {
  const turn = `rotate(-90 ${x} ${y})`;
  return element('text', { x, y, class: style, transform: turn, 'text-anchor': 'middle' }, escapeText(text));
}

/** A line through points, corners at right angles. */
export function path(points: readonly (readonly [number, number])[], style: string): string {
  const [first, ...rest] = points.map((point) => point.join(' '));
  return element('path', { d: `M${first} ${rest.map((point) => `L${point}`).join(' ')}`, class: style });
}

/** Own background in both schemes, so that the picture is legible on any page. */
const styles = `
text { font: 12px system-ui, "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #1f2328; }
.title { font-weight: 600; font-size: 14px; }
.small { font-size: 11px; fill: #59636e; }
.page { fill: #ffffff; }
.site { fill: #f6f8fa; stroke: #59636e; }
.cell { fill: #ffffff; stroke: #afb8c1; }
.circuit, .vpn, .segment { fill: none; stroke-width: 3; }
.circuit { stroke: #0550ae; }
.vpn { stroke: #8a4600; stroke-dasharray: 8 4; }
.segment { stroke: #116329; stroke-dasharray: 2 3; stroke-width: 5; }
.backup { stroke-width: 1.5; }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc; }
.small { fill: #b1bac4; }
.page { fill: #0d1117; }
.site { fill: #151b23; stroke: #9198a1; }
.cell { fill: #0d1117; stroke: #656c76; }
.circuit { stroke: #6cb6ff; }
.vpn { stroke: #f0a35e; }
.segment { stroke: #57ab5a; }
}
`;

export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
  };
  const page = element('rect', { x: 0, y: 0, width, height, class: 'page' });
  const content = [element('title', {}, escapeText(title)), element('style', {}, styles), page, ...parts];
  return `${element('svg', attributes, `\n${content.join('\n')}\n`)}\n`;
}
