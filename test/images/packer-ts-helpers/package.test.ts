import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstMissing } from '../../docs/example';
import { describeWith, requirement } from '../../support/requirements';

const root = join(__dirname, '..', '..', '..');
const home = join(root, 'images', 'packer-ts-helpers');

interface Block {
  readonly line: number;
  readonly language: string;
  readonly file?: string;
  readonly needs?: string;
  readonly text: string;
}

function blocksOf(markdown: string): Block[] {
  const pattern = /(?:<!-- needs: (\w+) -->\n)?^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm;
  return [...markdown.matchAll(pattern)].map((match) => {
    const [, needs, language = '', file, text = ''] = match;
    return { line: markdown.slice(0, match.index).split('\n').length, language, file, needs, text };
  });
}

const blocks = blocksOf(readFileSync(join(home, 'README.md'), 'utf8'));

describe('packer-ts-helpers, packed and installed elsewhere', () => {
  let folder: string;
  let project: string;
  let compiled: ReturnType<typeof runProgram>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'packer-package-'));
    project = join(folder, 'project');
    installInto(project, pack(folder));
    for (const { file, text } of blocks) if (file) writeFileSync(join(project, file), text);
    writeFileSync(join(project, 'package.json'), '{ "private": true }');
    compiled = compileExamples(project);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the compiled code, its types, README and licence, and nothing else', () => {
    const list = execFileSync('find', ['.', '-type', 'f'], { cwd: installed(project), encoding: 'utf8' });
    const files = list.trim().split('\n');
    const beside = files.filter((file) => !/^\.\/dist\/.*\.(js|d\.ts)$/.test(file));
    expect(beside.sort()).toEqual(['./LICENSE', './README.md', './package.json']);
    expect(files).toEqual(expect.arrayContaining(['./dist/index.js', './dist/index.d.ts']));
  });

  it('compiles what its README shows, as a strict project would', () => {
    expect(compiled).toEqual({ code: 0, output: '' });
  });

  for (const block of blocks.filter(({ language }) => language === 'sh')) {
    const run = () => it(`keeps its word in line ${block.line} of the README`, () => runBlock(project, block));
    if (block.needs === 'packer') describeWith(requirement('packer'), 'with Packer', run);
    else run();
  }

  it('can be imported by both kinds of modules', () => {
    const script = "import { render, source } from 'packer-ts-helpers'; console.log(typeof render, typeof source);";
    expect(runProgram(project, process.execPath, ['--input-type=module', '--eval', script]).output).toBe(
      'function function\n',
    );
  });
});

/** Packs a copy of the package, so that no build lies in the checkout. Returns the archive. */
function pack(folder: string): string {
  const copy = join(folder, 'copy');
  const leaveOut = new Set([join(home, 'node_modules'), join(home, 'dist')]);
  cpSync(home, copy, { recursive: true, filter: (path) => !leaveOut.has(path) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const { code, output } = runProgram(copy, 'npm', ['pack', '--json', '--pack-destination', folder]);
  const name = /"filename": "([^"]+)"/.exec(output)?.[1];
  if (code !== 0 || !name) throw new Error(`npm pack: ${output}`);
  return join(folder, name);
}

function installInto(project: string, archive: string): void {
  mkdirSync(installed(project), { recursive: true });
  execFileSync('tar', ['-xzf', archive, '-C', installed(project), '--strip-components=1']);
}

function compileExamples(project: string) {
  const examples = blocks.flatMap(({ file }) => file ?? []);
  const options = ['--strict', '--target', 'es2022', '--module', 'node16', '--types', 'node'];
  const types = ['--typeRoots', join(root, 'node_modules', '@types')];
  return runProgram(project, join(root, 'node_modules', '.bin', 'tsc'), [...options, ...types, ...examples]);
}

function installed(project: string): string {
  return join(project, 'node_modules', 'packer-ts-helpers');
}

function runBlock(project: string, { text }: Block): void {
  for (const part of text.split(/^\$ /m).slice(1)) {
    const [command = '', ...expected] = part.trimEnd().split('\n');
    const { code, output } = runProgram(project, 'sh', ['-c', command]);
    expect([command, code, firstMissing(output, expected)]).toEqual([command, 0, undefined]);
  }
}

function runProgram(cwd: string, program: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  return { code: status, output: `${stdout}${stderr}` };
}
