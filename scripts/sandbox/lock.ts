import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';

/** Milliseconds between two looks at a lock that another process holds; a transaction takes well under one. */
const PAUSE_MS = 1;
/** Milliseconds after which the file that guards the breaking of a lock is itself taken for abandoned. */
const ABANDONED_MS = 2000;

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Runs a synchronous function while no other process of this machine does so under the same lock file.
 * The file names its holder, so that a lock left behind by a killed process is broken at once and never waited for.
 */
export function withLock<T>(file: string, run: () => T): T {
  while (!take(file)) {
    if (!breakIfDead(file)) Atomics.wait(pause, 0, 0, PAUSE_MS);
  }
  try {
    return run();
  } finally {
    unlinkSync(file);
  }
}

function take(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx');
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Two processes must not break the same lock: the second would remove the lock that the first has just taken. */
function breakIfDead(file: string): boolean {
  if (!isAbandoned(file)) return false;
  const guard = `${file}.break`;
  if (!take(guard)) {
    if (ageOf(guard) > ABANDONED_MS) remove(guard);
    return false;
  }
  if (isAbandoned(file)) remove(file);
  remove(guard);
  return true;
}

/** A holder that died before it wrote its name leaves an empty file. */
function isAbandoned(file: string): boolean {
  const holder = read(file);
  if (holder === undefined) return false;
  return holder === '' ? ageOf(file) > ABANDONED_MS : !isAlive(Number(holder));
}

/** Whether there is a process of an id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
