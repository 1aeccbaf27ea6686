import { isOpen, isOpenFinding } from '../build-report';
import { type Report, idOf } from '../report';

/** Findings that wait for somebody. */
export const openFindings = ({ findings }: Report): Report['findings'] => findings.filter(isOpenFinding);

export const otherFindings = ({ findings }: Report): Report['findings'] =>
  findings.filter((finding) => !isOpenFinding(finding));

/** Resources whose change needs a word, for as long as the verdict does. */
export function blockingResources(report: Report): string[] {
  if (report.verdict === 'fine') return [];
  const byClass = report.changes.filter(isOpen).map(idOf);
  return [...new Set([...openFindings(report).flatMap(({ addresses }) => addresses), ...byClass])].sort();
}
