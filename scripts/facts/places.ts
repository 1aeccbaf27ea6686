import type { AttributeFacts, BlockFacts, NestedBlockFacts } from '../sandbox/facts';
import { entries } from '../sandbox/schema';
import { isArgument } from './samples';

/** A place in a resource that a configuration can set. */
export type Place =
  | { readonly path: readonly string[]; readonly attribute: AttributeFacts }
  | { readonly path: readonly string[]; readonly nested: NestedBlockFacts };

/** Deeper than this the blocks of the big types repeat themselves, and their number explodes. */
const deepest = 4;

/** Every attribute and block that can be set, from the outside in; `timeouts` is Terraform's own. */
export function placesOf(block: BlockFacts, at: readonly string[] = []): Place[] {
  const attributes = entries(block.attributes)
    .filter(([name, attribute]) => isArgument(name, attribute))
    .map(([name, attribute]) => ({ path: [...at, name], attribute }));
  if (at.length >= deepest) return attributes;
  const blocks = entries(block.block_types)
    .filter(([name]) => name !== 'timeouts')
    .flatMap(([name, nested]) => [{ path: [...at, name], nested }, ...placesOf(nested.block, [...at, name])]);
  return [...attributes, ...blocks];
}
