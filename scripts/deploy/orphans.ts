import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { countResources } from './stack-work';

export interface Orphan {
  readonly stack: string;
  /** Resources that it still has; absent where the state is in a remote store or cannot be read. */
  readonly resources?: number;
}

/** Stacks that were ever deployed from here, with their local state files: what the topology forgets is still known. */
type Deployed = Readonly<Record<string, { readonly state?: string }>>;

/** @param destroyed stacks that have nothing any more, whatever is recorded of them */
export function recordStacks(file: string, stacks: Deployed, destroyed: readonly string[] = []): void {
  mkdirSync(dirname(file), { recursive: true });
  const all = Object.entries({ ...readRecord(file), ...stacks }).filter(([stack]) => !destroyed.includes(stack));
  writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(all), null, 2));
  renameSync(`${file}.new`, file);
}

/** Deployed stacks that the topology has no more and that still have resources: nothing vanishes by omission. */
export function findOrphans(file: string, stacks: readonly string[]): Orphan[] {
  return Object.entries(readRecord(file))
    .filter(([stack]) => !stacks.includes(stack))
    .map(([stack, { state }]) => orphan(stack, state === undefined ? undefined : countResources(state)))
    .filter(({ resources }) => resources !== 0)
    .sort((a, b) => (a.stack < b.stack ? -1 : 1));
}

const orphan = (stack: string, resources: number | undefined): Orphan =>
  resources === undefined ? { stack } : { stack, resources };

function readRecord(file: string): Deployed {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Deployed) : {};
}
