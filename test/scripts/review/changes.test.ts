import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../scripts/watari';
import type { Report } from '../../../scripts/review/report';
import { loadPlatform, synthesize } from '../../../stacks/main';
import reference from '../../../stacks/topologies/reference';
import { recordedContext } from '../../support/cli';
import { type PreparedChange, preparedChanges } from './prepared-changes';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'watari-changes-'));
  synthesize(loadPlatform(reference), join(folder, 'base'), { describe: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function reviewed(change: PreparedChange, ...more: string[]): Promise<{ code: number; report: Report }> {
  const head = join(folder, 'head');
  synthesize(loadPlatform(change.topology, change.lock), head, { describe: true });
  change.edit?.(head);
  const base = change.editBase ? join(folder, 'other-base') : join(folder, 'base');
  if (change.editBase) cpSync(join(folder, 'base'), base, { recursive: true });
  change.editBase?.(base);
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, WATARI_HOME: join(folder, 'home') };
  const context = recordedContext({ env, cwd: folder });
  const code = await main(['review', base, head, '--json', ...more], context);
  expect(context.written.stderr).not.toContain('fault');
  return { code, report: JSON.parse(context.written.stdout) as Report };
}

describe('a review says of each prepared change what it does', () => {
  test.each(preparedChanges.map((change) => [change.title, change] as const))(
    '%s',
    async (_, change) => {
      const { code, report } = await reviewed(change);
      expect(report.risks).toEqual(change.risks);
      expect(report.order).toEqual(change.order);
      for (const [rule, title] of change.says) {
        const titles = report.findings.filter((finding) => finding.rule === rule).map((finding) => finding.title);
        expect(titles).toContainEqual(expect.stringContaining(title));
      }
      expect({ code, verdict: report.verdict }).toEqual({
        code: change.verdict === 'fine' ? 0 : 1,
        verdict: change.verdict,
      });
    },
    120_000,
  );
});
