import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A process of this machine; with its start it is told from a later one of the same id. */
export interface Process {
  readonly pid: number;
  /** As the system counts it; absent where it does not tell. */
  readonly started?: string;
}

export function processOf(pid: number): Process {
  const started = readStatus(pid)?.started;
  return { pid, ...(started === undefined ? {} : { started }) };
}

/** Whether it still runs. One that has ended and that nobody has asked after does not. */
export function isRunning({ pid, started }: Process): boolean {
  if (!existsSync('/proc/self/stat')) return answersSignals(pid);
  const status = readStatus(pid);
  if (!status || status.isDead) return false;
  return started === undefined || started === status.started;
}

const pauseMilliseconds = 100;
const patienceMilliseconds = 1000;

/** Waits until all of them have ended; `say` is told after a second which ones it waits for. */
export async function waitForEnd(processes: readonly Process[], say: (pids: string) => void): Promise<void> {
  const started = Date.now();
  let told = false;
  for (;;) {
    const running = processes.filter(isRunning);
    if (running.length === 0) return;
    if (!told && Date.now() - started > patienceMilliseconds) say(running.map(({ pid }) => pid).join(' '));
    told ||= Date.now() - started > patienceMilliseconds;
    await wait(pauseMilliseconds);
  }
}

interface Status {
  readonly started: string;
  readonly isDead: boolean;
}

/** Linux: proc_pid_stat(5); the state and the start are fields 3 and 22, counted behind the name in brackets. */
function readStatus(pid: number): Status | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { started: fields[19] ?? '', isDead: /[ZXx]/.test(fields[0] ?? '') };
  } catch {
    // It is gone, or this is no Linux.
    return undefined;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
