import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { refuse } from '../../../constructs/contract/problem';
import { type Process, isRunning, processOf } from '../../deploy/processes';
import { type Grace, Interrupted } from './child';

/** Who works in a folder: this program, and the Packer that it has started. */
interface Holder {
  readonly watari: Process;
  readonly packer?: Process;
}

/** A folder for one build, empty, and nobody else's until it is given back. */
export interface WorkFolder {
  readonly path: string;
  readonly onStart: (pid: number) => void;
  remove(): void;
}

export interface TakeOptions {
  readonly signal: AbortSignal;
  /** What a Packer that was left running gets to take its machine down. @default - none: its machine ends with it */
  readonly grace?: Grace;
  /** Sees the folder as the former build has left it, before it is emptied. */
  readonly onLeft?: (path: string) => void;
}

const holderFile = 'build.json';

/**
 * Takes the folder. What a build that was killed has left there is removed, with the Packer that it may have left running.
 * @throws ProblemsError where somebody builds the same just now
 * @throws Interrupted while it waits for a Packer to end
 */
export async function takeWorkFolder(path: string, title: string, options: TakeOptions): Promise<WorkFolder> {
  const former = readHolder(path);
  if (former && isRunning(former.watari)) {
    const fix = `Wait until process ${former.watari.pid} has ended.`;
    refuse([{ path: title, message: 'is being built by somebody else', value: `process ${former.watari.pid}`, fix }]);
  }
  const own: Holder = { watari: processOf(process.pid) };
  if (former?.packer && isRunning(former.packer)) {
    // Nobody else takes it meanwhile; who finds it after this program was killed still finds that Packer.
    write(path, { ...own, packer: former.packer });
    await endPacker(former.packer, options);
  }
  if (former) options.onLeft?.(path);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  write(path, own);
  return {
    path,
    onStart: (pid) => write(path, { ...own, packer: processOf(pid) }),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function write(folder: string, holder: Holder): void {
  writeFileSync(join(folder, holderFile), JSON.stringify(holder));
}

function readHolder(folder: string): Holder | undefined {
  const file = join(folder, holderFile);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    // A program that was killed while it wrote has not started anything yet.
    return undefined;
  }
}

const pauseMilliseconds = 100;

/** An interrupt for Packer alone, as from this program; by force only what has not ended in time. */
async function endPacker(packer: Process, { grace, signal }: TakeOptions): Promise<void> {
  if (grace) {
    send(packer.pid, 'SIGINT');
    grace.onWait?.();
    const end = Date.now() + grace.milliseconds;
    while (isRunning(packer) && Date.now() < end) {
      if (signal.aborted) throw new Interrupted();
      await wait(pauseMilliseconds);
    }
    if (isRunning(packer)) grace.onForce?.();
  }
  // Packer is the first of its group; its QEMU belongs to it.
  send(-packer.pid, 'SIGKILL');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
