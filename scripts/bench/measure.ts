import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** What one run of a program took. */
export interface Measured {
  readonly seconds: number;
  /** Processor time of all of its processes, in seconds: what a busy machine does not change much. 0 where there is no /proc. */
  readonly processor: number;
  /** Largest resident memory of each of its processes, summed; 0 where there is no /proc. */
  readonly megabytes: number;
  /** Most memory that all of its processes had in common at one time, pages that they share counted for each. */
  readonly peakMegabytes: number;
}

const lookMilliseconds = 10;

/** Runs a program to its end. Throws with what it wrote when it fails. @param env additions to the environment */
export async function measure(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const startedAt = performance.now();
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const used = new Map<number, Used>();
  let peak = 0;
  const looking = setInterval(() => (peak = Math.max(peak, noteUse(child.pid ?? 0, used))), lookMilliseconds);
  let written = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (written += data.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(looking));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${written}`);
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    seconds,
    processor: sumOf(used, 'ticks') / ticksPerSecond,
    megabytes: sumOf(used, 'kilobytes') / 1024,
    peakMegabytes: peak / 1024,
  };
}

interface Used {
  readonly kilobytes: number;
  readonly ticks: number;
}

/** `USER_HZ` on every architecture of Linux: time(7). */
const ticksPerSecond = 100;

/**
 * The kernel keeps peak and sum of each process (VmHWM, utime, stime: proc(5)), so that looking now and then is enough.
 * @returns kilobytes that the process and its children have now
 */
function noteUse(pid: number, used: Map<number, Used>, parent = ''): number {
  let now = 0;
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    // Just forked, it has the memory of its parent and none of its own.
    if (command === parent) return 0;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    now = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    // After the name in parentheses, which may hold anything: state is the first field, utime the 12th, stime the 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    if (peak) used.set(pid, { kilobytes: Number(peak), ticks: Number(fields[11]) + Number(fields[12]) });
    for (const task of readdirSync(`/proc/${pid}/task`))
      for (const child of readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean))
        now += noteUse(Number(child), used, command);
  } catch {
    // It has ended meanwhile, or there is no /proc.
  }
  return now;
}

function sumOf(used: ReadonlyMap<number, Used>, what: keyof Used): number {
  return [...used.values()].reduce((sum, use) => sum + use[what], 0);
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = sorted.length % 2 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return (low + high) / 2;
}

/** The middle of several runs, in each respect. */
export function medianOf(runs: readonly Measured[]): Measured {
  const middle = (of: keyof Measured): number => median(runs.map((run) => run[of]));
  return {
    seconds: middle('seconds'),
    processor: middle('processor'),
    megabytes: middle('megabytes'),
    peakMegabytes: middle('peakMegabytes'),
  };
}
