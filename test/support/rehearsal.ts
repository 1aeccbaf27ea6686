import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeployReport } from '../../scripts/deploy/report';
import { rehearsal, type Rehearsal } from '../../scripts/prove/rehearsal';
import { main } from '../../scripts/watari';
import type { Topology as FinalTopology } from '../../stacks/topology/topology';
import { recordedContext } from './cli';

type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };
/** Loosely tied together and open to changes: sites and shards by any name. */
type Topology = Writable<FinalTopology>;

const root = join(__dirname, '..', '..');

/** A rehearsal in this process, in a folder that goes with the file's tests. */
export function testRehearsal(): Rehearsal {
  const home = mkdtempSync(join(tmpdir(), 'watari-rehearsal-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  return rehearsal(root, home, async (args, env) => {
    const context = recordedContext({ root, cwd: home, env: { ...process.env, ...env } });
    const code = await main(args, context);
    return { code, ...context.written };
  });
}

/** A topology as plain data, changed by `edit`; the original stays as it is. */
export function editedTopology(topology: unknown, edit: (copy: Topology) => void): Topology {
  const copy = structuredClone(topology) as Topology;
  edit(copy);
  return copy;
}

/** What a run did, by stack, without the stacks that it left alone: `{ 'dns': { update: [...] } }`. */
export function changesOf({ stacks }: DeployReport): Record<string, Record<string, readonly string[]>> {
  const changed = stacks.filter((stack) => stack.changed);
  return Object.fromEntries(
    changed.map(({ stack, changes }) => [
      stack,
      Object.fromEntries(Object.entries(changes).filter(([, addresses]) => addresses.length > 0)),
    ]),
  );
}

/** When a stack was worked on, in milliseconds of the clock. */
export function timesOf({ stacks }: DeployReport, id: string): { readonly begin: number; readonly end: number } {
  const { startedAt, seconds } = stacks.find(({ stack }) => stack === id)!;
  const begin = Date.parse(startedAt);
  return { begin, end: begin + seconds * 1000 };
}
