import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Block, root } from './markdown';

/** A reader's checkout: topologies and examples of its own to edit, a home of its own, everything else linked. */
export interface Checkout {
  readonly folder: string;
  /** Runs a command as a reader would; output and error output together. */
  run(command: string): Promise<{ readonly code: number; readonly output: string }>;
  /** Applies a `diff` block: the file's name, then lines to take out and to put in their place. */
  edit(block: Block): void;
  remove(): void;
}

export function makeCheckout(): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'watari-docs-'));
  mkdirSync(join(folder, 'stacks'));
  mkdirSync(join(folder, 'bin'));
  cpSync(join(root, 'stacks', 'topologies'), join(folder, 'stacks', 'topologies'), { recursive: true });
  cpSync(join(root, 'docs', 'examples'), join(folder, 'docs', 'examples'), { recursive: true });
  for (const shared of ['stacks/topology', 'constructs', 'node_modules'])
    symlinkSync(join(root, shared), join(folder, shared));
  const program = join(folder, 'bin', 'watari');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin', 'watari.mjs')}' "$@"\n`);
  chmodSync(program, 0o755);
  return {
    folder,
    run: (command) => run(folder, command),
    edit: (block) => edit(folder, block),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What the npm scripts and npx stand for. */
function asRun(command: string): string {
  return command
    .replace(/^npm ci && /, '')
    .replace(/^npm start --/, 'watari deploy --sandbox')
    .replace(/^npm start/, 'watari deploy --sandbox')
    .replaceAll('npx watari', 'watari');
}

async function run(folder: string, command: string): Promise<{ code: number; output: string }> {
  const env = {
    PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
    HOME: process.env.HOME,
    WATARI_TERRAFORM: process.env.WATARI_TERRAFORM,
    WATARI_TOFU_MIRROR: process.env.WATARI_TOFU_MIRROR,
    WATARI_HOME: join(folder, '.watari'),
    WATARI_TOPOLOGY: join(folder, 'stacks', 'topologies', 'reference.ts'),
  };
  const child = spawn('bash', ['-c', asRun(command)], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code: code ?? 1, output };
}

function edit(folder: string, block: Block): void {
  const [name = '', ...lines] = block.lines;
  const file = join(folder, name);
  const text = readFileSync(file, 'utf8');
  const side = (sign: string): string =>
    lines
      .filter((line) => line.startsWith(sign) || line.startsWith(' '))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  if (!text.includes(side('-'))) throw new Error(`${block.document}:${block.line}: ${name} does not have these lines`);
  writeFileSync(
    file,
    text.replace(side('-'), () => side('+')),
  );
}
