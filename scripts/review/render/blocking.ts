import { decisiveRisks } from '../build-report';
import { type Report, idOf } from '../report';

/** Findings that wait for somebody. */
export const openFindings = ({ findings }: Report): Report['findings'] =>
  findings.filter(({ decision, acknowledged }) => decision && !acknowledged);

export const otherFindings = ({ findings }: Report): Report['findings'] =>
  findings.filter(({ decision, acknowledged }) => !decision || acknowledged);

/** Resources whose change needs a word, for as long as the verdict does. */
export function blockingResources(report: Report): string[] {
  if (report.verdict === 'fine') return [];
  const byClass = report.changes.filter(({ risk }) => decisiveRisks.has(risk)).map(idOf);
  return [...new Set([...openFindings(report).flatMap(({ addresses }) => addresses), ...byClass])].sort();
}
