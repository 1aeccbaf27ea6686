import { spawn, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const entry = `
import { startSandbox } from './scripts/sandbox/server';
import { exampleFacts, exampleSimulation } from './test/scripts/sandbox/example-provider';
const [cloudFile, ...owners] = process.argv.slice(2);
const sandbox = startSandbox({ cloudFile, simulations: [exampleSimulation], facts: [exampleFacts] });
Promise.all(owners.map((owner) => sandbox.env(owner))).then((all) => console.log(JSON.stringify(all)));
`;

/** A sandbox of the example provider in a process of its own, which a test can kill. */
export interface SeparateSandbox {
  readonly process: ChildProcess;
  /** Variables for Terraform, by owner. */
  readonly env: Readonly<Record<string, Record<string, string>>>;
}

/** Compiles the program once for a test file; returns its path. */
export function compileSandbox(folder: string): string {
  const outfile = join(folder, 'sandbox.cjs');
  const stdin = { contents: entry, resolveDir: join(__dirname, '..', '..', '..'), loader: 'ts' } as const;
  const built = buildSync({ stdin, bundle: true, platform: 'node', write: false, logLevel: 'error' });
  writeFileSync(outfile, built.outputFiles[0]?.contents ?? '');
  return outfile;
}

/** Starts it; resolves once it serves. */
export function startSeparately(
  program: string,
  cloudFile: string,
  owners: readonly string[],
): Promise<SeparateSandbox> {
  const child = spawn(process.execPath, [program, cloudFile, ...owners], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.stdout.once('data', (line: Buffer) => {
      const all = JSON.parse(line.toString()) as Record<string, string>[];
      const env = Object.fromEntries(
        owners.map((owner, at): [string, Record<string, string>] => [owner, all[at] ?? {}]),
      );
      resolve({ process: child, env });
    });
  });
}

/** Ends it as a power cut would. */
export function kill({ process: child }: SeparateSandbox): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.on('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
