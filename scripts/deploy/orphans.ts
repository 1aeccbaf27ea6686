import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readState } from './state-contents';

export interface Orphan {
  readonly stack: string;
  /** Resources that it still has; absent where nobody knows. */
  readonly resources?: number;
}

interface DeployedStack {
  /** Local state file. */
  readonly state?: string;
  /** Where the state is in a remote store: as the last run left it. */
  readonly resources?: number;
  /** What each of its sites was on when it was deployed, in the words of `providersOf`. */
  readonly providers?: Readonly<Record<string, string>>;
}

/** Stacks that were ever deployed from here: what the topology forgets is still known. */
type Deployed = Readonly<Record<string, DeployedStack>>;

/** @param destroyed stacks that have nothing any more, whatever is recorded of them */
export function recordStacks(file: string, stacks: Deployed, destroyed: readonly string[] = []): void {
  mkdirSync(dirname(file), { recursive: true });
  const all = Object.entries({ ...readRecord(file), ...stacks }).filter(([stack]) => !destroyed.includes(stack));
  writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(all), null, 2));
  renameSync(`${file}.new`, file);
}

/** Deployed stacks that the topology has no more and that still have resources: nothing vanishes by omission. */
export function findOrphans(file: string, stacks: readonly string[]): Orphan[] {
  return deployedStacks(file)
    .filter(({ stack, resources }) => !stacks.includes(stack) && resources !== 0)
    .map(({ stack, resources }) => orphan(stack, resources))
    .sort((a, b) => (a.stack < b.stack ? -1 : 1));
}

/** Every stack that was deployed from here, with what it has now; resources are absent where nobody knows. */
export function deployedStacks(file: string): (Orphan & Pick<DeployedStack, 'providers'>)[] {
  return Object.entries(readRecord(file)).map(([stack, deployed]) => ({
    ...orphan(stack, resourcesOf(deployed)),
    ...(deployed.providers ? { providers: deployed.providers } : {}),
  }));
}

const resourcesOf = ({ state, resources }: DeployedStack): number | undefined =>
  state === undefined ? resources : readState(state)?.resources;

/**
 * The state file in which a stack still has resources, when it is not the one that it would have now: a state store that
 * was changed in the topology would make everything a second time.
 */
export function formerState(file: string, stack: string, state: string | undefined): string | undefined {
  const former = readRecord(file)[stack]?.state;
  if (former === undefined || former === state) return undefined;
  return (readState(former)?.resources ?? 0) > 0 ? former : undefined;
}

const orphan = (stack: string, resources: number | undefined): Orphan =>
  resources === undefined ? { stack } : { stack, resources };

function readRecord(file: string): Deployed {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Deployed) : {};
}
