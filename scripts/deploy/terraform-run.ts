import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

export interface TerraformResult {
  readonly code: number;
  readonly output: string;
}

/** Output kept for the report, in characters: the end says what failed. */
const keptOutput = 200_000;
const lookMilliseconds = 100;
const running = new Set<ReturnType<typeof spawn>>();
let listener: (pids: readonly number[]) => void = () => undefined;

/**
 * Runs one Terraform command to its end; `onLine` sees each line as it comes. Never throws for a non-zero exit.
 * It writes to a file and not to a pipe: should this process be killed, a broken pipe would kill Terraform at its next
 * word, before it has written what it made to its state.
 */
export function runTerraform(
  program: string,
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void = () => undefined,
  keep = keptOutput,
): Promise<TerraformResult> {
  const log = openLog(folder, onLine, keep);
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...env },
    stdio: ['ignore', log.descriptor, log.descriptor],
    detached: true,
  });
  running.add(child);
  tell();
  const looking = setInterval(log.read, lookMilliseconds);
  const end = (): void => {
    clearInterval(looking);
    running.delete(child);
    tell();
  };
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      end();
      log.close();
      reject(error);
    });
    child.on('close', (code) => {
      end();
      resolve({ code: code ?? 1, output: log.close() });
    });
  });
}

interface Log {
  readonly descriptor: number;
  /** Takes what was written since. */
  readonly read: () => void;
  /** Takes the rest and removes the file. Returns the end of what was written. */
  readonly close: () => string;
}

const chunkBytes = 65_536;

function openLog(folder: string, onLine: (line: string) => void, keep: number): Log {
  const file = join(folder, 'watari.log');
  const [descriptor, reader] = [openSync(file, 'w'), openSync(file, 'r')];
  const [buffer, decoder] = [Buffer.alloc(chunkBytes), new StringDecoder()];
  let output = '';
  let begun = '';
  const take = (text: string): void => {
    output = (output + text).slice(-keep);
    const lines = (begun + text).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) onLine(line);
  };
  const read = (): void => {
    for (let count; (count = readSync(reader, buffer)) > 0;) take(decoder.write(buffer.subarray(0, count)));
  };
  const close = (): string => {
    read();
    if (begun.trim()) onLine(begun);
    [descriptor, reader].forEach((open) => closeSync(open));
    rmSync(file, { force: true });
    return output;
  };
  return { descriptor, read, close };
}

/** Calls `listen` with the process ids of every Terraform at work, whenever one starts or ends. */
export function watchTerraform(listen: (pids: readonly number[]) => void): void {
  listener = listen;
}

function tell(): void {
  listener([...running].flatMap(({ pid }) => (pid === undefined ? [] : [pid])));
}

/**
 * Asks every running Terraform to stop as it does on an interrupt: it ends what it is doing and writes its state.
 * They run in process groups of their own, so that an interrupt of the terminal reaches them once, from here.
 */
export function interruptTerraform(): void {
  for (const child of running) child.kill('SIGINT');
}
