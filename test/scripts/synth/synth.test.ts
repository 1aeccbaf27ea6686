import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../scripts/watari';
import { recordedContext } from '../../support/cli';

const root = join(__dirname, '..', '..', '..');
let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-synth-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('watari synth', () => {
  it('writes the stacks of a topology into a folder, and says how many', async () => {
    const { code, stdout } = await run('synth', '--topology', 'only-aws', '--output', 'out');
    expect(code).toBe(0);
    const stacks = readdirSync(join(folder, 'out', 'stacks'));
    expect(stacks).toContain('aws-network');
    expect(stdout).toContain(`${stacks.length} stacks written to ${join(folder, 'out')}`);
  });

  it('lists the stacks with --json', async () => {
    const { stdout } = await run('synth', '-t', 'only-aws', '-o', 'out', '--json');
    const answer = JSON.parse(stdout) as { readonly stacks: string[] };
    expect(answer).toMatchObject({ topology: 'only-aws', folder: join(folder, 'out') });
    expect([...answer.stacks].sort()).toEqual(readdirSync(join(folder, 'out', 'stacks')).sort());
  });

  it('writes where cdktf asks for it, and leaves the talking to cdktf', async () => {
    const { stdout } = await run('synth', '-t', 'only-aws', '--for-cdktf');
    expect(readdirSync(join(folder, 'asked-by-cdktf'))).toEqual(['manifest.json', 'stacks']);
    expect(stdout).toBe('');
  });

  it('leaves to cdktf what cdktf and Terraform keep beside the stacks', async () => {
    const stacks = join(folder, 'asked-by-cdktf', 'stacks');
    await run('synth', '-t', 'only-aws', '--for-cdktf');
    writeFileSync(join(stacks, 'aws-network', '.terraform.lock.hcl'), 'lock');
    await run('synth', '-t', 'only-gcp', '--for-cdktf');
    expect(readFileSync(join(stacks, 'aws-network', '.terraform.lock.hcl'), 'utf8')).toBe('lock');
    expect(readdirSync(stacks)).toContain('gcp-network');
    expect(readFileSync(join(folder, 'asked-by-cdktf', 'manifest.json'), 'utf8')).not.toContain('aws-network');
    expect(readdirSync(folder)).toEqual(['asked-by-cdktf']);
  });

  it('leaves the former output as it was when the topology is refused', async () => {
    await run('synth', '-t', 'only-aws', '-o', 'out');
    const former = readFileSync(join(folder, 'out', 'manifest.json'), 'utf8');
    writeFileSync(join(folder, 'bad.json'), '{ "name": "bad" }');
    const { code, stderr } = await run('synth', '-t', 'bad.json', '-o', 'out');
    expect(code).toBe(2);
    expect(stderr).toContain('problems');
    expect(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8')).toBe(former);
    expect(readdirSync(folder).sort()).toEqual(['bad.json', 'out']);
  });

  it('refuses to replace a folder that holds something else', async () => {
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    const { code, stderr } = await run('synth', '-t', 'only-aws', '-o', '.');
    expect(code).toBe(2);
    expect(stderr).toContain('holds something else than a former output');
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });

  it('makes the folders on the way to its output', async () => {
    expect((await run('synth', '-t', 'only-aws', '-o', 'a/b/out')).code).toBe(0);
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['out']);
  });
});

async function run(...args: readonly string[]) {
  const context = recordedContext({ root, cwd: folder, env: { CDKTF_OUTDIR: 'asked-by-cdktf' } });
  const code = await main(args, context);
  return { code, ...context.written };
}
