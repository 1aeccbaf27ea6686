import { groupBy } from '../../constructs/util/group';
import { percent, sameValuesOf } from './bounds';
import { agreementOf, type Disagreement, type Fidelity, refusalsFoundOf } from './compare';
import { cell } from './cell';
import type { Measured } from './measure';
import { planIntroduction, planRows, planTable } from './plan-report';
import type { Recorded, Records } from './records';

/** The document of the figures and of what does not agree. */
export function renderFidelity(all: Records): string {
  return [
    '# How faithful the sandbox is',
    '',
    'Made by `npm run fidelity -- --write` from the figures in `fidelity.json`. Do not edit.',
    '',
    '## Verdicts',
    '',
    ...introduction,
    '',
    ...table(all),
    '',
    '### Where they do not agree',
    '',
    ...sections(all, ({ verdicts }) => rows(verdicts.disagreements)),
    '## Plans',
    '',
    ...planIntroduction,
    '',
    ...planTable(all),
    '',
    '### Where plans differ',
    '',
    ...sections(all, ({ plans }) => planRows(plans)),
  ].join('\n');
}

function sections(all: Records, rowsOf: (one: Recorded) => string[]): string[] {
  return Object.entries(all).flatMap(([title, one]) => {
    const lines = rowsOf(one);
    return lines.length > 0 ? [`#### ${title}`, '', ...lines, ''] : [];
  });
}

const introduction = [
  'Every resource that the topologies of this repository emit is mutated: each configured argument dropped, of a wrong',
  'type, out of range, with a reference that leads nowhere; each argument that is not configured, exclusive ones among',
  'them, added; each block dropped and doubled. The provider and the sandbox are asked to validate and to plan each',
  'mutation, offline. Accepted or refused: that is the verdict on which they agree or not.',
  '',
  '- *by Terraform*: refused by the schema alone before anybody is asked, so the same for both; not in the share.',
  '- *asked*: mutations that both judged. *agree*: the share on which both said the same.',
  '- *provider refuses*: of those asked. *refusals found*: the share of these that the sandbox refuses too. A sandbox that',
  '  accepts everything would agree wherever a provider refuses little, and find nothing.',
  '- *unjudged*: configurations that one of them refuses unchanged, whose mutations were not asked.',
  '- A reference that leads nowhere is judged by validate and plan alone, where a provider cannot know that nothing is there:',
  "  that the sandbox refuses it at the apply is shown by the adapters' tests, not by these figures.",
  '- Two versions of one provider count apart: each profile has its own.',
];

function table(all: Records): string[] {
  const lines = Object.entries(all).map(([title, { date, verdicts: one }]) => {
    const { types, configurations, byTerraform, asked, realRefused, unjudged } = one;
    const shares = [percent(agreementOf(one)), realRefused, foundOf(one), unjudged.length, date];
    return `| ${[title, types, configurations, byTerraform, asked, ...shares].join(' | ')} |`;
  });
  const head =
    '| provider | types | configurations | by Terraform | asked | agree | provider refuses | refusals found | unjudged | read |';
  return [head, '|---|---|---|---|---|---|---|---|---|---|', ...lines];
}

function foundOf(measured: Fidelity): string {
  const found = refusalsFoundOf(measured);
  return found === undefined ? 'none to find' : percent(found);
}

/** One line each: `99.27 % of 1388 agree, 97.54 % of 407 refusals found, 0 unjudged`. */
export function summariesOf({ verdicts, plans }: Measured): string[] {
  const { asked, realRefused, unjudged } = verdicts;
  const agree = `${percent(agreementOf(verdicts))} of ${asked} agree`;
  const { values, replacements, sameReplacements } = plans;
  return [
    `${agree}, ${foundOf(verdicts)} of ${realRefused} refusals found, ${unjudged.length} unjudged`,
    `${percent(sameValuesOf(plans))} of ${values} planned values, ${sameReplacements} of ${replacements} replacements are the same`,
  ];
}

/** Why the sandbox does not say what the provider says, by the provider's words; the first that fits. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /block is empty|must be specified in|at least one of .* must be specified/,
    'asks what is in a block, in code of its own',
  ],
  [/Duplicate|Only the first disk/, 'compares blocks of one kind with each other'],
  [/list must contain|Not enough list items|requires \d+ item/, 'counts the items of an argument'],
  [
    /cannot be set for non-managed|managed backend|when "?target_type|connectivity_type|advertise_mode|irb\.|must be defined|must be spe|cannot have drain/,
    'depends on the value of another argument',
  ],
  [
    /not a valid IPv6|invalid CIDR|bad format|unauthorized character|RFC5735|recognized parameter/,
    'reads a text with code of its own',
  ],
  [/^accepted/, 'the sandbox is stricter than the provider offline'],
];

function rows(disagreements: readonly Disagreement[]): string[] {
  if (disagreements.length === 0) return [];
  const key = ({ type, path, mutation }: Disagreement): string => `${type} ${path} ${mutation}`;
  const lines = [...groupBy(disagreements, key).values()].map((same) => {
    const [{ type, path, mutation, real, sandbox } = same[0] as Disagreement] = same;
    const reason = reasons.find(([words]) => words.test(real))?.[1] ?? 'no rule of the facts says it';
    return `| ${[`\`${type}\``, `\`${path}\``, mutation, real, sandbox, reason].map(cell).join(' | ')} |`;
  });
  return ['| resource | argument | mutation | provider | sandbox | why |', '|---|---|---|---|---|---|', ...lines];
}
