import type { ErrorSubject, ErrorText, ErrorTexts, SimulatedError } from '../../constructs/contract/simulation';

type Kind = keyof ErrorTexts;

/** What is said where neither the rule nor the provider has a wording of its own. */
const DEFAULTS: Readonly<Record<Kind, ErrorText>> = {
  missing: ({ attribute, value, wanted }) => ({ summary: `${wanted ?? 'object'} "${value}" not found`, attribute }),
  inUse: ({ self, other }) => ({
    summary: `${self.type} "${self.id}" is still in use by ${other?.type} "${other?.id}"`,
  }),
  taken: ({ self, attribute, value, other }) => ({
    summary: `${self.type}: ${attribute} "${value}" already exists`,
    detail: other ? `It belongs to "${other.id}".` : '',
    attribute,
  }),
  outside: ({ attribute, value, wanted }) => ({
    summary: `${attribute} "${value}" is outside of ${wanted}, or reserved there`,
    attribute,
  }),
  quota: ({ wanted, limit, usage }) => ({ summary: `Quota "${wanted}" exceeded. Limit: ${limit}, would be: ${usage}` }),
  notFound: ({ self }) => ({ summary: `no matching ${self.type} found` }),
};

/** An error of one kind in the most particular wording that there is. */
export function errorOf(
  kind: Kind,
  subject: ErrorSubject,
  ...texts: readonly (ErrorText | undefined)[]
): SimulatedError {
  const text = texts.find((candidate) => candidate !== undefined) ?? DEFAULTS[kind];
  return text(subject);
}
