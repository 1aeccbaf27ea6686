import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';

/** Milliseconds after which a state that is still in pieces is nobody's write under way. */
const PATIENCE_MS = 300;

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Puts the backup in the place of a state that a killed Terraform left half written: its local backend writes in place.
 * The backup is the state before that run. What the run changed since is found again: objects that it made are adopted,
 * what it removed is not there at the next read.
 */
export function mendState(state: string): void {
  if (isWhole(state)) return;
  Atomics.wait(pause, 0, 0, PATIENCE_MS);
  if (isWhole(state)) return;
  const backup = `${state}.backup`;
  if (existsSync(backup) && isWhole(backup)) copyFileSync(backup, state);
  else rmSync(state, { force: true });
}

/** A state that is not there is whole too. */
function isWhole(state: string): boolean {
  try {
    JSON.parse(readFileSync(state, 'utf8'));
    return true;
  } catch {
    return !existsSync(state);
  }
}
