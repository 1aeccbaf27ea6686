import { type Report, type ReviewedSide, type RiskClass, riskClasses } from '../../report';
import { riskWords, verdictText } from '../words';
import { code, prose } from './escape';

/** By it a recipe finds its one comment again. */
export const marker = (topology: string | undefined): string =>
  `<!-- watari-review: ${(topology ?? 'plans').replace(/[^\w.-]/g, '_').slice(0, 80)} -->`;

/** What a tired reviewer reads first: the verdict, of what it is one, and how many changes of which class. */
export function head(report: Report): string[] {
  const { title, topology, verdict, risks } = report;
  const sign = verdict === 'fine' ? '✅' : '🛑';
  const rows = riskClasses.filter((risk) => (risks[risk] ?? 0) > 0);
  return [
    marker(topology),
    `## ${sign} ${prose(title, 120)}: ${verdictText[verdict].toLowerCase()}`,
    '',
    subject(report),
    '',
    ...(rows.length === 0
      ? ['Nothing changes.']
      : ['| | what becomes of it | changes |', '|---|---|--:|', ...rows.map((risk) => row(risk, risks[risk] ?? 0))]),
    '',
  ];
}

const row = (risk: RiskClass, count: number): string =>
  `| ${riskWords[risk].sign} | ${riskWords[risk].text} | ${count} |`;

/** The base and the head that were compared, and by what the change is known. */
function subject({ base, head: to, fingerprint, stacks }: Report): string {
  const sides = base && to ? [`Base ${sideCode(base)}, head ${sideCode(to)}`] : [];
  const change = fingerprint ? [`change ${code(fingerprint.change, 80)}`] : [];
  const changing = stacks.filter(({ outcome }) => outcome === 'changes').length;
  return `${[...sides, ...change, `${changing} of ${stacks.length} stacks change`].join(' · ')}.`;
}

const sideCode = ({ revision, commit }: ReviewedSide): string =>
  commit === undefined || commit.startsWith(revision)
    ? code(commit ?? revision, 80)
    : `${code(revision, 80)} (${code(commit, 80)})`;
