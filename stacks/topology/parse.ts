import { type TSchema, Type } from '@sinclair/typebox';
import type { ValidateFunction } from 'ajv';
import type { Provider } from '../../constructs/contract/adapter';
import { refuse } from '../../constructs/contract/problem';
import { describeErrors } from './describe-errors';
import { DnsBaseSchema, SiteBaseSchema, topologySchema } from './schema';
import type { Topology } from './topology';
import { compileSchema } from './validator';

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
  const made = compileSchema(schemaOf(providers));
  validators.set(providers, made);
  return made;
}
