import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlatform, synthesize } from '../../stacks/main';

/** A stack as Terraform reads it. */
export interface StackJson {
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly variable?: Readonly<Record<string, { readonly sensitive?: boolean; readonly default?: unknown }>>;
}

/** Every stack of a topology, synthesised, by its id. */
export function synthesizedStacks(topology: unknown): ReadonlyMap<string, StackJson> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-stacks-'));
  try {
    const out = join(folder, 'out');
    synthesize(loadPlatform(topology), out);
    const stacks = readdirSync(join(out, 'stacks')).sort();
    return new Map(stacks.map((id) => [id, readStack(join(out, 'stacks', id, 'cdk.tf.json'))] as const));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const readStack = (file: string): StackJson => JSON.parse(readFileSync(file, 'utf8')) as StackJson;

/** Dotted paths, without list indices, of every string that matches. */
export function pathsOfStrings(value: unknown, matches: RegExp, path = ''): string[] {
  if (typeof value === 'string') return matches.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item) => pathsOfStrings(item, matches, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => pathsOfStrings(item, matches, path ? `${path}.${key}` : key));
}
