import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { dirname } from 'node:path';
import { type Problem, ProblemsError } from '../../constructs/contract/problem';
import { withLock } from '../sandbox/lock';
import { isRunning, type Process, processOf } from './processes';

interface Holder extends Process {
  readonly host: string;
  readonly user: string;
  /** ISO 8601. */
  readonly since: string;
  readonly command: string;
  /** Terraforms at work: they outlive a run that is killed. */
  readonly terraforms?: readonly Process[];
  /** Since when runs were killed, if the former one was. */
  readonly interrupted?: string;
}

export interface RunLock {
  /** Terraforms of a run that was killed, which may still be at work. */
  readonly orphans: readonly Process[];
  /** When the first of the killed runs before this one began, ISO 8601; absent when the former one ended by itself. */
  readonly interrupted?: string;
  /** Keeps the Terraforms that run now, for the run after a kill. */
  keep(pids: readonly number[]): void;
  release(): void;
}

/**
 * One run at a time over one set of states. A run that was killed leaves its file; the next one sees that the process
 * is gone and takes over at once.
 * @throws ProblemsError that says who runs
 */
export function takeRunLock(file: string, command: string): RunLock {
  mkdirSync(dirname(file), { recursive: true });
  return withLock(`${file}.lock`, () => {
    const former = readHolder(file);
    if (former && isAlive(former)) throw new ProblemsError([alreadyRunning(former, file)]);
    const orphans = (former?.terraforms ?? []).filter(isRunning);
    const interrupted = former && (former.interrupted ?? former.since);
    const own: Holder = { ...thisRun(command), terraforms: orphans, ...(interrupted ? { interrupted } : {}) };
    write(file, own);
    return {
      orphans,
      ...(interrupted ? { interrupted } : {}),
      keep: (pids) => write(file, { ...own, terraforms: [...orphans, ...pids.map(processOf)] }),
      release: () => rmSync(file, { force: true }),
    };
  });
}

const thisRun = (command: string): Holder => ({
  ...processOf(process.pid),
  host: hostname(),
  user: userInfo().username,
  since: new Date().toISOString(),
  command,
});

/** Whoever reads it, after whatever kill, reads it whole. */
function write(file: string, holder: Holder): void {
  writeFileSync(`${file}.new`, JSON.stringify(holder));
  renameSync(`${file}.new`, file);
}

function readHolder(file: string): Holder | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    // Nobody writes half of it; a file that somebody else has touched holds nobody off.
    return undefined;
  }
}

/** A holder on another machine cannot be asked, so it counts as alive. */
const isAlive = (holder: Holder): boolean => holder.host !== hostname() || isRunning(holder);

const alreadyRunning = (holder: Holder, file: string): Problem => ({
  path: 'watari deploy',
  message: `is already running: ${holder.user}@${holder.host}, process ${holder.pid}, since ${holder.since} (${holder.command})`,
  fix:
    holder.host === hostname()
      ? 'Wait until it has ended.'
      : `Wait until it has ended. If ${holder.host} is lost, remove ${file}.`,
});
