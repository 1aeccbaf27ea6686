import { dark, light, mapClass } from './style';

type Palette = typeof light;

const colours = ({ text, quiet, page, site, frame, circuit }: Palette): string =>
  `--text: ${text}; --quiet: ${quiet}; --page: ${page}; --panel: ${site}; --frame: ${frame}; --focus: ${circuit};`;

/** Of the page around the drawing, and of what only a page does with it. */
export const pageStyle = `
:root { color-scheme: light dark; ${colours(light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${colours(dark)} } }
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: grid; grid: auto minmax(0, 1fr) auto / minmax(0, 1fr) auto;
  font: 14px system-ui, "DejaVu Sans", Helvetica, Arial, sans-serif; color: var(--text); background: var(--page); }
header { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center;
  padding: 8px 16px; border-bottom: 1px solid var(--frame); }
h1 { font-size: 16px; margin: 0; }
h2 { font-size: 14px; margin: 0; overflow-wrap: anywhere; }
#tools { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
#tools[hidden], aside[hidden], button[hidden] { display: none; }
input, button { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--frame); border-radius: 4px; padding: 4px 10px; }
button { cursor: pointer; }
button[aria-pressed="true"] { border-width: 2px; font-weight: 600; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
#view { overflow: auto; }
#view svg { display: block; }
aside { width: 320px; overflow: auto; padding: 12px 16px; border-left: 1px solid var(--frame); background: var(--panel); }
aside div { display: flex; gap: 8px; justify-content: space-between; align-items: start; }
dt { color: var(--quiet); font-size: 12px; margin-top: 8px; }
dd { margin: 0; overflow-wrap: anywhere; }
footer { grid-column: 1 / -1; max-height: 30vh; overflow: auto; padding: 6px 16px; border-top: 1px solid var(--frame); }
footer p { margin: 4px 0; color: var(--quiet); font-size: 12px; }
table { border-collapse: collapse; }
td, th { text-align: left; vertical-align: top; padding: 2px 16px 2px 0; }
td:nth-child(2) { white-space: nowrap; }
td button { border: 0; background: none; padding: 0; text-decoration: underline; text-align: left; }
.${mapClass} .box { cursor: pointer; }
.${mapClass} .hidden { display: none; }
.${mapClass}.searching .box:not(.hit) { opacity: 0.3; }
.${mapClass} .selected > rect { stroke-width: 4; stroke-dasharray: none; }
.${mapClass} .fleet.selected > rect, .${mapClass} .balancer.selected > rect { stroke: var(--frame); stroke-width: 2; }
.${mapClass} .line.selected { stroke-width: 6; }
.${mapClass} .knob { font-size: 14px; }
@media (min-width: 801px), print { td:first-child { white-space: nowrap; } }
@media (max-width: 800px) {
  body { grid: auto minmax(0, 1fr) auto auto / minmax(0, 1fr); }
  aside { width: auto; max-height: 40vh; border-left: 0; border-top: 1px solid var(--frame); }
}
@media print {
  @page { size: landscape; margin: 10mm; }
  body { display: block; height: auto; }
  #tools, aside, .keys { display: none !important; }
  header { padding: 0 0 4px; }
  #view, footer { overflow: visible; max-height: none; }
  #view svg { width: 100% !important; height: auto !important; }
  #view.one-page svg { max-height: 165mm; }
  footer { border: 0; padding: 8px 0; }
  tr { break-inside: avoid; }
  .${mapClass} .box { opacity: 1 !important; }
}
`;
