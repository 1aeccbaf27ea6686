import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(__dirname, '..', '..');
const sources = ['bin', 'constructs', 'images', 'scripts', 'stacks', '.gen'];
const files = ['cdktf.json', 'images.lock.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** A copy of the checkout for the tests of one file: to be edited, and to run tools in that write beside the sources. */
export function copyCheckout(): string {
  const copy = mkdtempSync(join(tmpdir(), 'watari-checkout-'));
  for (const name of [...sources, ...files]) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  afterAll(() => rmSync(copy, { recursive: true, force: true, maxRetries: 3 }));
  return copy;
}

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; variables that are undefined are taken away from the environment. */
export function runIn(folder: string, [program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...env } });
    const written = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].on('data', (data: Buffer) => (written[stream] += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, ...written }));
  });
}

/** Every file under a folder with its content, by relative path; `skip` leaves out paths. */
export function filesUnder(folder: string, skip = /^$/): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  const kept = paths.filter((path) => !skip.test(relative(folder, path))).sort();
  return Object.fromEntries(kept.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
