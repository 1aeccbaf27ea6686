import { percent, sameValuesOf } from './bounds';
import { cell } from './cell';
import type { PlanFidelity } from './plans';
import type { Records } from './records';

export const planIntroduction = [
  'The same resources are planned by both: their creation, and as they stand after it every change of one argument that both',
  'accept (changed, dropped, added, a block doubled). Both are asked what Terraform asks: its proposed state, and where a',
  'change replaces the resource the plan of the new one. A state is what the provider planned, with the values of the',
  'sandbox in the place of those that only a cloud can know.',
  '',
  '- *values*: planned values, nested ones too, but for those that are null or empty for both, and those that both copied from the',
  '  configuration. *same*: the share in which both plan the same, unknown for unknown. The bound is 97 %.',
  '- *replacements*: changes that either of them answers by a replacement; *same*: where both name the same paths as its cause.',
  '  All have to be.',
  '- *not planned*: creations that the provider does not plan without its API.',
  '- BIG-IP is asked without being configured, as else it asks its device.',
];

export function planTable(all: Records): string[] {
  const lines = Object.entries(all).map(([title, { date, plans }]) => {
    const { creates, updates, values, replacements, sameReplacements, unplanned } = plans;
    const shares = [percent(sameValuesOf(plans)), replacements, sameReplacements, unplanned.length, date];
    return `| ${[title, creates, updates, values, ...shares].join(' | ')} |`;
  });
  const head = '| provider | creations | updates | values | same | replacements | same | not planned | read |';
  return [head, '|---|---|---|---|---|---|---|---|---|', ...lines];
}

export function planRows({ differences, unplanned }: PlanFidelity): string[] {
  const lines = differences.map(({ type, path, count, change, real, sandbox, reason }) => {
    return `| ${[`\`${type}\``, `\`${path}\``, String(count), change, real, sandbox, reason].map(cell).join(' | ')} |`;
  });
  const head = [
    '| resource | value | times | first change | provider | sandbox | why |',
    '|---|---|---|---|---|---|---|',
  ];
  const left = unplanned.map((text) => `- not planned: ${cell(text)}`);
  return [...(lines.length > 0 ? [...head, ...lines] : []), ...(left.length > 0 ? ['', ...left] : [])];
}
