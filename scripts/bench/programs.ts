import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Measured, measure } from './measure';

/** Where a bench works: compiled programs and their output. */
export interface Workshop {
  readonly root: string;
  readonly folder: string;
}

/** Writes stacks of a number of resources into a folder, and says what it took. */
export type Writing = (outdir: string, size: Size) => Promise<Measured>;

export interface Size {
  readonly stacks: number;
  readonly resources: number;
}

export function openWorkshop(root: string, home: string): Workshop & { close(): void } {
  mkdirSync(join(home, 'bench'), { recursive: true });
  const folder = mkdtempSync(join(home, 'bench', 'run-'));
  return { root, folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Plain cdktf: its App and stacks, run from the sources. */
export function plainWriting({ root }: Workshop): Writing {
  const program = ['node_modules/tsx/dist/cli.mjs', 'scripts/bench/generated/plain.ts'];
  return (outdir, size) => run(root, program, outdir, size);
}

/** Watari's way: a bundle made as `watari` is, with V8's compiled code beside it from the second run on. */
export function ourWriting({ root, folder }: Workshop): Writing {
  const bundle = join(folder, 'ours', 'watari.js');
  const source = join(root, 'scripts', 'bench', 'generated', 'ours.ts');
  runModule(root, 'build.mjs', `compileProgram(${[root, source, bundle].map((path) => JSON.stringify(path)).join()})`);
  const start = moduleText(root, 'start.mjs', `start(${JSON.stringify(bundle)})`);
  return (outdir, size) => run(root, ['--input-type=module', '--eval', start, 'ours'], outdir, size);
}

function run(root: string, program: readonly string[], outdir: string, size: Size): Promise<Measured> {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  return measure(process.execPath, [...program, outdir, String(size.stacks), String(size.resources)], root);
}

function runModule(root: string, file: string, call: string): void {
  execFileSync(process.execPath, ['--input-type=module', '--eval', moduleText(root, file, call)], { cwd: root });
}

/** A call of a function of `bin/`, as a program. */
function moduleText(root: string, file: string, call: string): string {
  return `import * as tools from ${JSON.stringify(pathToFileURL(join(root, 'bin', file)).href)}; await tools.${call};`;
}
