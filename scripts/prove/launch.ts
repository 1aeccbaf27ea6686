import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

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
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (written.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (written.stderr += data.toString()));
  const answer = new Promise<WatariAnswer>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, ...written }));
  });
  return { child, answer };
}
