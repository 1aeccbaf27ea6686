import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning, type Process, waitForEnd } from '../deploy/processes';

/** With its whole process group; whoever has ended meanwhile is dead too. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Who works on one topology, as the run's own lock file tells. */
export interface Running {
  readonly watari: readonly Process[];
  readonly terraforms: readonly Process[];
}

const nobody: Running = { watari: [], terraforms: [] };

/** Those of this machine that still run, each of them the leader of its process group. */
export function runningIn(home: string, topology: string): Running {
  const file = join(home, 'sandbox', topology, 'running.json');
  if (!existsSync(file)) return nobody;
  const holder = JSON.parse(readFileSync(file, 'utf8')) as Process & {
    readonly host: string;
    readonly terraforms?: readonly Process[];
  };
  if (holder.host !== hostname()) return nobody;
  return { watari: [holder].filter(isRunning), terraforms: (holder.terraforms ?? []).filter(isRunning) };
}

/** Kills every run over the clouds of a home, and what it started. Returns whom to wait for. */
export function killRunning(home: string): Process[] {
  return topologiesIn(home).flatMap((topology) => {
    const { watari } = runningIn(home, topology);
    // First who starts others, then whom it has started until then.
    for (const { pid } of watari) killGroup(pid);
    const { terraforms } = runningIn(home, topology);
    for (const { pid } of terraforms) killGroup(pid);
    return [...watari, ...terraforms];
  });
}

/** Ends what a killed proof has left at work in its folder, or in the homes below it. */
export async function endRunning(folder: string, say: (text: string) => void): Promise<void> {
  const homes = [folder, ...foldersIn(folder).map((name) => join(folder, name))];
  const killed = homes.flatMap(killRunning);
  if (killed.length > 0) say(`killed what an earlier run left at work: ${killed.map(({ pid }) => pid).join(', ')}`);
  await waitForEnd(killed, (pids) => say(`waits for the end of ${pids}`));
}

const topologiesIn = (home: string): string[] => foldersIn(join(home, 'sandbox'));

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    : [];
