import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../scripts/watari';
import { mostReportBytes } from '../../../scripts/review/report-file';
import { recordedContext } from '../../support/cli';
import { change, fullReport, reportOf } from './render/reports';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'watari-report-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function review(content: unknown, ...options: string[]) {
  const file = join(folder, 'review.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const context = recordedContext({ cwd: folder });
  const exitCode = await main(['review', '--from', 'review.json', '--format', 'markdown', ...options], context);
  return { exitCode, ...context.written };
}

const mild = reportOf([change('aws_instance.a', 'in-place')]);

describe('a report that was made before', () => {
  it('is shown again, with its verdict', async () => {
    expect(await review(mild)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('nothing needs a decision') as string,
    });
    expect(await review(fullReport)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('## 🛑') as string });
  });

  it('is taken for the commit alone that it is about', async () => {
    expect((await review(mild, '--commit', 'b'.repeat(40))).exitCode).toBe(0);
    const other = await review(mild, '--commit', 'c'.repeat(40));
    expect(other).toMatchObject({ exitCode: 2, stdout: '' });
    expect(other.stderr).toContain('is not about this commit');
  });

  it.each<[string, unknown, string]>([
    ['no JSON', 'rm -rf /', 'is no JSON'],
    ['a part of one', JSON.stringify(mild).slice(0, 300), 'is no JSON'],
    ['something else', { hello: '`world`' }, 'breaks the schema (required)'],
    ['a report with a word more', { ...mild, run: 'curl' }, 'breaks the schema (additionalProperties)'],
    ['another format', { ...mild, format: '9.0' }, 'is of another format'],
    [
      'a milder verdict than its findings',
      { ...fullReport, verdict: 'fine' },
      'its verdict is not that of its findings',
    ],
    ['fewer changes in its counts', { ...fullReport, risks: {} }, 'its counts are not those of its changes'],
    ['a class that there is none of', { ...mild, risks: { ...mild.risks, '<b>': 0 } }, 'its counts'],
    ['an order of other stacks', { ...mild, order: ['x'] }, 'its order names stacks that it does not list'],
  ])('is refused if it is %s', async (_, content, message) => {
    const { exitCode, stdout, stderr } = await review(content);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('is refused unread if it is too large', async () => {
    const file = join(folder, 'large.json');
    writeFileSync(file, '{');
    truncateSync(file, mostReportBytes + 1);
    const context = recordedContext({ cwd: folder });
    expect(await main(['review', '--from', 'large.json'], context)).toBe(2);
    expect(context.written.stderr).toContain('is too large for a report');
  });

  it('cannot be given together with revisions or plans', async () => {
    expect((await review(mild, 'main')).stderr).toContain('only one of them');
    expect((await review(mild, '--plan', 'a.json')).stderr).toContain('only one of them');
  });
});
