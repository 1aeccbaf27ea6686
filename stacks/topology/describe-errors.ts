import type { ErrorObject } from 'ajv';
import type { Problem } from '../../constructs/contract/problem';
import { addressForms } from '../../constructs/util/address-schema';
import { groupBy } from '../../constructs/util/group';

/** A union reports every branch; only the branch that the user meant is worth reading. */
export function describeErrors(errors: readonly ErrorObject[]): Problem[] {
  const unions = errors
    .filter((error) => error.keyword === 'anyOf')
    .sort((a, b) => b.schemaPath.length - a.schemaPath.length);
  let rest = errors.filter((error) => error.keyword !== 'anyOf');
  for (const union of unions) rest = keepClosestBranch(union, rest);
  return unique(oneForEachValue(rest).map(describeError));
}

/** Rules on a value, the most telling first: what is no integer is within no bound either. */
const rulesOfValue = ['const', 'enum', 'type', 'format', 'pattern', 'minimum', 'maximum', 'minLength', 'maxLength'];

/** One mistake in a value breaks several rules of its schema: the most telling is enough to mend it. */
function oneForEachValue(errors: readonly ErrorObject[]): ErrorObject[] {
  const rank = ({ keyword }: ErrorObject): number => rulesOfValue.indexOf(keyword);
  const best = new Map<string, number>();
  for (const error of errors.filter((each) => rank(each) >= 0))
    best.set(error.instancePath, Math.min(rank(error), best.get(error.instancePath) ?? rulesOfValue.length));
  return errors.filter((error) => rank(error) < 0 || rank(error) === best.get(error.instancePath));
}

function keepClosestBranch(union: ErrorObject, errors: readonly ErrorObject[]): ErrorObject[] {
  const inside = errors.filter((error) => error.schemaPath.startsWith(`${union.schemaPath}/`));
  const outside = errors.filter((error) => !inside.includes(error));
  const branches = groupBy(inside, (error) => error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0] ?? '');
  const ranked = [...branches.values()]
    .map((list) => ({ list, score: mismatch(list, union.instancePath) }))
    .sort((a, b) => a.score - b.score);
  const best = ranked[0];
  if (!best) return [...outside];
  const plain = inside.filter(({ keyword }) => keyword === 'const');
  const whole = inside.every(
    ({ keyword, instancePath }) => ['const', 'type'].includes(keyword) && instancePath === union.instancePath,
  );
  if (whole && plain.length > 0) return [...outside, oneOf(plain)];
  const tied = ranked.filter((branch) => branch.score >= tagMismatch && branch.score === best.score);
  return [...outside, ...(tied.length > 1 ? mergeTags(tied.flatMap((branch) => branch.list)) : best.list)];
}

/** A union of plain values: any of them may stand there. */
function oneOf(errors: readonly ErrorObject[]): ErrorObject {
  const allowedValues = [...new Set(errors.map((error) => error.params.allowedValue as unknown))];
  return { ...(errors[0] as ErrorObject), keyword: 'enum', params: { allowedValues } };
}

const tagMismatch = 1000;
/** A branch whose tag (`provider`, `profile`, `kind`) differs is not what was meant; its other errors say nothing. */
function mismatch(errors: readonly ErrorObject[], at: string): number {
  const tags = errors.filter((error) => isTag(error, at));
  const provider = tags.some((error) => tagOf(error) === 'provider');
  return provider ? 2 * tagMismatch : tags.length > 0 ? tagMismatch : errors.length;
}

const tagNames = ['provider', 'profile', 'kind', 'elastic'];
function tagOf({ keyword, params, instancePath }: ErrorObject): string {
  if (keyword === 'required') return String(params.missingProperty);
  if (keyword === 'additionalProperties') return String(params.additionalProperty);
  return instancePath.split('/').pop() ?? '';
}
function isTag(error: ErrorObject, at: string): boolean {
  const own = error.instancePath === at || error.instancePath.slice(at.length + 1).split('/').length === 1;
  const keywords = ['const', 'required', 'additionalProperties'];
  return own && keywords.includes(error.keyword) && tagNames.includes(tagOf(error));
}

