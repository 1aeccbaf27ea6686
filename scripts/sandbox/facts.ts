import { readFileSync } from 'node:fs';
import type { Type, Value } from './values';

/** What a provider's schema says of one attribute, in the form of `terraform providers schema -json`. */
export interface AttributeFacts {
  readonly type?: Type;
  readonly nested_type?: NestedFacts;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
}

export type Nesting = 'single' | 'group' | 'list' | 'set' | 'map';

export interface NestedFacts {
  readonly nesting_mode: Nesting;
  readonly attributes?: Readonly<Record<string, AttributeFacts>>;
}

export interface NestedBlockFacts {
  readonly nesting_mode: Nesting;
  readonly block: BlockFacts;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface BlockFacts {
  readonly attributes?: Readonly<Record<string, AttributeFacts>>;
  readonly block_types?: Readonly<Record<string, NestedBlockFacts>>;
  readonly deprecated?: boolean;
}

/** What the provider enforces on one path, see the facts' own description. */
export interface RuleFacts {
  readonly one_of?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  readonly ranges?: readonly (readonly [number, number])[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_items?: number;
  readonly max_items?: number;
  /** Attributes that tell nested blocks of one kind apart. */
  readonly distinct_by?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly conflicts_with?: readonly string[];
  readonly exactly_one_of?: readonly string[];
  readonly at_least_one_of?: readonly string[];
  readonly required_with?: readonly string[];
  readonly default?: Value;
  readonly force_new?: boolean;
  /** Some differences do not count. */
  readonly diff_suppressed?: boolean;
}

export interface TypeFacts {
  readonly version?: number;
  readonly block: BlockFacts;
  readonly force_new?: readonly string[];
  readonly defaults?: Readonly<Record<string, Value>>;
  readonly rules?: Readonly<Record<string, RuleFacts>>;
  /** Blocks, by path, that the cloud fills in where the configuration has none. */
  readonly computed_blocks?: readonly string[];
}

/** The part of a provider's schema and behaviour that the project uses: `constructs/providers/<adapter>/schema/`. */
export interface ProviderFacts {
  /** Registry address without its host: `hashicorp/google`. */
  readonly provider: string;
  readonly version: string;
  readonly provider_config?: BlockFacts;
  readonly resources: Readonly<Record<string, TypeFacts>>;
  readonly data_sources?: Readonly<Record<string, TypeFacts>>;
}

/** Reads facts from a file. Throws when the file is not there or holds something else. */
export function readFacts(file: string): ProviderFacts {
  const facts = JSON.parse(readFileSync(file, 'utf8')) as ProviderFacts;
  if (typeof facts.provider !== 'string' || typeof facts.resources !== 'object') {
    throw new Error(`${file} holds no provider facts: "provider" and "resources" are expected`);
  }
  return facts;
}

/** Protocol 5 unless an attribute has attributes of its own, which only 6 can say. */
export function protocolOf(facts: ProviderFacts): 5 | 6 {
  const types = [...Object.values(facts.resources), ...Object.values(facts.data_sources ?? {})];
  const blocks = [...types.map((type) => type.block), facts.provider_config ?? {}];
  return blocks.some(hasNestedAttributes) ? 6 : 5;
}

function hasNestedAttributes(block: BlockFacts): boolean {
  return (
    Object.values(block.attributes ?? {}).some((attribute) => attribute.nested_type) ||
    Object.values(block.block_types ?? {}).some((nested) => hasNestedAttributes(nested.block))
  );
}

/**
 * Whether a type is written with the older SDK, whose plans core takes with lenience (`legacy_type_system`).
 * Its mark is an `id` that is optional and computed; newer ones have an `id` that is computed only, or none.
 */
export function isLegacy(type: TypeFacts): boolean {
  const id = type.block.attributes?.['id'];
  return Boolean(id?.optional && id.computed);
}
