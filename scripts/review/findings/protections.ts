import type { Protection, ReviewedValues } from '../../../constructs/contract/review';
import { type Subject, valuesAfter, valuesBefore } from '../analysis/subject';
import type { Finding } from '../report';
import { finding, type ReviewContext } from './context';

/** What kept something from being lost and does not any more: at the provider, or in the configuration. */
export function liftedProtections(context: ReviewContext): Finding[] {
  return [...atProvider(context), ...inConfiguration(context)];
}

function atProvider({ subjects }: ReviewContext): Finding[] {
  return subjects.flatMap((subject) => {
    const lifted = (subject.reviewed.protections ?? []).filter((protection) => isLifted(subject, protection));
    return lifted.map(({ path }) =>
      finding(
        {
          rule: 'protection',
          decision: true,
          stack: subject.stack,
          title: `${subject.address} loses its protection: ${path}`,
          details: ['The next change can delete it.'],
        },
        [subject],
      ),
    );
  });
}

function isLifted(subject: Subject, { path, on = true }: Protection): boolean {
  if (!['update', 'replace', 'import'].includes(subject.action)) return false;
  return at(valuesBefore(subject), path) === on && at(valuesAfter(subject), path) !== on;
}

const at = (values: ReviewedValues, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => {
    const inner = Array.isArray(value) ? (value as unknown[])[0] : value;
    return typeof inner === 'object' && inner !== null ? (inner as ReviewedValues)[name] : undefined;
  }, values);

/** `prevent_destroy` is no part of a plan: it is read from both configurations. */
function inConfiguration({ files }: ReviewContext): Finding[] {
  return [...files.base].flatMap(([id, base]) => {
    const head = files.head.get(id);
    const lifted = [...base.protected].filter((address) => head && !head.protected.has(address)).sort();
    return lifted.map((address) => {
      const stays = head?.paths.has(address) ?? false;
      const title = stays
        ? `${address} loses prevent_destroy`
        : `${address} had prevent_destroy and is not in the configuration any more`;
      return finding({ rule: 'protection', decision: true, stack: id, title }, [{ stack: id, address }]);
    });
  });
}
