import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../../../constructs/contract/problem';
import { type Process, isRunning, processOf } from '../../deploy/processes';

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

const holderFile = 'build.json';

/**
 * Takes the folder. What a build that was killed has left there is removed, with the Packer that it may have left running.
 * @throws ProblemsError where somebody builds the same just now
 */
export function takeWorkFolder(path: string, title: string): WorkFolder {
  const former = readHolder(path);
  if (former && isRunning(former.watari)) {
    const fix = `Wait until process ${former.watari.pid} has ended.`;
    refuse([{ path: title, message: 'is being built by somebody else', value: `process ${former.watari.pid}`, fix }]);
  }
  if (former?.packer && isRunning(former.packer)) killGroup(former.packer.pid);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  const own: Holder = { watari: processOf(process.pid) };
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

/** Packer is the first of its group; its QEMU belongs to it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
