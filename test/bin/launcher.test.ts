import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..');
const greeting = (word: string) => `export const greeting = '${word}';\n`;
let checkout: string;

/** A checkout in small: the real launcher over a program that prints what a topology says. */
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'watari-launcher-'));
  cpSync(join(root, 'bin'), join(checkout, 'bin'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
  write('stacks/topologies/reference.ts', greeting('hello'));
  write(
    'scripts/watari.ts',
    `import { greeting } from '../stacks/topologies/reference';
     export async function main(args: string[]): Promise<number> { console.log(greeting, ...args); return args.length; }`,
  );
  write('scripts/bindings/generate.ts', 'export async function generateBindings() { return { generated: [] }; }');
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

describe('bin/watari.mjs', () => {
  it('runs the program with its arguments and gives its answer to the shell', () => {
    expect(launch('a', 'b')).toMatchObject({ stdout: 'hello a b\n', stderr: '', status: 2 });
  });

  it('is never stale: an edited topology is in the next output', () => {
    launch();
    write('stacks/topologies/reference.ts', greeting('goodbye'));
    expect(launch().stdout).toBe('goodbye\n');
  });

  it('goes back to an earlier bundle when the edit is taken back', () => {
    launch();
    write('stacks/topologies/reference.ts', greeting('goodbye'));
    launch();
    write('stacks/topologies/reference.ts', greeting('hello'));
    expect(launch().stdout).toBe('hello\n');
    expect(bundles()).toHaveLength(2);
  });

  it('builds nothing when nothing changed', () => {
    launch();
    rmSync(join(checkout, 'node_modules'));
    expect(launch()).toMatchObject({ stdout: 'hello\n', status: 0 });
  });

  it('builds once when many start at once, and all of them run', async () => {
    const run = promisify(execFile);
    const launcher = join(checkout, 'bin', 'watari.mjs');
    const answers = await Promise.all([1, 2, 3, 4].map(() => run(process.execPath, [launcher])));
    expect(answers.map((answer) => answer.stdout)).toEqual(['hello\n', 'hello\n', 'hello\n', 'hello\n']);
    expect(bundles()).toHaveLength(1);
  });

  it('keeps a few old bundles and no more', () => {
    for (const word of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      write('stacks/topologies/reference.ts', greeting(word));
      expect(launch().stdout).toBe(`${word}\n`);
    }
    expect(bundles()).toHaveLength(5);
  });

  it('survives a spoiled code cache', () => {
    launch();
    const [bundle = ''] = bundles();
    const folder = join(checkout, '.watari', 'build', bundle);
    const [cache = ''] = readdirSync(folder).filter((name) => name.endsWith('.cache'));
    writeFileSync(join(folder, cache), readFileSync(join(folder, cache)).fill(0, 0, 64));
    expect(launch()).toMatchObject({ stdout: 'hello\n', status: 0 });
  });

  it('leaves out where tokens were created, which costs cdktf most of its time, unless it is asked to debug', () => {
    write(
      'scripts/watari.ts',
      `import { Lazy } from 'cdktf';
       export async function main() { return Lazy.anyValue({ produce: () => 1 }).creationStack.length > 0 ? 1 : 0; }`,
    );
    expect(launch()).toMatchObject({ stderr: '', status: 0 });
    const launcher = join(checkout, 'bin', 'watari.mjs');
    expect(spawnSync(process.execPath, [launcher], { env: { ...process.env, WATARI_DEBUG: '1' } }).status).toBe(1);
  });

  it('ends quietly when its reader has seen enough', () => {
    write(
      'scripts/watari.ts',
      `export async function main() { for (let i = 0; i < 1e5; i++) console.log(i); return 0; }`,
    );
    const piped = spawnSync('sh', ['-c', `"${process.execPath}" bin/watari.mjs | head -n 1`], { cwd: checkout });
    expect(piped.stdout.toString()).toBe('0\n');
    expect(piped.stderr.toString()).toBe('');
  });

  it('names the line of a source that does not compile, and exits with 2', () => {
    write('stacks/topologies/reference.ts', 'export const greeting = ;\n');
    const { stderr, status } = launch();
    expect(stderr).toContain('stacks/topologies/reference.ts:1:24');
    expect(stderr).not.toContain('node_modules');
    expect(status).toBe(2);
  });

  it('says what to run when nothing is installed', () => {
    rmSync(join(checkout, 'node_modules'));
    const { stderr, status } = launch();
    expect(stderr).toContain('run `npm ci`');
    expect(status).toBe(2);
  });
});

function launch(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(checkout, 'bin', 'watari.mjs'), ...args], { encoding: 'utf8' });
}

function bundles(): string[] {
  return readdirSync(join(checkout, '.watari', 'build'));
}

function write(file: string, content: string): void {
  const path = join(checkout, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
}