function mergeTags(errors: readonly ErrorObject[]): ErrorObject[] {
  const tags = errors.filter(
    (error) => tagNames.includes(tagOf(error)) && (error.keyword === 'const' || error.keyword === 'required'),
  );
  const worst = tags.some((error) => tagOf(error) === 'provider') ? 'provider' : tagOf(tags[0] as ErrorObject);
  const same = tags.filter((error) => tagOf(error) === worst);
  const first = same[0];
  if (!first) return [];
  const allowed = [...new Set(same.map((error) => allowedTag(error, worst)).filter((tag) => tag !== undefined))];
  return [
    {
      ...first,
      keyword: first.keyword === 'required' ? 'required' : 'enum',
      params: { ...first.params, allowedValues: allowed },
    },
  ];
}

function allowedTag(error: ErrorObject, tag: string): unknown {
  if (error.keyword === 'const') return error.params.allowedValue;
  const properties = (error.parentSchema as { properties?: Record<string, { const?: unknown }> } | undefined)
    ?.properties;
  return properties?.[tag]?.const;
}

/** Steps joined by dots; a JSON pointer writes `/` and `~` within a step as `~1` and `~0` (RFC 6901, 3). */
function pathOf({ instancePath }: ErrorObject): string {
  const steps = instancePath.split('/').slice(1);
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');
}

function describeError(error: ErrorObject): Problem {
  const path = pathOf(error) || '(topology)';
  const schema = error.parentSchema as { description?: string } | undefined;
  const params = error.params as Record<string, unknown>;
  const meaning = schema?.description ? ` ${schema.description}` : '';
  switch (error.keyword) {
    case 'required':
      return {
        path,
        message: `"${params.missingProperty}" is missing`,
        fix: `Add "${params.missingProperty}".${listed(params.allowedValues)}`,
      };
    case 'additionalProperties':
      return { path, ...describeKey(error, String(params.additionalProperty), meaning) };
    case 'const':
      return {
        path,
        message: 'is not known here',
        value: error.data,
        fix: `Use ${JSON.stringify(params.allowedValue)}.`,
      };
    case 'enum':
      return {
        path,
        message: 'is not known here',
        value: error.data,
        bound: `one of ${(params.allowedValues as unknown[]).join(', ')}`,
        fix: 'Use one of these.',
      };
    case 'format':
      return { path, ...describeAddress(String(params.format), error.data, meaning) };
    default:
      return {
        path,
        message: error.message ?? 'is wrong',
        value: error.data,
        bound: boundOf(error),
        fix: `Write a value within the bound.${meaning}`,
      };
  }
}

function describeAddress(format: string, value: unknown, meaning: string): Omit<Problem, 'path'> {
  const form = addressForms[format];
  if (!form) throw new Error(`no form of addresses is called ${format}`);
  return { message: `is not ${form.what}`, value, bound: form.bound, fix: `${form.fix(String(value))}${meaning}` };
}

const listed = (values: unknown): string =>
  Array.isArray(values) && values.length > 0 ? ` One of: ${values.join(', ')}.` : '';
/** A key that may not stand at the place: it is none of some names, or it has not the form of an id. */
function describeKey({ parentSchema }: ErrorObject, key: string, meaning: string): Omit<Problem, 'path'> {
  const { properties, patternProperties } = parentSchema as { properties?: object; patternProperties?: object };
  const names = Object.keys(properties ?? {});
  const forms = Object.keys(patternProperties ?? {});
  if (names.length > 0)
    return { message: `there is no "${key}" here`, fix: `Remove it, or use one of: ${names.join(', ')}.` };
  const message = `"${key}" has not the form of a key here`;
  return { message, value: key, bound: forms.join(' or '), fix: `Give it another name.${meaning}` };
}

function boundOf(error: ErrorObject): string {
  const { limit, comparison, pattern, type } = error.params as {
    limit?: number;
    comparison?: string;
    pattern?: string;
    type?: string;
  };
  if (limit !== undefined) return `${comparison ?? ''} ${limit}`.trim();
  return pattern ?? type ?? error.keyword;
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
