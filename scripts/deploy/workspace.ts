import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stableHash } from '../../constructs/util/hash';
import type { ImageReference } from '../../constructs/contract/image';
import type { Site } from '../../constructs/contract/site';
import type { Probe } from './health';

/** Where one stack is planned and applied. */
export interface Workspace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Local state file; absent where the state is in a remote store. */
  readonly state?: string;
}

/** What Terraform works against: real clouds, or the sandbox. */
export interface Target {
  /** @param synthesised folder of the stack under `cdktf.out/stacks` */
  prepare(stack: string, synthesised: string): Promise<Workspace>;
  /** Whether a machine is alive and serves. */
  readonly probe: Probe;
  /** Images that a site does not have, where its provider is asked before a plan. */
  missingImages(site: Site, images: readonly ImageReference[]): Promise<readonly ImageReference[]>;
  close(): Promise<void>;
}

/** The parts of `cdk.tf.json` that a deployment looks at. */
export interface StackConfiguration {
  readonly terraform?: unknown;
  readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
}

export function readConfiguration(folder: string): StackConfiguration {
  return JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as StackConfiguration;
}

const stampFile = '.initialised';

/** Terraform must initialise a folder the first time, and when its backend or providers change. */
export function needsInit({ folder }: Workspace): boolean {
  const path = join(folder, stampFile);
  return !existsSync(path) || readFileSync(path, 'utf8') !== initStamp(folder);
}

/** To be called after a good `init`. */
export function markInitialised({ folder }: Workspace): void {
  writeFileSync(join(folder, stampFile), initStamp(folder));
}

function initStamp(folder: string): string {
  return stableHash(JSON.stringify(readConfiguration(folder).terraform), 32);
}
