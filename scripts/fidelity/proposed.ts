import type { AttributeFacts, BlockFacts, NestedBlockFacts, NestedFacts } from '../sandbox/facts';
import { entries } from '../sandbox/schema';
import { equal, isFields, isList, isUnknown, type Fields, type Value } from '../sandbox/values';

/**
 * The new state that Terraform proposes to a provider: the configuration, and of the prior state what is computed and not
 * configured (Terraform's `docs/resource-instance-change-lifecycle.md`, "Proposed New State"). A null prior is a create.
 */
export function proposedState(block: BlockFacts, prior: Fields | null, config: Fields): Fields {
  const blocks = entries(block.block_types).map(([name, nested]) => {
    const of = (old: Fields | null, fresh: Fields): Fields => proposedState(nested.block, old, fresh);
    return [name, ofNested(nested, prior?.[name] ?? null, config[name] ?? null, { of, block: nested.block })] as const;
  });
  return { ...ofAttributes(block.attributes, prior, config), ...Object.fromEntries(blocks) };
}

type Attributes = Readonly<Record<string, AttributeFacts>> | undefined;

function ofAttributes(attributes: Attributes, prior: Fields | null, config: Fields): Fields {
  return Object.fromEntries(
    entries(attributes).map(([name, facts]) => [name, ofAttribute(facts, prior?.[name] ?? null, config[name] ?? null)]),
  );
}

function ofAttribute(facts: AttributeFacts, prior: Value, config: Value): Value {
  if (facts.computed && config === null) return prior;
  if (!facts.nested_type) return config;
  const { attributes } = facts.nested_type;
  const of = (old: Fields | null, fresh: Fields): Fields => ofAttributes(attributes, old, fresh);
  return ofNested(facts.nested_type, prior, config, { of, block: attributes ? { attributes } : {} });
}

interface Element {
  readonly of: (prior: Fields | null, config: Fields) => Fields;
  readonly block: BlockFacts;
}

/** Elements of a list belong together by their place, of a map by their key, of a set by what is configured. */
function ofNested(
  { nesting_mode: mode }: Pick<NestedBlockFacts | NestedFacts, 'nesting_mode'>,
  prior: Value,
  config: Value,
  element: Element,
): Value {
  const one = (old: Value | undefined, fresh: Value): Value =>
    isFields(fresh) ? element.of(isFields(old) ? old : null, fresh) : fresh;
  if (isUnknown(config) || config === null) return config;
  if (isList(config) && mode === 'set') return ofSet(isList(prior) ? prior : [], config, element);
  if (isList(config)) return config.map((fresh, at) => one(isList(prior) ? prior[at] : null, fresh));
  if (mode !== 'map' || !isFields(config)) return one(prior, config);
  const old = isFields(prior) ? prior : {};
  return Object.fromEntries(Object.entries(config).map(([key, fresh]) => [key, one(old[key], fresh)]));
}

function ofSet(prior: readonly Value[], config: readonly Value[], { of, block }: Element): Value {
  const rest = prior.filter(isFields);
  return config.map((fresh) => {
    if (!isFields(fresh)) return fresh;
    const at = rest.findIndex((old) => mayBe(block, old, fresh));
    return of(at < 0 ? null : (rest.splice(at, 1)[0] ?? null), fresh);
  });
}

/** Whether an element was configured like this: the same, but for what is computed and not configured. */
function mayBe(block: BlockFacts, prior: Fields, config: Fields): boolean {
  const attributes = entries(block.attributes).every(([name, { computed }]) => {
    return (computed && (config[name] ?? null) === null) || equal(prior[name], config[name]);
  });
  return attributes && entries(block.block_types).every(([name]) => equal(prior[name], config[name]));
}
