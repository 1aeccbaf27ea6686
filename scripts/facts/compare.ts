import { sorted } from './render';
import type { MeasuredFacts, MeasuredType } from './types';

/** One single fact: `aws_lb: force_new name`, and what it says. */
type Statements = ReadonlyMap<string, string>;

export interface Comparison {
  readonly same: number;
  /** Facts that both readings have, and that differ. */
  readonly different: readonly string[];
  /** Facts that only the kept file has, and only this reading has. */
  readonly onlyKept: readonly string[];
  readonly onlyFresh: readonly string[];
}

/** Compares two readings of one provider fact by fact, over the types that both have. */
export function compareFacts(kept: MeasuredFacts, fresh: MeasuredFacts): Comparison {
  const types = Object.keys(fresh.resources).filter((name) => kept.resources[name]);
  const [before, after] = [statementsOf(kept, types), statementsOf(fresh, types)];
  const both = [...after.keys()].filter((key) => before.has(key));
  const same = both.filter((key) => before.get(key) === after.get(key));
  const different = both.filter((key) => before.get(key) !== after.get(key));
  return {
    same: same.length,
    different: different.map((key) => `${key}: kept ${before.get(key) ?? ''}, now ${after.get(key) ?? ''}`),
    onlyKept: [...before.keys()].filter((key) => !after.has(key)).map((key) => `${key}: ${before.get(key) ?? ''}`),
    onlyFresh: [...after.keys()].filter((key) => !before.has(key)).map((key) => `${key}: ${after.get(key) ?? ''}`),
  };
}

function statementsOf(facts: MeasuredFacts, types: readonly string[]): Statements {
  return new Map(types.flatMap((name) => statementsOfType(name, facts.resources[name])));
}

function statementsOfType(name: string, type: MeasuredType | undefined): [string, string][] {
  if (!type) return [];
  const say = (value: unknown): string => JSON.stringify(sorted(value));
  const rules = Object.entries(type.rules ?? {}).flatMap(([path, rule]) =>
    Object.entries(rule).map(([key, value]): [string, string] => [`${name}.${path} ${key}`, say(value)]),
  );
  return [
    [`${name} schema`, say(type.block)],
    ...(type.force_new ?? []).map((path): [string, string] => [`${name}.${path} force_new`, 'true']),
    ...(type.computed_blocks ?? []).map((path): [string, string] => [`${name}.${path} computed_block`, 'true']),
    ...Object.entries(type.defaults ?? {}).map(([path, value]): [string, string] => [
      `${name}.${path} default`,
      say(value),
    ]),
    ...rules,
  ];
}

/**
 * What an earlier reading of the same version saw and this one did not is kept: the same program has not changed, and a
 * reading of the provider's sources sees more than questions do.
 */
export function mergeFacts(kept: MeasuredFacts, fresh: MeasuredFacts): MeasuredFacts {
  if (kept.version !== fresh.version) return fresh;
  const resources = Object.entries(fresh.resources).map(([name, type]) => [
    name,
    mergeType(kept.resources[name], type),
  ]);
  return { ...fresh, resources: Object.fromEntries(resources) as MeasuredFacts['resources'] };
}

function mergeType(kept: MeasuredType | undefined, fresh: MeasuredType): MeasuredType {
  if (!kept) return fresh;
  const force_new = [...new Set([...(kept.force_new ?? []), ...(fresh.force_new ?? [])])].sort();
  const paths = [...new Set([...Object.keys(kept.rules ?? {}), ...Object.keys(fresh.rules ?? {})])];
  const rules = Object.fromEntries(paths.map((path) => [path, { ...kept.rules?.[path], ...fresh.rules?.[path] }]));
  const defaults = { ...kept.defaults, ...fresh.defaults };
  return {
    ...fresh,
    ...(force_new.length > 0 && { force_new }),
    ...(Object.keys(defaults).length > 0 && { defaults }),
    ...(paths.length > 0 && { rules }),
  };
}
