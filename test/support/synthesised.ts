import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlatform, stacksOf } from '../../stacks/main';
import type { Platform } from '../../stacks/platform/platform';
import { writeStacks } from '../../stacks/synthesis';
import type { StackSpec } from '../../constructs/contract/stack';
import { type StackJson, plainStack } from './emitted';
import { type Enrolled, type Names, exampleTopology, plainNames } from './example-site';
import { restOf } from './example-rest';

/** A whole platform on the example site, and beside it what a site may have and `live` alone does not use. */
export interface ExamplePlatform {
  readonly platform: Platform;
  readonly specs: readonly StackSpec[];
}

export function examplePlatform(entry: Enrolled, names: Names = plainNames): ExamplePlatform {
  const platform = loadPlatform(exampleTopology(entry, names));
  const specs = stacksOf(platform);
  return { platform, specs: [...specs, ...restOf(entry, names, specs)] };
}

/** Every stack as it is written, by id. */
export function textsOf({ platform, specs }: ExamplePlatform): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'watari-synth-'));
  try {
    writeStacks(platform, specs, folder);
    const read = (id: string): string => readFileSync(join(folder, 'stacks', id, 'cdk.tf.json'), 'utf8');
    return Object.fromEntries(specs.map(({ id }) => [id, read(id)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function stacksIn(texts: Readonly<Record<string, string>>): StackJson[] {
  return Object.values(texts).map(plainStack);
}
