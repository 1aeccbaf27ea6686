import { groupBy } from '../../constructs/util/group';
import { percent } from './bounds';
import { agreementOf, type Disagreement, type Fidelity, refusalsFoundOf } from './compare';

/** What was measured of one provider, by `name@version`. */
export type Fidelities = Readonly<Record<string, Fidelity>>;

/** The document of the figures and of what does not agree. @param date ISO 8601 @param command that made it */
export function renderFidelity(all: Fidelities, date: string, command: string): string {
  const parts = Object.entries(all).filter(([, { disagreements }]) => disagreements.length > 0);
  return [
    '# How faithful the sandbox is',
    '',
    `Made on ${date} by \`${command}\`. Do not edit.`,
    '',
    ...introduction,
    '',
    ...table(all),
    '',
    '## Where they do not agree',
    '',
    ...parts.flatMap(([title, { disagreements }]) => [`### ${title}`, '', ...rows(disagreements), '']),
  ].join('\n');
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

function table(all: Fidelities): string[] {
  const lines = Object.entries(all).map(([title, one]) => {
    const { types, configurations, byTerraform, asked, realRefused, unjudged } = one;
    const shares = [percent(agreementOf(one)), realRefused, foundOf(one), unjudged.length];
    return `| ${[title, types, configurations, byTerraform, asked, ...shares].join(' | ')} |`;
  });
  const head =
    '| provider | types | configurations | by Terraform | asked | agree | provider refuses | refusals found | unjudged |';
  return [head, '|---|---|---|---|---|---|---|---|---|', ...lines];
}

function foundOf(measured: Fidelity): string {
  const found = refusalsFoundOf(measured);
  return found === undefined ? 'none to find' : percent(found);
}

/** One line: `99.27 % of 1388 agree, 97.54 % of 407 refusals found, 0 unjudged`. */
export function summaryOf(measured: Fidelity): string {
  const { asked, realRefused, unjudged } = measured;
  const agree = `${percent(agreementOf(measured))} of ${asked} agree`;
  return `${agree}, ${foundOf(measured)} of ${realRefused} refusals found, ${unjudged.length} unjudged`;
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
  const key = ({ type, path, mutation }: Disagreement): string => `${type} ${path} ${mutation}`;
  const lines = [...groupBy(disagreements, key).values()].map((same) => {
    const [{ type, path, mutation, real, sandbox } = same[0] as Disagreement] = same;
    const reason = reasons.find(([words]) => words.test(real))?.[1] ?? 'no rule of the facts says it';
    return `| ${[`\`${type}\``, `\`${path}\``, mutation, real, sandbox, reason].map(cell).join(' | ')} |`;
  });
  return ['| resource | argument | mutation | provider | sandbox | why |', '|---|---|---|---|---|---|', ...lines];
}

const longest = 110;

function cell(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}...` : text;
  return short.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
}
