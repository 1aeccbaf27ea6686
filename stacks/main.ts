import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Provider } from '../constructs/contract/adapter';
import { type Problem, refuse } from '../constructs/contract/problem';
import type { StackSpec } from '../constructs/contract/stack';
import { registry } from '../constructs/providers/registry';
import committedLock from '../images.lock.json';
import { type StorePlan, writeStores } from './bootstrap';
import { describePlatform } from './description/describe';
import { type PlatformDescription, descriptionFile } from './description/description';
import { checkPlatform } from './platform/check-platform';
import { checkTopology } from './platform/check-topology';
import { type ImageLock, checkLock } from './platform/image-lock';
import { type Platform, buildPlatform } from './platform/platform';
import { planStacks } from './stacks';
import { writeStacks } from './synthesis';
import { parseTopology, schemaOf } from './topology/parse';

/** The composition root: the one place, beside the tools, where systems meet providers. */

/**
 * A platform from plain data: checked in form, then in references and ranges, then against what each provider can do.
 * @param lock the images of each stage. @default images.lock.json of this repository
 * @throws ProblemsError with everything that is wrong at that step
 */
export function loadPlatform(value: unknown, lock: ImageLock = committedLock): Platform {
  refuse([...unfinishedProviders(registry), ...checkLock(lock)]);
  const topology = parseTopology(value, registry);
  refuse(checkTopology(topology));
  const platform = buildPlatform(topology, registry, lock);
  refuse(checkPlatform(platform, registry, lock));
  // Refuses stacks of one name.
  stacksOf(platform);
  return platform;
}

export function stacksOf(platform: Platform): StackSpec[] {
  return planStacks(platform, registry);
}

/** JSON Schema of a topology, for editors. */
export function topologyJsonSchema(): object {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Watari topology', ...schemaOf(registry) };
}

/** What a platform is beyond its resources, as plain data. */
export function describe(platform: Platform): PlatformDescription {
  return describePlatform(platform, stacksOf(platform), registry);
}

export interface SynthesisOptions {
  /** Whether `platform.json` is written beside the stacks: what reviews and pictures know of the platform. @default false */
  readonly describe?: boolean;
}

/**
 * Writes every stack as cdktf does: `<folder>/stacks/<stack>/cdk.tf.json` and `manifest.json`. The folder is replaced as
 * a whole once everything is written, so that a failure leaves the former one as it was.
 */
export function synthesize(platform: Platform, folder: string, options: SynthesisOptions = {}): StackSpec[] {
  const specs = stacksOf(platform);
  const temporary = mkdtempSync(join(dirname(folder), '.synth-'));
  try {
    writeStacks(platform, specs, temporary);
    if (options.describe)
      writeFileSync(join(temporary, descriptionFile), `${JSON.stringify(describe(platform), null, 2)}\n`);
    replaceFolder(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return specs;
}

function replaceFolder(from: string, to: string): void {
  const old = `${from}-old`;
  if (existsSync(to)) renameSync(to, old);
  renameSync(from, to);
  rmSync(old, { recursive: true, force: true });
}

/** Writes one stack for each state store that the topology owns. @param stateFile path of a stack's own, local state */
export function synthesizeStores(
  platform: Platform,
  folder: string,
  stateFile: (stack: string) => string,
): StorePlan[] {
  return writeStores(platform, registry, folder, stateFile);
}

/** A registry line whose adapter is still being written: the bundle knows no types, so it is asked at run time. */
function unfinishedProviders(providers: Readonly<Record<string, Partial<Provider>>>): Problem[] {
  return Object.entries(providers)
    .filter(
      ([, { profiles, settings, circuitEnd, simulations, pricing }]) =>
        !(profiles && settings && circuitEnd && simulations && pricing),
    )
    .map(([name]) => ({
      path: `constructs/providers/${name}`,
      message: 'this provider is registered and not finished',
      fix: 'Finish it as `npx jest test/conformance/registration` says, or take its line out of registry.ts.',
    }));
}
