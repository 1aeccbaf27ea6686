import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stableHash } from '../../../constructs/util/hash';

/** A stack as it was synthesised, with what a review wants to know of it. */
export interface StackFiles {
  readonly id: string;
  readonly folder: string;
  /** Of everything that Terraform reads; metadata of cdktf left out. */
  readonly hash: string;
  /** Stacks whose outputs it reads, with the handles of each that it uses; `*` where it uses them in another way. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
  /** Construct paths by resource address. */
  readonly paths: ReadonlyMap<string, string>;
  /** Provider of each resource by its address, with the alias, as the configuration names it: `bigip.b`. */
  readonly providers: ReadonlyMap<string, string>;
  /** Addresses of resources with `prevent_destroy`. */
  readonly protected: ReadonlySet<string>;
  /** Providers with the versions that it asks for. */
  readonly required: Readonly<Record<string, string>>;
  /** Whether it looks something up that other stacks or people make. */
  readonly looksUp: boolean;
}

interface Block {
  readonly '//'?: { readonly metadata?: { readonly path?: string } };
  readonly provider?: string;
  readonly lifecycle?: { readonly prevent_destroy?: boolean };
}

interface Configuration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly terraform?: { readonly required_providers?: Readonly<Record<string, RequiredProvider>> };
}

interface RequiredProvider {
  readonly source?: string;
  readonly version?: string;
}

const configurationFile = 'cdk.tf.json';
const remoteState = 'terraform_remote_state';
const hashLength = 32;
/** `data.terraform_remote_state.state-aws-network.outputs.handles["vpc"]`. */
const handleReference = /data\.terraform_remote_state\.state-([\w-]+)\.outputs\.handles\["([^"\\]+)"\]/g;

/** @param folder of one stack: `<synthesised>/stacks/<id>` */
export function readStack(id: string, folder: string): StackFiles {
  const text = readFileSync(join(folder, configurationFile), 'utf8');
  const configuration = JSON.parse(text) as Configuration;
  const resources = blocksOf(configuration.resource, '');
  const data = Object.keys(configuration.data ?? {});
  return {
    id,
    folder,
    hash: hashOf(folder, configuration),
    reads: readsOf(text, configuration),
    paths: new Map(resources.flatMap(([address, block]) => pathOf(address, block))),
    providers: new Map(
      resources.flatMap(([address, { provider }]) => (provider ? [[address, provider] as const] : [])),
    ),
    protected: new Set(resources.flatMap(([address, { lifecycle }]) => (lifecycle?.prevent_destroy ? [address] : []))),
    required: requiredOf(configuration),
    looksUp: data.some((type) => type !== remoteState),
  };
}

/** Every stack of a synthesised folder. */
export function readStacks(folder: string): ReadonlyMap<string, StackFiles> {
  const stacks = join(folder, 'stacks');
  const names = existsSync(stacks) ? readdirSync(stacks).sort() : [];
  return new Map(names.map((id) => [id, readStack(id, join(stacks, id))]));
}

function blocksOf(blocks: Configuration['resource'], prefix: string): (readonly [string, Block])[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]) => [`${prefix}${type}.${name}`, block] as const),
  );
}

function pathOf(address: string, block: Block): (readonly [string, string])[] {
  const path = block['//']?.metadata?.path;
  return path === undefined ? [] : [[address, path]];
}

function hashOf(folder: string, configuration: Configuration): string {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  const others = files
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => name !== configurationFile && name !== 'metadata.json')
    .sort()
    .map((name) => `${name}\0${readFileSync(join(folder, name)).toString('base64')}`);
  return stableHash([JSON.stringify(withoutMetadata(configuration)), ...others].join('\0'), hashLength);
}

/** cdktf writes a key `//` into every block; Terraform reads none of it. */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== '//');
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutMetadata(inner)]));
}

function readsOf(text: string, { data }: Configuration): Map<string, Set<string>> {
  const reads = new Map<string, Set<string>>();
  for (const name of Object.keys(data?.[remoteState] ?? {})) reads.set(name.replace(/^state-/, ''), new Set());
  const plain = text.replaceAll('\\"', '"');
  for (const [, stack = '', key = ''] of plain.matchAll(handleReference)) reads.get(stack)?.add(key);
  const rest = plain.replaceAll(handleReference, '');
  for (const [stack, keys] of reads) if (rest.includes(`data.${remoteState}.state-${stack}.`)) keys.add('*');
  return reads;
}

function requiredOf({ terraform }: Configuration): Record<string, string> {
  const entries = Object.values(terraform?.required_providers ?? {});
  return Object.fromEntries(entries.map(({ source = '', version = '' }) => [source, version]));
}
