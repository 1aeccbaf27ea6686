import { createHash } from 'node:crypto';
import { text } from '../../map/xml';
import { type Report, riskClasses } from '../report';
import { changeSections, word } from './html/changes';
import { tag } from './html/tag';
import { costSection, findingSections, heading, noteSection, orderSection } from './html/sections';
import { script, style } from './html/style';
import { riskWords } from './words';

/** Nothing but what is in the file: no network, and no script but the one that is ours. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/**
 * A page that needs nothing else, and that is whole without its script too.
 * @param picture the platform with what changes, as an SVG of `scripts/map`
 */
export function renderHtml(report: Report, picture?: string): string {
  const figure =
    picture === undefined ? '' : tag('figure', { 'aria-label': 'Map of the change', tabindex: 0 }, picture);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${text(report.title)}</title>
<style>${style}</style>
</head>
<body>
<header>${heading(report)}</header>
<main>
${findingSections(report)}
${figure}
${filter(report)}
${changeSections(report)}
${costSection(report)}
${orderSection(report)}
${noteSection(report)}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function filter({ changes }: Report): string {
  const risks = riskClasses.filter((risk) => changes.some((change) => change.risk === risk));
  const stacks = [...new Set(changes.map(({ stack }) => stack))].sort();
  const sites = [...new Set(changes.flatMap(({ place }) => place.sites))].sort();
  return tag(
    'div',
    { id: 'filter', role: 'search', hidden: '' },
    [
      '<label>Find <input id="find" type="search" placeholder="address, attribute, value ( / )"></label>',
      select(
        'risk',
        'Class',
        risks.map((risk) => [risk, riskWords[risk].text]),
      ),
      select(
        'stack',
        'Stack',
        stacks.map((id) => [word(id), id]),
      ),
      select(
        'site',
        'Site',
        sites.map((id) => [word(id), id]),
      ),
      '<button id="unfold" type="button" aria-pressed="false">Unfold all</button>',
      '<output id="found" aria-live="polite"></output>',
    ].join('\n'),
  );
}

function select(id: string, label: string, choices: readonly (readonly [string, string])[]): string {
  const options = choices.map(([value, shown]) => tag('option', { value }, text(shown)));
  return `<label>${label} ${tag('select', { id }, ['<option value="">all</option>', ...options].join(''))}</label>`;
}
