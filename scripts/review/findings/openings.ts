import { type Opening, type ReviewedValues, isEverybody } from '../../../constructs/contract/review';
import { type Subject, valuesAfter, valuesBefore } from '../analysis/subject';
import type { Finding } from '../report';
import { finding, type ReviewContext } from './context';

/** Who may come in now and could not before: to everybody it needs a decision, to somebody it is said. */
export function openings({ subjects }: ReviewContext): Finding[] {
  return subjects.flatMap((subject) => {
    const open = unknownRead(subject, subject.reviewed.opens);
    if (open.length > 0) return [notKnown('opening', subject, `who may come in by ${subject.address}`, open)];
    const fresh = newOpenings(subject);
    if (fresh.length === 0) return [];
    const wide = fresh.filter(({ from }) => isEverybody(from));
    const shown = wide.length > 0 ? wide : fresh;
    return [
      finding(
        {
          rule: 'opening',
          decision: wide.length > 0,
          stack: subject.stack,
          title: `${subject.address} opens ${shown.map(describe).join('; ')}`,
          details: subject.action === 'create' ? ['The resource is new.'] : [],
        },
        [subject],
      ),
    ];
  });
}

const describe = ({ what, from }: Opening): string => `${what} to ${isEverybody(from) ? 'everybody' : from}`;

function newOpenings(subject: Subject): Opening[] {
  const { opens } = subject.reviewed;
  if (!opens || isGoing(subject)) return [];
  const before = subject.action === 'create' ? [] : opens(valuesBefore(subject));
  return opens(valuesAfter(subject)).filter((opening) => !before.some((former) => isWithin(opening, former)));
}

/** What a rule reads of a resource and nobody knows before the apply. A new resource is judged by what is known of it. */
function unknownRead(subject: Subject, rule: ((values: ReviewedValues) => unknown) | undefined): string[] {
  if (!rule || isGoing(subject) || subject.action === 'create') return [];
  const unknown = subject.planned.change.after_unknown as Readonly<Record<string, unknown>> | null | undefined;
  const read = new Set<string>();
  rule(new Proxy({}, { get: (_, name) => void (typeof name === 'string' && read.add(name)) }));
  return [...read].filter((name) => unknown?.[name] === true);
}

const notKnown = (
  rule: 'opening' | 'identity',
  subject: Subject,
  what: string,
  attributes: readonly string[],
): Finding =>
  finding(
    {
      rule,
      decision: true,
      stack: subject.stack,
      title: `It is known only after the apply ${what}`,
      details: [`Not known yet: ${attributes.join(', ')}.`],
    },
    [subject],
  );

/** `tcp 80-90 at edge`: what it is about, the first and the last port, and the rest. */
const ports = /^(\D*?)(\d+)(?:-(\d+))?(\D.*)?$/;

/** Whether somebody could do the same before: the same source or everybody, the same port or a range around it. */
function isWithin(opening: Opening, former: Opening): boolean {
  if (former.from !== opening.from && !isEverybody(former.from)) return false;
  if (former.what === opening.what) return true;
  const [narrow, wide] = [ports.exec(opening.what), ports.exec(former.what)];
  if (!narrow || !wide || narrow[1] !== wide[1] || narrow[4] !== wide[4]) return false;
  const [first, last] = [Number(narrow[2]), Number(narrow[3] ?? narrow[2])];
  return first >= Number(wide[2]) && last <= Number(wide[3] ?? wide[2]);
}

const isGoing = ({ action }: Subject): boolean => action === 'delete' || action === 'forget';

/** What was kept out, or forbidden, and is not any more. */
export function liftedRefusals({ subjects }: ReviewContext): Finding[] {
  return subjects.flatMap((subject) => {
    const { denies } = subject.reviewed;
    if (!denies || subject.action === 'create') return [];
    const after = new Set(isGoing(subject) ? [] : denies(valuesAfter(subject)));
    const lost = denies(valuesBefore(subject)).filter((line) => !after.has(line));
    if (lost.length === 0) return [];
    return [
      finding(
        {
          rule: 'opening',
          decision: true,
          stack: subject.stack,
          title: `${subject.address} does not keep out any more what it did`,
          details: lost,
        },
        [subject],
      ),
    ];
  });
}

/** What an identity may do now and could not before. */
export function permissions({ subjects }: ReviewContext): Finding[] {
  return subjects.flatMap((subject) => {
    const { grants } = subject.reviewed;
    if (!grants || isGoing(subject)) return [];
    const open = unknownRead(subject, grants);
    if (open.length > 0) return [notKnown('identity', subject, `what ${subject.address} allows`, open)];
    const before = new Set(subject.action === 'create' ? [] : grants(valuesBefore(subject)));
    const fresh = grants(valuesAfter(subject)).filter((line) => !before.has(line));
    if (fresh.length === 0) return [];
    return [
      finding(
        {
          rule: 'identity',
          decision: subject.action !== 'create' || fresh.some(isBroad),
          stack: subject.stack,
          title: `${subject.address} is allowed more than before`,
          details: fresh,
        },
        [subject],
      ),
    ];
  });
}

/** Everything, for everybody, or the right to give rights. */
const isBroad = (line: string): boolean =>
  /allow (\*|everything but)|:\* on \*| to (\*|everybody)|AdministratorAccess|IAMFullAccess|iam:(\*|Put|Attach|PassRole)|roles\/(owner|editor|iam\.|resourcemanager\.\w*IamAdmin)/.test(
    line,
  );
