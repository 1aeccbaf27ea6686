import type { AttributeFacts, BlockFacts, NestedFacts, TypeFacts } from '../sandbox/facts';
import { entries } from '../sandbox/schema';
import type { MeasuredFacts } from './types';

/** A facts file: one line for each resource, keys sorted, so that a change of one resource is one line in a review. */
export function renderFacts(facts: MeasuredFacts): string {
  const members = [
    `"provider": ${JSON.stringify(facts.provider)}`,
    `"version": ${JSON.stringify(facts.version)}`,
    `"read": ${JSON.stringify(facts.read)}`,
    `"provider_config": ${linesOf(facts.provider_config)}`,
    `"resources": ${linesOf(facts.resources)}`,
    `"data_sources": ${linesOf(facts.data_sources)}`,
  ];
  return `{\n  ${members.join(',\n  ')}\n}\n`;
}

function linesOf(value: object): string {
  const lines = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `    ${JSON.stringify(name)}: ${JSON.stringify(sorted(member))}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
}

/** The same value with the keys of all objects in order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

/** A type as `terraform providers schema -json` gives it, without its prose. */
export function withoutProse({ version, block }: TypeFacts): { version: number; block: BlockFacts } {
  return { version: version ?? 0, block: blockWithoutProse(block) };
}

export function blockWithoutProse(block: BlockFacts): BlockFacts {
  const attributes = entries(block.attributes).map(([name, one]) => [name, attributeWithoutProse(one)] as const);
  const blocks = entries(block.block_types).map(([name, nested]) => {
    const { nesting_mode, min_items, max_items } = nested;
    return [name, compact({ nesting_mode, min_items, max_items, block: blockWithoutProse(nested.block) })] as const;
  });
  return compact({
    attributes: attributes.length > 0 ? Object.fromEntries(attributes) : undefined,
    block_types: blocks.length > 0 ? Object.fromEntries(blocks) : undefined,
    deprecated: block.deprecated,
  }) as BlockFacts;
}

function attributeWithoutProse(attribute: AttributeFacts): AttributeFacts {
  const { type, required, optional, computed, sensitive, deprecated, write_only, nested_type } = attribute;
  const nested = nested_type && nestedWithoutProse(nested_type);
  return compact({ type, nested_type: nested, required, optional, computed, sensitive, deprecated, write_only });
}

function nestedWithoutProse({ nesting_mode, attributes }: NestedFacts): NestedFacts {
  const inner = entries(attributes).map(([name, one]) => [name, attributeWithoutProse(one)] as const);
  return { nesting_mode, attributes: Object.fromEntries(inner) };
}

/** Leaves out what is absent or false. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined && member !== false),
  ) as T;
}
