import { text } from '../../../map/xml';
import {
  type AttributeChange,
  type FileDiff,
  type Report,
  type ResourceChange,
  type RiskClass,
  idOf,
  riskClasses,
} from '../../report';
import { attributeText, capital, placeText, riskWords } from '../words';
import { tag } from './tag';

/** A browser stays quick with so many; the JSON has all. */
const mostChanges = 5000;

/** Every change under its class, worst first, its attributes folded. */
export function changeSections({ changes }: Report): string {
  let left = mostChanges;
  return riskClasses
    .map((risk) => {
      const own = changes.filter((change) => change.risk === risk);
      const shown = own.slice(0, left);
      left -= shown.length;
      return own.length === 0 ? '' : section(risk, own.length, shown);
    })
    .join('\n');
}

function section(risk: RiskClass, count: number, shown: readonly ResourceChange[]): string {
  const { sign, text: words } = riskWords[risk];
  const rest = count - shown.length;
  return tag(
    'section',
    { class: 'class' },
    [
      tag('h2', {}, text(`${sign} ${capital(words)}: ${count}`)),
      ...shown.map(change),
      rest > 0 ? tag('p', {}, `… and ${rest} more, in the JSON of this review`) : '',
    ].join('\n'),
  );
}

function change(one: ResourceChange): string {
  const place = placeText(one.place);
  const { stack, risk, previousAddress: former, why, reason, attributes } = one;
  const data = { 'data-risk': risk, 'data-stack': word(stack), 'data-site': one.place.sites.map(word).join(' ') };
  const summary = [
    `${tag('code', {}, text(idOf(one)))}${former === undefined ? '' : text(` (was ${former})`)}`,
    tag('span', { class: 'quiet' }, text(place)),
  ].join(' ');
  const because = reason === undefined ? '' : ` Terraform: ${reason}.`;
  return tag(
    'details',
    { class: 'change', ...data },
    [
      tag('summary', {}, summary),
      tag('p', {}, text(`${why}${because}`)),
      attributes.length === 0 ? '' : tag('ul', {}, attributes.map(attribute).join('\n')),
    ].join(''),
  );
}

/** Attributes of one word each, so that several fit into one. */
export const word = (value: string): string => value.replace(/\s+/g, '_');

function attribute(one: AttributeChange): string {
  const forces = one.forces ? ` ${tag('strong', {}, 'forces the replacement')}` : '';
  return tag('li', {}, `${tag('code', {}, text(attributeText(one)))}${forces}${(one.files ?? []).map(file).join('')}`);
}

function file({ file: name, change: what, diff }: FileDiff): string {
  const lines = diff.split('\n').map((line) => {
    const written = text(line);
    if (line.startsWith('+')) return tag('ins', {}, written);
    return line.startsWith('-') ? tag('del', {}, written) : written;
  });
  return `<div>${tag('code', {}, text(name))} ${text(what)}</div>${tag('pre', {}, lines.join('\n'))}`;
}
