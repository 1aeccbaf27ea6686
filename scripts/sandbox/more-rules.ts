import type { SimulatedRule } from '../../constructs/contract/simulation';
import type { RuleFacts, TypeFacts } from './facts';

/** A type's facts with an adapter's rules beside them. */
export function withRules(type: TypeFacts, more: Readonly<Record<string, SimulatedRule>> | undefined): TypeFacts {
  if (!more) return type;
  const merged = Object.entries(more).map(
    ([path, rule]) => [path, { ...type.rules?.[path], ...factsOf(rule) }] as const,
  );
  return { ...type, rules: { ...type.rules, ...Object.fromEntries(merged) } };
}

function factsOf(rule: SimulatedRule): RuleFacts {
  const { oneOf, min, max, minLength, maxLength, minItems, maxItems, pattern, format } = rule;
  const { conflictsWith, exactlyOneOf, atLeastOneOf, requiredWith, distinctBy } = rule;
  const bounds = { min, max, min_length: minLength, max_length: maxLength, min_items: minItems, max_items: maxItems };
  const value = { one_of: oneOf, ...bounds, pattern, format };
  const group = { conflicts_with: conflictsWith, exactly_one_of: exactlyOneOf, at_least_one_of: atLeastOneOf };
  const all = Object.entries({ ...value, ...group, required_with: requiredWith, distinct_by: distinctBy });
  return Object.fromEntries(all.filter(([, part]) => part !== undefined));
}
