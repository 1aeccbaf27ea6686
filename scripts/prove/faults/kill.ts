import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isRunning, type Process } from '../../deploy/processes';
import { launchWatari } from '../launch';
import type { Rehearsal } from '../rehearsal';

/** Which processes a kill takes: a power cut takes all, the OOM killer only the biggest. */
export type Victims = 'all' | 'watari alone';

export interface Kill {
  readonly rehearsal: Pick<Rehearsal, 'env' | 'write'>;
  readonly root: string;
  readonly topology: { readonly name: string };
  readonly args?: readonly string[];
  /** Milliseconds after the start. */
  readonly after: number;
  readonly victims: Victims;
}

/** Starts a deploy and kills it with -9. Returns false when it had ended before. */
export async function killDeploy({ rehearsal, root, topology, args = [], after, victims }: Kill): Promise<boolean> {
  const command = ['deploy', '--sandbox', '--json', '--topology', rehearsal.write(topology), ...args];
  const { child, answer } = launchWatari(root, command, rehearsal.env);
  const hasEnded = await Promise.race([answer.then(() => true), wait(after).then(() => false)]);
  if (hasEnded) return false;
  killGroup(child.pid ?? 0);
  await answer;
  if (victims === 'all')
    for (const { pid } of terraformsOf(rehearsal.env['WATARI_HOME'] ?? '', topology.name)) killGroup(pid);
  return true;
}

/** With its whole process group; whoever has ended meanwhile is dead too. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Those that the run's own lock file tells of. */
export function terraformsOf(home: string, topology: string): Process[] {
  const file = join(home, 'sandbox', topology, 'running.json');
  if (!existsSync(file)) return [];
  const { terraforms = [] } = JSON.parse(readFileSync(file, 'utf8')) as { terraforms?: readonly Process[] };
  return terraforms.filter(isRunning);
}
