import type { GoAttribute } from './go-spec';

/** The struct of a nested block, with its attributes; blocks in it refer to others by name. */
export interface Struct {
  readonly attributes: Readonly<Record<string, GoAttribute>>;
}

/** A component in one release: its own attributes and the blocks that they reach, by name. */
export interface Release {
  readonly attributes: Struct['attributes'];
  readonly blocks: Readonly<Record<string, Struct['attributes']>>;
}

/** Packer's own plumbing, which no template sets. */
const internal = /^(packer_|ssh_public_key$|ssh_private_key$)/;

/** An attribute as the package keeps it: `only` names the release that alone knows it. */
export type MergedAttribute = ({ type: string } | { block: string; many: boolean }) & { only?: '1.6.6' | 'current' };
export interface MergedComponent {
  readonly attributes: Readonly<Record<string, MergedAttribute>>;
  readonly blocks: Readonly<Record<string, Readonly<Record<string, MergedAttribute>>>>;
}

/** What two releases know together. Throws where they do not agree on an attribute's type. */
export function mergeReleases(old: Release, current: Release): MergedComponent {
  const names = sorted(Object.keys({ ...old.blocks, ...current.blocks }));
  const blocks = names.map((name) => {
    const [before, now] = [old.blocks[name], current.blocks[name]];
    return [name, mergeAttributes(name, before ?? now ?? {}, now ?? before ?? {})] as const;
  });
  return {
    attributes: mergeAttributes('', old.attributes, current.attributes),
    blocks: Object.fromEntries(blocks),
  };
}

function mergeAttributes(where: string, old: Struct['attributes'], current: Struct['attributes']) {
  const names = sorted(Object.keys({ ...old, ...current })).filter((name) => !internal.test(name));
  return Object.fromEntries(names.map((name) => [name, mergeOne(`${where}.${name}`, old[name], current[name])]));
}

function mergeOne(where: string, old: GoAttribute | undefined, current: GoAttribute | undefined): MergedAttribute {
  const known = current ?? old;
  if (!known) throw new Error(`${where}: in neither release`);
  if (old && current && JSON.stringify(flat(old)) !== JSON.stringify(flat(current))) {
    throw new Error(`${where}: ${JSON.stringify(old)} became ${JSON.stringify(current)}`);
  }
  return { ...flat(known), ...(old && current ? {} : { only: old ? '1.6.6' : 'current' }) };
}

function flat(attribute: GoAttribute): { type: string } | { block: string; many: boolean } {
  if ('type' in attribute) return { type: attribute.type };
  return { block: attribute.block.struct, many: attribute.many };
}

function sorted(names: string[]): string[] {
  return names.sort((a, b) => (a < b ? -1 : 1));
}
