import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../../../images/kit/checks';
import { renderLinuxChecks } from '../../../images/kit/linux-checks';

const folder = mkdtempSync(join(tmpdir(), 'watari-checks-'));
const file = join(folder, "it's a file");
writeFileSync(file, 'some $text\n');
chmodSync(file, 0o640);
writeFileSync(join(folder, 'empty'), '');
writeFileSync(join(folder, 'good.sh'), 'exit 0\n');
writeFileSync(join(folder, 'bad.sh'), 'echo because\nexit 3\n');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs checks as a build does. Those of services are left to a real machine: there systemd answers. */
function run(checks: readonly Check[]): { readonly code: number | null; readonly lines: readonly string[] } {
  const { status, stdout, stderr } = spawnSync('bash', ['-s'], {
    cwd: folder,
    input: renderLinuxChecks(checks),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return { code: status, lines: stdout.trimEnd().split('\n') };
}

const owner = spawnSync('stat', ['-c', '%U:%G', file], { encoding: 'utf8' }).stdout.trim();
const pairs: readonly (readonly [string, Check, Check])[] = [
  ['a file is there', { file }, { file: `${file}s` }],
  ['a file has a mode', { file, mode: '0640' }, { file, mode: '0644' }],
  ['a file has an owner', { file, owner }, { file, owner: 'nobody:nogroup' }],
  ['a file has a text', { file, contains: 'some $text' }, { file, contains: 'other' }],
  ['a file is empty', { file: join(folder, 'empty'), contains: '' }, { file, contains: '' }],
  ['no file matches', { absent: `${folder}/*.key` }, { absent: `${folder}/*.sh` }],
  ['an account is there', { user: 'root', is: 'present' }, { user: 'no-such-user', is: 'present' }],
  ['an account is not there', { user: 'no-such-user', is: 'absent' }, { user: 'root', is: 'absent' }],
  ['an account has no password', { user: 'nobody', is: 'locked' }, { user: 'no-such-user', is: 'locked' }],
  ['a setting has a value', { sysctl: 'kernel.ostype', value: 'Linux' }, { sysctl: 'kernel.ostype', value: 'Hurd' }],
  ['a command ends with 0', { command: 'true', what: 'it' }, { command: 'false', what: 'it' }],
  [
    'a command prints a text',
    { command: 'echo "two words"', what: 'it', prints: 'two words' },
    { command: 'echo two', what: 'it', prints: 'two words' },
  ],
  ['a script ends with 0', { script: 'good.sh', what: 'it' }, { script: 'bad.sh', what: 'it' }],
];

describe('A check that', () => {
  it.each(pairs)('%s passes where it is so, and fails the build where it is not', (_, right, wrong) => {
    expect(run([right])).toMatchObject({ code: 0, lines: ['1..1', expect.stringMatching(/^ok 1 - /)] });
    const failed = run([wrong]);
    expect(failed.code).toBe(1);
    expect(failed.lines[1]).toMatch(/^not ok 1 - /);
  });

  it('fails does not hide those after it, and shows what it saw', () => {
    const { code, lines } = run([{ script: 'bad.sh', what: 'the script is content' }, { file }]);
    expect(code).toBe(1);
    expect(lines).toEqual([
      '1..2',
      'not ok 1 - the script is content',
      '# because',
      `ok 2 - file ${file} is there as it should be`,
      '# 1 of 2 checks failed',
    ]);
  });

  it('asks an address passes when it answers as it should', async () => {
    const server = createServer((_, response) => response.end(`${'filler\n'.repeat(20_000)}ready`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const script = renderLinuxChecks([
      { http: `http://127.0.0.1:${port}/`, status: 200, contains: 'filler' },
      { port },
    ]);
    const { spawn } = await import('node:child_process');
    const child = spawn('bash', ['-c', script], { stdio: 'ignore' });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    server.close();
    expect(code).toBe(0);
  });

  it('is of Windows fails on Linux', () => {
    expect(run([{ registry: 'HKLM:\\SOFTWARE', name: 'x', value: 1 }]).code).toBe(1);
  });
});
