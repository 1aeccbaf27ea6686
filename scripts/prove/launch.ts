import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { killGroup, killRunning } from './running';

/** What one call of `watari` answered. */
export interface WatariAnswer {
  /** 1 also for a call that a signal ended. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LaunchedWatari {
  /** For those who mean to kill it; it leads a process group of its own. */
  readonly child: ChildProcess;
  readonly answer: Promise<WatariAnswer>;
}

/** Those at work, each with the home that it works in. */
const launched = new Map<ChildProcess, string | undefined>();

/** Starts `watari` as a process of its own. @param env additions to this process's environment */
export function launchWatari(
  root: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): LaunchedWatari {
  const child = spawn(process.execPath, [join(root, 'bin', 'watari.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  launched.set(child, env['WATARI_HOME']);
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (written.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (written.stderr += data.toString()));
  const answer = new Promise<WatariAnswer>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, ...written }));
  }).finally(() => launched.delete(child));
  return { child, answer };
}

const signals = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Until it is called off, an interrupt ends all that was launched, and its Terraforms, before it ends this process: they
 * lead process groups of their own, which no terminal reaches. The exit code is 128 and the signal's number, as shells
 * have it.
 */
export function killLaunchedOnInterrupt(): () => void {
  const handler = (signal: keyof typeof signals): void => {
    for (const [{ pid }, home] of launched) {
      if (pid !== undefined) killGroup(pid);
      if (home !== undefined) killRunning(home);
    }
    process.exit(128 + signals[signal]);
  };
  const names = Object.keys(signals) as (keyof typeof signals)[];
  for (const name of names) process.on(name, handler);
  return () => names.forEach((name) => process.off(name, handler));
}
