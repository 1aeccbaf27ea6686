import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recipesFolder } from './recipes';

export const root = join(__dirname, '..', '..', '..');

/** A checkout of the default branch as a trusted job has it, with `npx watari` being this one. */
export interface Runner {
  readonly folder: string;
  run(commands: string, env: Readonly<Record<string, string>>): Promise<{ exitCode: number; output: string }>;
  read(file: string): string;
  remove(): void;
}

/** @param watari shell commands in place of `npx watari`. @default this checkout's */
export function makeRunner(watari = `exec node ${join(root, 'bin', 'watari.mjs')} "$@"`): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'watari-ci-'));
  const bin = join(folder, 'bin');
  for (const one of [bin, join(folder, 'temp'), join(folder, 'docs')]) mkdirSync(one);
  cpSync(recipesFolder, join(folder, 'docs', 'ci'), { recursive: true });
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\n${watari}\n`);
  chmodSync(join(bin, 'npx'), 0o755);
  const base = { PATH: `${bin}:${process.env['PATH']}`, HOME: folder, RUNNER_TEMP: join(folder, 'temp') };
  return {
    folder,
    run: (commands, env) => runCommands(commands, folder, { ...base, ...env }),
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** As GitHub runs a step: `bash -e`. */
function runCommands(
  commands: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ exitCode: number; output: string }> {
  const child = spawn('bash', ['-e', '-c', commands], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((done) => child.on('close', (code) => done({ exitCode: code ?? -1, output })));
}
