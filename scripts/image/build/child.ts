import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { CliContext } from '../../cli/context';

/** A program that was ended because the user wants no more of it. */
export class Interrupted extends Error {
  /** @param left what was complete at a provider before the interrupt came, and is there still */
  constructor(readonly left: readonly string[] = []) {
    super('interrupted');
  }
}

export interface ChildOptions {
  readonly env: CliContext['env'];
  readonly cwd?: string;
  readonly signal: AbortSignal;
  /** Whole lines of both outputs, as they come. */
  readonly onLine?: (line: string) => void;
  readonly onStart?: (pid: number) => void;
  /** @default 20 s */
  readonly grace?: Grace;
}

/** What a program gets to end its own children after an interrupt, before all of them are ended by force. */
export interface Grace {
  readonly milliseconds: number;
  /** Told when the interrupt has been passed on, and waiting begins. */
  readonly onWait?: () => void;
  /** Told when the program has not ended in time, and is ended by force. */
  readonly onForce?: () => void;
}

const usualGrace: Grace = { milliseconds: 20_000 };

/**
 * Runs a program in a process group of its own: an interrupt at the terminal reaches it once, from here, and nothing that
 * it has started is left when it is over.
 * @returns its exit code; -1 where a signal ended it
 * @throws Interrupted once it has ended, when the signal has come
 */
export async function runChild(program: string, args: readonly string[], options: ChildOptions): Promise<number> {
  if (options.signal.aborted) throw new Interrupted();
  const child = spawn(program, args, {
    env: options.env as NodeJS.ProcessEnv,
    cwd: options.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) options.onStart?.(child.pid);
  const ended = endOf(child);
  const abort = () => void interrupt(child, ended, options.grace ?? usualGrace);
  options.signal.addEventListener('abort', abort, { once: true });
  const output = [child.stdout, child.stderr].map((stream) => eachLine(stream, options.onLine ?? (() => undefined)));
  try {
    const code = await ended;
    killGroup(child, 'SIGKILL');
    await Promise.all(output);
    if (options.signal.aborted) throw new Interrupted();
    return code;
  } finally {
    options.signal.removeEventListener('abort', abort);
  }
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? -1));
  });
}

/** Packer takes its machine down by itself when it is interrupted, once; a second signal would leave it running. */
async function interrupt(child: ChildProcess, ended: Promise<number>, grace: Grace): Promise<void> {
  child.kill('SIGINT');
  grace.onWait?.();
  const late = wait(grace.milliseconds, 'late', { ref: false });
  if ((await Promise.race([ended.catch(() => undefined), late])) === 'late') grace.onForce?.();
  killGroup(child, 'SIGKILL');
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

async function eachLine(stream: Readable | null, onLine: (line: string) => void): Promise<void> {
  if (!stream) return;
  let rest = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream as AsyncIterable<string>) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  }
  if (rest !== '') onLine(rest);
}
