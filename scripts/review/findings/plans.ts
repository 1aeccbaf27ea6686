import { type Subject, isKnownType } from '../analysis/subject';
import type { Finding } from '../report';
import { counted, finding, type ReviewContext } from './context';

/** Checks of the configuration that do not pass. */
export function failedChecks({ checks }: ReviewContext): Finding[] {
  return checks.map(({ stack, address, status, messages }) =>
    finding(
      {
        rule: 'check',
        decision: status !== 'unknown',
        stack,
        title: status === 'unknown' ? `${address} is checked at the apply` : `${address} does not pass its check`,
        details: [...messages],
      },
      [{ stack, address }],
    ),
  );
}

/** What somebody has changed behind Terraform's back. */
export function driftFindings({ drift }: ReviewContext): Finding[] {
  return drift.map((subject) =>
    finding(
      {
        rule: 'drift',
        decision: true,
        stack: subject.stack,
        title: `${subject.address} ${drifted(subject)} outside of Terraform`,
        details: ['This plan puts it back, or follows it, as the changes say.'],
      },
      [subject],
    ),
  );
}

const drifted = ({ action }: Subject): string => (action === 'delete' ? 'was deleted' : 'was changed');

/** Types of which it is not known whether they hold data. */
export function unknownTypes({ subjects }: ReviewContext): Finding[] {
  const going = subjects.filter(({ action }) => action === 'delete' || action === 'replace');
  const types = [...new Set(going.flatMap(({ planned }) => (isKnownType(planned.type) ? [] : [planned.type])))].sort();
  if (types.length === 0) return [];
  return [
    finding({
      rule: 'note',
      title: `${counted(types.length, 'type')} that ${types.length === 1 ? 'goes' : 'go'} away ${types.length === 1 ? 'is' : 'are'} not known here`,
      details: [`${types.join(', ')}: look yourself whether data goes with them.`],
    }),
  ];
}
