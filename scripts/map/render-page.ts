import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { repositoryRoot } from '../cli/repository-root';
import { changesTable } from './page-changes';
import { pageStyle } from './page-style';
import type { PlacedMap } from './placed';
import { renderSvg, titleOf } from './render-svg';
import { element, text } from './xml';

/** What is wide rather than high fits a sheet of paper and stays legible. */
const onePageRatio = 0.9;

/** One file that needs nothing else: the drawing, with search, zoom, folding and details. */
export async function renderMapPage(map: PlacedMap): Promise<string> {
  const script = await browserScript();
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`;
  const title = text(titleOf(map));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>${title}</h1>${tools}</header>
<main id="view" tabindex="0" aria-label="Map"${map.height / map.width <= onePageRatio ? ' class="one-page"' : ''}>
${renderSvg(map, { withHidden: true })}</main>
${panel}
<footer>${map.change ? changesTable(map) : ''}${keyHelp}</footer>
<script type="application/json" id="map-data">${embedded(map)}</script>
<script>${script}</script>
</body>
</html>
`;
}

const button = (id: string, label: string, content: string): string =>
  element('button', { id, type: 'button', 'aria-label': label, title: label }, content);

const tools = element(
  'div',
  { id: 'tools', role: 'toolbar', 'aria-label': 'View', hidden: '' },
  [
    element('label', { for: 'find' }, 'Find'),
    '<input id="find" type="search" size="18" placeholder="name, address, type, changed">',
    '<output id="found" for="find"></output>',
    button('zoom-out', 'Zoom out', '−'),
    button('zoom-in', 'Zoom in', '+'),
    button('zoom-fit', 'Fit the width', 'Fit'),
    element('button', { id: 'unfold', type: 'button', 'aria-pressed': 'false' }, 'Show all machines'),
  ].join('\n'),
);

const panel = `<aside id="details" aria-live="polite" aria-labelledby="details-title" hidden>
<div><h2 id="details-title"></h2>${button('details-close', 'Close details', '✕')}</div>
<dl id="details-list"></dl>
</aside>`;

const keyHelp = element(
  'p',
  { class: 'keys' },
  'Keys: / find, + − 0 zoom; in the map ↓ ↑ next and previous, → into, ← out of, Enter details or unfold, Esc close.',
);

/** JSON within a script element: nothing in it can end the element. */
function embedded(map: PlacedMap): string {
  return JSON.stringify(map).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** What the page runs: compiled from `page/` here, since a browser takes one file. */
async function browserScript(): Promise<string> {
  const { build } = await import('esbuild');
  const entryPoints = [join(repositoryRoot(), 'scripts', 'map', 'page', 'main.mjs')];
  const { outputFiles } = await build({
    ...{ entryPoints, bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022' },
    ...{ minify: true, charset: 'utf8', logLevel: 'silent' },
  });
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
}
