import { setTimeout as wait } from 'node:timers/promises';
import { launchWatari } from '../launch';
import type { Rehearsal } from '../rehearsal';
import { killGroup, runningIn } from '../running';

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
    for (const { pid } of runningIn(rehearsal.env['WATARI_HOME'] ?? '', topology.name).terraforms) killGroup(pid);
  return true;
}
