import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemsError, type Problem } from '../../../constructs/contract/problem';
import { readTopology } from '../../../scripts/topology/read';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watari-topology-'));
  mkdirSync(join(folder, 'stacks', 'topologies'), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('--topology', () => {
  it('takes a .json file, relative to where the user stands', async () => {
    write('mine.json', '{ "name": "mine" }');
    expect(await load('mine.json')).toEqual({ name: 'mine' });
  });

  it('takes a .ts file, which may import others and need not be compiled by anybody', async () => {
    write('sites.ts', `export const sites: Record<string, { provider: string }> = { here: { provider: 'gcp' } };`);
    write('mine.ts', `import { sites } from './sites';\nexport default { name: 'mine', sites };`);
    expect(await load('mine.ts')).toEqual({ name: 'mine', sites: { here: { provider: 'gcp' } } });
  });

  it('refuses an unknown name and lists the known ones', async () => {
    write('stacks/topologies/only-gcp.ts', '');
    write('stacks/topologies/reference.ts', '');
    expect(await problemWith('refrence')).toMatchObject({ value: 'refrence', bound: 'only-gcp, reference' });
  });

  it.each(['absent.json', 'absent.ts'])('refuses %s when it is not there', async (name) => {
    expect(await problemWith(name)).toMatchObject({ message: 'there is no such file', value: name });
  });

  it('refuses a file that is no JSON', async () => {
    write('mine.json', '{ "name": }');
    expect((await problemWith('mine.json')).message).toMatch(/^is no JSON: Unexpected token/);
  });

  it('names the line of a .ts file that does not compile', async () => {
    write('mine.ts', 'export default {\n  name: ,\n};\n');
    expect(await problemWith('mine.ts')).toMatchObject({
      path: expect.stringMatching(/mine\.ts:2:9$/),
      value: 'name: ,',
    });
  });

  it('says of a .ts file that throws what it threw', async () => {
    write('mine.ts', `throw new Error('no shards today');`);
    expect((await problemWith('mine.ts')).message).toContain('no shards today');
  });

  it('says what a .ts file without a default export lacks', async () => {
    write('mine.ts', `export const topology = {};`);
    expect((await problemWith('mine.ts')).fix).toContain('export default defineTopology');
  });
});

function write(file: string, content: string): void {
  writeFileSync(join(folder, file), content);
}

function load(nameOrFile: string): Promise<unknown> {
  return readTopology(nameOrFile, { root: folder, cwd: folder });
}

async function problemWith(nameOrFile: string): Promise<Problem> {
  const error: unknown = await load(nameOrFile).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemsError)) throw new Error('was not refused');
  expect(error.problems).toHaveLength(1);
  return error.problems[0] as Problem;
}
