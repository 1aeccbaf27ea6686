import { type TSchema, Type } from '@sinclair/typebox';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import type { Provider } from '../../constructs/contract/adapter';
import { groupBy } from '../../constructs/util/group';
import { type Problem, refuse } from '../../constructs/contract/problem';
import { DnsBaseSchema, SiteBaseSchema, topologySchema } from './schema';
import type { Topology } from './topology';

type Providers = Readonly<Record<string, Provider>>;

/** The JSON Schema of a topology for these providers: for editors, and for the check at run time. */
export function schemaOf(providers: Providers): TSchema {
  const site = Type.Union(
    Object.entries(providers).flatMap(([name, provider]) =>
      Object.keys(provider.profiles).map((profile) => siteSchema(name, profile, provider)),
    ),
  );
  return topologySchema(site, Type.Union(dnsSchemas(providers)));
}

function siteSchema(name: string, profile: string, provider: Provider): TSchema {
  const literal = Type.Literal(profile);
  return Type.Object(
    {
      ...SiteBaseSchema.properties,
      provider: Type.Literal(name),
      profile: profile === 'standard' ? Type.Optional(literal) : literal,
      settings: provider.settings,
    },
    { additionalProperties: false },
  );
}

function dnsSchemas(providers: Providers): TSchema[] {
  return Object.entries(providers).flatMap(([name, provider]) => {
    const member = Object.values(provider.profiles).find((adapter) => adapter.dns)?.dns;
    const properties = { ...DnsBaseSchema.properties, provider: Type.Literal(name) };
    return member ? [Type.Object({ ...properties, settings: member.settings }, { additionalProperties: false })] : [];
  });
}

/**
 * A topology from plain data.
 * @throws ProblemsError with every mistake of form, each with its place, value, bound and fix
 */
export function parseTopology(value: unknown, providers: Providers): Topology {
  const check = validatorOf(providers);
  if (!check(value)) refuse(describeErrors(check.errors ?? []));
  return value as Topology;
}

/** Compiling the schema costs more than a hundred checks: once for each set of providers. */
const validators = new WeakMap<Providers, ValidateFunction>();

function validatorOf(providers: Providers): ValidateFunction {
  const known = validators.get(providers);
  if (known) return known;
  // Each schema is used once or twice in a run: making its code smaller takes longer than running it.
  const made = new Ajv({ allErrors: true, strict: false, verbose: true, code: { optimize: false } }).compile(
    schemaOf(providers),
  );
  validators.set(providers, made);
  return made;
}

/** A union reports every branch; only the branch that the user meant is worth reading. */
export function describeErrors(errors: readonly ErrorObject[]): Problem[] {
  const unions = errors
    .filter((error) => error.keyword === 'anyOf')
    .sort((a, b) => b.schemaPath.length - a.schemaPath.length);
  let rest = errors.filter((error) => error.keyword !== 'anyOf');
  for (const union of unions) rest = keepClosestBranch(union, rest);
  return unique(rest.map(describeError));
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
const tagOf = (error: ErrorObject): string =>
  error.keyword === 'required' ? String(error.params.missingProperty) : (error.instancePath.split('/').pop() ?? '');
function isTag(error: ErrorObject, at: string): boolean {
  const own = error.instancePath === at || error.instancePath.slice(at.length + 1).split('/').length === 1;
  return own && (error.keyword === 'const' || error.keyword === 'required') && tagNames.includes(tagOf(error));
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
      return {
        path,
        message: `there is no "${String(params.additionalProperty)}" here`,
        fix: `Remove it, or use ${keysOf(error)}.`,
      };
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

const listed = (values: unknown): string =>
  Array.isArray(values) && values.length > 0 ? ` One of: ${values.join(', ')}.` : '';
/** What may stand at the place: names, or the form of ids. */
function keysOf(error: ErrorObject): string {
  const schema = error.parentSchema as { properties?: object; patternProperties?: object } | undefined;
  const names = Object.keys(schema?.properties ?? {});
  const patterns = Object.keys(schema?.patternProperties ?? {});
  return names.length > 0 ? `one of: ${names.join(', ')}` : `a key of the form ${patterns.join(' or ')}`;
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
