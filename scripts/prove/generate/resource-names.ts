import { groupBy } from '../../../constructs/util/group';
import { repositoryRoot } from '../../cli/repository-root';
import { listFacts, parseFacts } from '../../facts/store';
import type { MeasuredFacts } from '../../facts/types';
import { validate } from '../../sandbox/rules';
import { UNKNOWN, type Fields, type Value } from '../../sandbox/values';
import type { Accepted } from './invariants';

interface Written {
  readonly terraform: { readonly required_providers: Readonly<Record<string, { source: string; version: string }>> };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly address: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly facts: MeasuredFacts | undefined;
}

/** Names that a provider refuses for their length or form, and names that two resources of one provider share. */
export function nameViolations({ texts }: Pick<Accepted, 'texts'>): string[] {
  const all = Object.entries(texts).flatMap(([stack, text]) => resourcesOf(stack, JSON.parse(text) as Written));
  return [...all.flatMap(refusedValues), ...sharedNames(all)];
}

function resourcesOf(stack: string, { resource = {}, terraform }: Written): Resource[] {
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, config]) => {
      const wanted = terraform.required_providers[type.split('_')[0] ?? ''];
      return { stack, type, address: `${stack} ${type}.${name}`, config, facts: factsOf(wanted) };
    }),
  );
}

let known: readonly MeasuredFacts[] | undefined;
/** A range of versions has the newest that is known; resources of Terraform itself have none. */
function factsOf(wanted: { source: string; version: string } | undefined): MeasuredFacts | undefined {
  if (!wanted) return undefined;
  known ??= listFacts(repositoryRoot()).map(parseFacts);
  const source = wanted.source.includes('/') ? wanted.source : `hashicorp/${wanted.source}`;
  const own = known.filter((facts) => facts.provider.toLowerCase() === source.toLowerCase());
  return own.find((facts) => wanted.version.includes(facts.version)) ?? own.at(-1);
}

/** Every literal against the facts' rules; what only a deployment knows is right. */
function refusedValues({ address, type, config, facts }: Resource): string[] {
  if (type === 'terraform_data') return [];
  const typeFacts = facts?.resources[type];
  if (!typeFacts) return [`${address}: the facts know no such type`];
  const { provider: _, lifecycle: __, depends_on: ___, ...own } = config;
  const problems = validate(typeFacts, withUnknowns(own) as Fields);
  return problems.map(({ summary, detail = '' }) => `${address}: ${summary} ${detail}`);
}

function withUnknowns(value: unknown): Value {
  if (typeof value === 'string' && value.includes('${')) return UNKNOWN;
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (typeof value !== 'object' || value === null) return value as Value;
  const entries = Object.entries(value).filter(([key]) => key !== '//');
  return Object.fromEntries(entries.map(([key, item]) => [key, withUnknowns(item)]));
}

/** Arguments that tell apart what may have one name. */
const apart = [
  'role',
  'autoscaling_group_name',
  'set_identifier',
  'type',
  'routing_instance',
  'vpc_id',
  'acl_id',
  'project',
  'partition',
];
function sharedNames(all: readonly Resource[]): string[] {
  const literal = all.filter(({ config }) => typeof config.name === 'string' && !config.name.includes('${'));
  const keyOf = ({ stack, type, config }: Resource): string => {
    const within = ['provider', 'name', ...apart].map((key) => JSON.stringify(config[key]));
    // What a reference names is another thing in each stack.
    return [type, ...within, apart.some((key) => String(config[key]).includes('${')) ? stack : ''].join(' ');
  };
  const named = groupBy(literal, (resource) => `${siteOf(resource)} ${keyOf(resource)}`);
  return [...named.values()]
    .filter((same) => same.length > 1)
    .map(
      (same) => `${same.map(({ address }) => address).join(' and ')} are both named ${String(same[0]?.config.name)}`,
    );
}

/** Own clouds and cages are clouds of their own; the large ones know an account or a project, whatever the site. */
function siteOf({ stack, type }: Resource): string {
  return /^(google|aws)_/.test(type) ? '' : (stack.split('-')[0] ?? '');
}
