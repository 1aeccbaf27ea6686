import {
  type AttributeChange,
  type FileDiff,
  type ResourceChange,
  type RiskClass,
  idOf,
  riskClasses,
} from '../../report';
import { capital, forcing, placeText, riskWords } from '../words';
import { code, fenced, htmlCode, prose } from './escape';
import { fill, type Item, sizeOf } from './fill';

const shownAttributes = 8;
const mostDiff = 3000;
/** Classes that are read without unfolding. */
const unfolded: ReadonlySet<RiskClass> = new Set(['data-loss', 'downtime', 'destroyed']);

/** Changes of one class, and what is said once because it holds for all of them. */
interface Group {
  readonly risk: RiskClass;
  readonly changes: readonly ResourceChange[];
  readonly why: string;
}

/** Every change, worst first, each class under its own heading; what has no room is counted. */
export function changeLines(changes: readonly ResourceChange[], budget: number): string[] {
  const groups = riskClasses.map((risk) => groupOf(risk, changes)).filter((group) => group.changes.length > 0);
  const frames = groups.flatMap((group) => frameOf(group, group.changes.length)).join('\n');
  const items = groups.flatMap((group) => group.changes.map((change) => itemOf(change, group.why === '')));
  const shown = fill(items, budget - sizeOf(frames) - 1);
  return groups.flatMap((group) => {
    const own = shown.splice(0, group.changes.length);
    const [open = '', ...rest] = frameOf(group, group.changes.length - own.length);
    const close = rest.splice(group.why === '' ? 1 : 3);
    return [open, ...rest, ...own, ...close];
  });
}

function groupOf(risk: RiskClass, all: readonly ResourceChange[]): Group {
  const changes = all.filter((change) => change.risk === risk);
  const [first = '', ...others] = changes.map(whyOf);
  return { risk, changes, why: others.every((why) => why === first) ? first : '' };
}

function whyOf({ risk, why, reason }: ResourceChange): string {
  if (risk === 'created') return '';
  return `${prose(why)}${reason === undefined ? '' : ` Terraform: ${prose(reason, 100)}.`}`;
}

/** What stands around the changes of a class: two or four lines above, the others below. */
function frameOf({ risk, changes: { length: all }, why }: Group, hidden: number): string[] {
  const { sign, text } = riskWords[risk];
  const title = `${sign} ${capital(text)}: ${all}`;
  const above = why === '' ? [''] : ['', `Why: ${why}`, ''];
  const where = 'in the page and the JSON of this review';
  const more = hidden === 0 ? [] : [`- … ${hidden === all ? `${all}, all of them,` : `and ${hidden} more,`} ${where}`];
  return unfolded.has(risk)
    ? [`### ${title}`, ...above, ...more, '']
    : [`<details><summary><b>${title}</b></summary>`, ...above, ...more, '', '</details>', ''];
}

const itemOf = (change: ResourceChange, saysWhy: boolean): Item => ({
  short: () => [titleOf(change, saysWhy), ...forcing(change).slice(0, 2).map(attributeLine)].join('\n'),
  full: () => full(change, saysWhy),
});

function titleOf(change: ResourceChange, saysWhy: boolean): string {
  const place = placeText(change.place);
  const from = change.previousAddress === undefined ? '' : ` (was ${code(change.previousAddress)})`;
  const why = saysWhy && change.risk !== 'created' ? `: ${whyOf(change)}` : '';
  return `- ${code(idOf(change), 240)}${from}${place === '' ? '' : ` — ${prose(place, 160)}`}${why}`;
}

function full(change: ResourceChange, saysWhy: boolean): string {
  const reasons = forcing(change);
  const sorted = [...reasons, ...change.attributes.filter((attribute) => !reasons.includes(attribute))];
  const rest = sorted.length - shownAttributes;
  return [
    titleOf(change, saysWhy),
    ...sorted.slice(0, shownAttributes).map(attributeLine),
    ...(rest > 0 ? [`  - … and ${rest} more attributes`] : []),
    ...sorted.flatMap(({ files = [] }) => files).map(diffOf),
  ].join('\n');
}

/** `instance_type`: `t3.small` → `t3.large`. */
function attributeLine(attribute: AttributeChange): string {
  return `  - ${code(attribute.path, 120)}${meaning(attribute)}${attribute.forces ? ' **forces the replacement**' : ''}`;
}

function meaning({ change, before, after, unknown, files }: AttributeChange): string {
  if (change === 'order') return ': another order';
  const to = unknown === undefined ? after && code(after, 120) : `(${prose(unknown, 160)})`;
  if (files && files.length > 0 && before === undefined && to === undefined) return ': see the files';
  if (change === 'sensitivity') return `: ${to ?? 'is marked otherwise'}`;
  return `: ${before === undefined ? 'nothing' : code(before, 120)} → ${to ?? 'nothing'}`;
}

function diffOf({ file, change, diff }: FileDiff): string {
  const short = diff.length > mostDiff ? `${diff.slice(0, mostDiff)}\n… cut` : diff;
  const summary = `  <details><summary>${htmlCode(file)} ${change}</summary>`;
  return [summary, '', fenced('diff', short, '  '), '', '  </details>'].join('\n');
}
