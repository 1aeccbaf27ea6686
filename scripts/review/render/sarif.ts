import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { stableHash } from '../../../constructs/util/hash';
import { version } from '../../../package.json';
import { decisiveRisks } from '../build-report';
import { type Finding, type Report, type ResourceChange, findingRules, idOf, riskClasses } from '../report';
import { clip } from './markdown/escape';
import { findingWords, riskHelp } from './rule-words';
import { attributeText, capital, forcing, placeText, riskWords } from './words';

/**
 * GitHub refuses a run with more than 25,000 results and shows 5,000 of them.
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export const mostResults = 5000;
type Level = NonNullable<Result['level']>;

/** GitHub's bound for descriptions; longer messages help nobody beside a line of code. */
const mostText = 1000;

/** For code scanning: each finding and each change beside the topology's file. */
export function renderSarif(report: Report): string {
  const all = [
    ...report.findings.map((finding) => findingResult(report, finding)),
    ...report.changes.map((change) => changeResult(report, change)),
  ];
  const order: readonly (Level | undefined)[] = ['error', 'warning', 'note'];
  const results = all.sort((one, other) => order.indexOf(one.level) - order.indexOf(other.level));
  const run: Run = {
    tool: { driver: { name: 'Watari plan review', semanticVersion: version, rules } },
    automationDetails: { id: `watari-review/${forUri(report.topology ?? 'plans')}/` },
    invocations: [{ executionSuccessful: true, ...leftOut(results.length) }],
    results: results.slice(0, mostResults),
  };
  const log: Log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 1)}\n`;
}

function leftOut(count: number): Pick<NonNullable<Run['invocations']>[number], 'toolExecutionNotifications'> {
  if (count <= mostResults) return {};
  const text = `${count - mostResults} of ${count} results are left out, the mildest; the JSON of the review has them.`;
  return { toolExecutionNotifications: [{ level: 'note', message: { text } }] };
}

const rules: ReportingDescriptor[] = [
  ...riskClasses.map((risk) => rule(`change/${risk}`, capital(riskWords[risk].text), riskHelp[risk])),
  ...findingRules.map((name) => rule(`finding/${name}`, findingWords[name].text, findingWords[name].help)),
];

function rule(id: string, text: string, help: string): ReportingDescriptor {
  return {
    id,
    name: id.split(/[/-]/).map(capital).join(''),
    shortDescription: { text },
    fullDescription: { text: `${text}. ${help}` },
    help: { text: help, markdown: help },
    properties: { tags: ['infrastructure'] },
  };
}

function findingResult(
  report: Report,
  { rule: name, decision, acknowledged, title, details, addresses, stack }: Finding,
): Result {
  const isOpen = decision && !acknowledged;
  return result(report, {
    ruleId: `finding/${name}`,
    level: isOpen ? 'error' : acknowledged || name === 'note' || name === 'everywhere' ? 'note' : 'warning',
    text: [title, ...details].join('\n'),
    about: addresses.length > 0 ? addresses : [stack ?? ''],
    // What it is about; numbers in its words may change from one push to the next.
    identity: JSON.stringify([name, stack, addresses.length > 0 ? addresses : title]),
  });
}

function changeResult(report: Report, change: ResourceChange): Result {
  const place = placeText(change.place);
  const text = [
    `${idOf(change)}${place === '' ? '' : ` (${place})`}: ${riskWords[change.risk].text}. ${change.why}`,
    ...forcing(change).map((attribute) => `${attributeText(attribute)} forces it.`),
  ];
  return result(report, {
    ruleId: `change/${change.risk}`,
    level: levelOf(change, report),
    text: text.join('\n'),
    about: [idOf(change)],
    identity: idOf(change),
  });
}

/** A decisive change is acknowledged where the verdict is fine. */
function levelOf({ risk }: ResourceChange, { verdict }: Report): Level {
  if (decisiveRisks.has(risk)) return verdict === 'fine' ? 'warning' : 'error';
  return risk === 'behind-sibling' || risk === 'drained' ? 'warning' : 'note';
}

interface Said {
  readonly ruleId: string;
  readonly level: Level;
  readonly text: string;
  readonly about: readonly string[];
  /** By which it is known again in the next run. */
  readonly identity: string;
}

const shownAddresses = 20;

function result({ topology }: Report, { ruleId, level, text, about, identity }: Said): Result {
  return {
    ruleId,
    ruleIndex: rules.findIndex(({ id }) => id === ruleId),
    level,
    message: { text: plain(text) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(topology, about[0]) }, region: { startLine: 1 } },
        logicalLocations: about
          .slice(0, shownAddresses)
          .map((name) => ({ fullyQualifiedName: clip(name, 300), kind: 'resource' })),
      },
    ],
    // GitHub reads this one alone.
    partialFingerprints: { primaryLocationLineHash: `${stableHash(`${ruleId}\n${identity}`, 16)}:1` },
  };
}

/** The file in which somebody would change it; a plan of another project has none, so its stack stands for it. */
function uriOf(topology: string | undefined, about = ''): string {
  if (topology !== undefined) return `stacks/topologies/${forUri(topology)}.ts`;
  return `${forUri(about.split('/')[0] || 'plan')}.json`;
}

/** Halves of pairs of surrogates cannot be encoded. */
const forUri = (text: string): string => encodeURIComponent(Buffer.from(text.slice(0, 100)).toString());

/** Brackets would be links: SARIF 2.1.0, 3.11.6. */
const plain = (text: string): string =>
  clip(text.replace(/[^\P{Cc}\n\t]/gu, ' '), mostText).replace(/[\\[\]]/g, '\\$&');
