import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { version as cdktfVersion } from 'cdktf/package.json';
import { version as cdktnVersion } from 'cdktn/package.json';

const run = promisify(execFile);
const root = join(__dirname, '..', '..');
const topologies = readdirSync(join(root, 'stacks', 'topologies'))
  .filter((file) => /^(reference|only-\w+)\.ts$/.test(file))
  .map((file) => file.slice(0, -'.ts'.length));
let folder: string;

/** The same sources bundled and run twice: as they are, and with every import of cdktf answered by cdktn. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watari-exit-'));
  await Promise.all(['cdktf', 'cdktn'].map(synthesiseWith));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the exit from cdktf: the same sources with cdktn in its place', () => {
  it('leaves nothing of cdktf in the bundle', () => {
    expect(readFileSync(join(folder, 'cdktn.js'), 'utf8')).not.toContain('node_modules/cdktf/');
    expect(readFileSync(join(folder, 'cdktf.js'), 'utf8')).toContain('node_modules/cdktf/');
  });

  it.each(topologies)(
    'writes the stacks of %s byte for byte, but for its version and the layout of what is empty',
    (topology) => {
      const stacks = stacksOf('cdktf', topology);
      expect(stacks.length).toBeGreaterThan(0);
      expect(stacksOf('cdktn', topology)).toEqual(stacks);
      for (const stack of stacks) {
        const [ours, theirs] = ['cdktf', 'cdktn'].map((library) =>
          textOf(library, topology, 'stacks', stack, 'cdk.tf.json'),
        );
        expect(theirs).toBe(asCdktnWrites(ours!));
      }
    },
  );

  it.each(topologies)('lists the stacks of %s with the same dependencies', (topology) => {
    const [ours, theirs] = ['cdktf', 'cdktn'].map(
      (library) => JSON.parse(textOf(library, topology, 'manifest.json')) as object,
    );
    expect(theirs).toEqual({ ...ours, version: cdktnVersion });
  });
});

/** The version stands in the metadata, which come first; cdktf breaks the line within an empty object or list. */
function asCdktnWrites(text: string): string {
  const version = text.replace(`"version": "${cdktfVersion}"`, `"version": "${cdktnVersion}"`);
  return version.replace(/([{[])\n *([}\]])/g, '$1$2');
}

async function synthesiseWith(library: string): Promise<void> {
  const bundle = join(folder, `${library}.js`);
  const output = join(folder, library);
  mkdirSync(output);
  const bundling = run(
    join(root, 'node_modules', '.bin', 'esbuild'),
    [
      ...['--bundle', '--platform=node', '--target=node20', '--loader=ts', '--log-level=warning'],
      ...[`--alias:cdktf=${library}`, `--outfile=${bundle}`],
    ],
    { cwd: root },
  );
  bundling.child.stdin!.end(program());
  await bundling;
  await run(process.execPath, [bundle, output]);
}

/** Writes each topology into a folder of its own, below the one that it is given. */
function program(): string {
  return `
    import { loadPlatform, synthesize } from './stacks/main';
    ${topologies.map((name, index) => `import t${index} from './stacks/topologies/${name}';`).join('\n')}
    for (const topology of [${topologies.map((_, index) => `t${index}`).join(', ')}])
      synthesize(loadPlatform(topology), process.argv[2] + '/' + topology.name);`;
}

function stacksOf(library: string, topology: string): string[] {
  return readdirSync(join(folder, library, topology, 'stacks')).sort();
}

function textOf(library: string, ...path: readonly string[]): string {
  return readFileSync(join(folder, library, ...path), 'utf8');
}
