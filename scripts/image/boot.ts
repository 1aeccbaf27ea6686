import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ProblemsError } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print } from '../cli/output';
import { bootMachine } from './booted-machine';
import { needProgram, needQemu } from './build/programs';
import { onInterrupt } from '../cli/interrupt';
import { takenDown } from './machine';
import { type StoredDiskOptions, storedDisk } from './stored-disk';

export interface BootCommandOptions extends StoredDiskOptions {
  readonly userData?: string;
  readonly port?: readonly string[];
}

/** Boots an image that was built here, says how one logs in, and runs until it is interrupted or powered off. */
export async function boot(image: string, options: BootCommandOptions, context: CliContext): Promise<ExitCode> {
  const disk = await storedDisk(image, options, context);
  const ports = (options.port ?? []).map(portOf);
  const userData = options.userData === undefined ? undefined : readUserData(options.userData, context.cwd);
  needQemu(disk.staged.variant, context, 'boot');
  needProgram({ program: 'ssh', does: 'logs in to the machine', packages: 'openssh-client' }, context);
  const controller = new AbortController();
  const release = onInterrupt(controller, takenDown, (text) => note(context, text));
  const { env } = context;
  const { signal } = controller;
  const machine = await bootMachine(disk, { env, signal, ports, ...(userData === undefined ? {} : { userData }) });
  try {
    note(context, `${disk.manifest.name} boots; its console is in ${machine.folder}/console.log.`);
    await machine.ready();
    print(context, machine.sshCommand);
    for (const port of ports) print(context, `port ${port}: 127.0.0.1:${machine.ports[port]}`);
    note(context, 'It runs until Ctrl-C, or until it is powered off. What it writes is forgotten then.');
    await machine.ended;
    return ExitCode.done;
  } catch (error) {
    if (signal.aborted) return ExitCode.done;
    throw error;
  } finally {
    await machine.stop();
    release();
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  const fix = 'Name a port of the machine: --port 1935';
  throw new ProblemsError([{ path: '--port', message: 'is no port', value: text, bound: '1 to 65535', fix }]);
}

function readUserData(file: string, cwd: string): string {
  const path = resolve(cwd, file);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    const fix = 'Name a file with a cloud-config or a script.';
    throw new ProblemsError([{ path: '--user-data', message: 'cannot be read', value: path, fix }]);
  }
}
