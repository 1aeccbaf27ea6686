import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlatform, synthesize } from '../../stacks/main';
import onlyAws from '../../stacks/topologies/only-aws';
import onlyGcp from '../../stacks/topologies/only-gcp';
import onlyIdcf from '../../stacks/topologies/only-idcf';
import onlyMetal from '../../stacks/topologies/only-metal';
import onlyPrivate from '../../stacks/topologies/only-private';
import reference from '../../stacks/topologies/reference';

/** A resource as some stack of the project configures it. */
export interface EmittedResource {
  readonly type: string;
  /** Within its stack. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, EmittedResource['config']>>>>;
}

const ours: readonly unknown[] = [reference, onlyAws, onlyGcp, onlyIdcf, onlyMetal, onlyPrivate];

/** Every resource of some topologies. @param folder to synthesise in @param topologies @default the project's own */
export function emittedResources(folder: string, topologies: readonly unknown[] = ours): EmittedResource[] {
  return topologies.flatMap((topology, index) => resourcesOf(topology, join(folder, String(index))));
}

function resourcesOf(topology: unknown, folder: string): EmittedResource[] {
  mkdirSync(folder, { recursive: true });
  synthesize(loadPlatform(topology), folder);
  const stacks = join(folder, 'stacks');
  return readdirSync(stacks)
    .sort()
    .map((stack) => JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8')) as StackJson)
    .flatMap(({ resource = {} }) =>
      Object.entries(resource).flatMap(([type, named]) =>
        Object.entries(named).map(([name, config]) => ({ type, name, config })),
      ),
    );
}

/**
 * A few configurations of each type that differ in what they set, the fullest first: what the others would show is
 * shown by these.
 */
export function differentConfigurations(all: readonly EmittedResource[], most: number): EmittedResource[] {
  const shapes = new Map(all.map((one) => [`${one.type} ${pathsOf(one.config).join()}`, one] as const));
  const byType = new Map<string, EmittedResource[]>();
  for (const one of shapes.values()) byType.set(one.type, [...(byType.get(one.type) ?? []), one]);
  return [...byType]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, list]) => list.sort((a, b) => pathsOf(b.config).length - pathsOf(a.config).length).slice(0, most));
}

function pathsOf(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => pathsOf(item, at)))].sort();
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value)
    .filter(([name]) => name !== '//')
    .flatMap(([name, item]) => pathsOf(item, `${at}.${name}`))
    .sort();
}
