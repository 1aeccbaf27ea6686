import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../../../constructs/contract/problem';
import { takeRunLock } from '../../../scripts/deploy/run-lock';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watari-lock-'));
  file = join(folder, 'deep', 'running.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function problemOf(take: () => void): Problem {
  try {
    take();
  } catch (error) {
    return (error as { problems: readonly Problem[] }).problems[0]!;
  }
  throw new Error('nothing was refused');
}

function heldBy(holder: object): void {
  takeRunLock(file, 'watari deploy').release();
  writeFileSync(
    file,
    JSON.stringify({ user: 'ann', since: '2026-01-02T03:04:05Z', command: 'watari deploy', ...holder }),
  );
}

describe('one run at a time', () => {
  it('names who runs, where, since when and what', () => {
    takeRunLock(file, 'watari deploy --destroy');
    const { message, fix } = problemOf(() => takeRunLock(file, 'watari deploy'));
    expect(message).toContain(`${userInfo().username}@${hostname()}, process ${process.pid}, since 20`);
    expect(message).toContain('(watari deploy --destroy)');
    expect(fix).toContain('Wait');
  });

  it('gives the place free at its end', () => {
    takeRunLock(file, 'watari deploy').release();
    expect(existsSync(file)).toBe(false);
    takeRunLock(file, 'watari deploy').release();
  });

  it('takes over at once from a run that was killed', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    heldBy({ pid, host: hostname() });
    takeRunLock(file, 'watari deploy');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('takes over from a run that was killed while it wrote who it is', () => {
    heldBy({});
    writeFileSync(file, '{"pid":');
    takeRunLock(file, 'watari deploy').release();
  });

  it('cannot ask another machine, so whoever runs there counts as running', () => {
    heldBy({ pid: 1, host: 'elsewhere' });
    expect(problemOf(() => takeRunLock(file, 'watari deploy')).message).toContain('ann@elsewhere');
  });

  it('says which file to remove when that machine is lost', () => {
    heldBy({ pid: 1, host: 'elsewhere' });
    expect(problemOf(() => takeRunLock(file, 'watari deploy')).fix).toContain(file);
  });
});
