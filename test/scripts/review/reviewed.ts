import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../../scripts/review/report';
import { main } from '../../../scripts/watari';
import { loadPlatform, synthesize } from '../../../stacks/main';
import reference from '../../../stacks/topologies/reference';
import { recordedContext } from '../../support/cli';
import type { PreparedChange } from './prepared-changes';

export interface Reviewed {
  readonly code: number;
  readonly report: Report;
}

/** Reviews changes of the reference platform, which is synthesised once. */
export class Reviewer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'watari-changes-'));

  constructor() {
    synthesize(loadPlatform(reference), join(this.folder, 'base'), { describe: true });
  }

  /** @param more arguments of `watari review` */
  async review(change: PreparedChange, ...more: string[]): Promise<Reviewed> {
    const { folder } = this;
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

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
