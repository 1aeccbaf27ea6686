import { join } from 'node:path';
import type { BlockFacts } from '../../scripts/sandbox/facts';
import { listFacts, parseFacts } from '../../scripts/facts/store';
import type { MeasuredFacts, MeasuredType } from '../../scripts/facts/types';
import type { Emitted, StackJson } from './emitted';

const root = join(__dirname, '..', '..');

/** The schema facts of an adapter's folder. */
export function factsOfAdapter(adapter: string): readonly MeasuredFacts[] {
  return listFacts(root)
    .filter((file) => file.adapter === adapter)
    .map(parseFacts);
}

/** The facts of the version that a stack asks for, by the provider's local name. */
export function factsOfStack(stack: StackJson, all: readonly MeasuredFacts[]): Readonly<Record<string, MeasuredFacts>> {
  const wanted = Object.entries(stack.terraform.required_providers ?? {});
  return Object.fromEntries(
    wanted.flatMap(([name, { source, version = '' }]) => {
      // A source without a namespace is HashiCorp's.
      const address = (source.includes('/') ? source : `hashicorp/${source}`).toLowerCase();
      const own = all.filter(({ provider }) => provider.toLowerCase() === address);
      const found = own.find((facts) => version.includes(facts.version)) ?? own.at(-1);
      return found ? [[name, found] as const] : [];
    }),
  );
}

export function typeFactsOf(
  { mode, type }: Emitted,
  facts: Readonly<Record<string, MeasuredFacts>>,
): MeasuredType | undefined {
  const own = facts[type.split('_')[0] ?? ''];
  return mode === 'resource' ? own?.resources[type] : own?.data_sources[type];
}

/** Paths, without indices, of the attributes of a block for which something holds. */
export function attributesWhere(
  block: BlockFacts,
  test: (attribute: NonNullable<BlockFacts['attributes']>[string]) => boolean,
  path = '',
): string[] {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const own = Object.entries(block.attributes ?? {}).flatMap(([name, attribute]) =>
    test(attribute) ? [at(name)] : [],
  );
  const inner = Object.entries(block.block_types ?? {}).flatMap(([name, nested]) =>
    attributesWhere(nested.block, test, at(name)),
  );
  return [...own, ...inner];
}

/** A path as the facts write it: `network_interface.network_ip`. */
export const withoutIndices = (path: string): string => path.replaceAll(/\.\d+(?=\.|$)/g, '');
