import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliContext } from '../../cli/context';
import type { Packer } from '../find-packer';
import { ChecksReport } from './checks-report';
import { type Grace, runChild } from './child';
import type { Log } from './log';
import { parsePackerLine } from './packer-output';
import type { BuildProgress } from './phases';
import type { PackerInput } from './windows';

export interface PackerRun extends PackerInput {
  readonly packer: Packer;
  readonly folder: string;
  readonly env: CliContext['env'];
  readonly log: Log;
  readonly progress: BuildProgress;
  readonly signal: AbortSignal;
  readonly onStart: (pid: number) => void;
  /** What Packer gets to take its machine down. @default that of other programs */
  readonly grace?: Grace;
}

export interface PackerResult {
  readonly ok: boolean;
  readonly checks: ChecksReport;
  /** What Packer calls errors. */
  readonly errors: readonly string[];
}

/** Builds what the folder describes. @throws Interrupted */
export async function runPacker(run: PackerRun): Promise<PackerResult> {
  // Packer's plugins listen at sockets in its temporary folder, and the path of a socket has room for 108 bytes (unix(7)):
  // too few for a folder somewhere below a checkout.
  const temporary = mkdtempSync(join(tmpdir(), 'packer-'));
  try {
    return await build(run, packerEnvironment(run, temporary));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function build(run: PackerRun, env: CliContext['env']): Promise<PackerResult> {
  const { packer, folder, variables, log, signal } = run;
  const checks = new ChecksReport();
  const errors: string[] = [];
  const onLine = (line: string) => {
    const messages = parsePackerLine(line);
    if (messages.length === 0 && !/^\d+,/.test(line)) log.write(line);
    for (const message of messages) {
      log.write(message.text);
      if (message.kind === 'error') errors.push(message.text);
      run.progress.take(message, checks);
    }
  };
  const grace = run.grace ? { grace: run.grace } : {};
  const child = { env, cwd: folder, signal, onLine, onStart: run.onStart };
  if (packer.target === 'current') {
    const code = await runChild(packer.path, ['init', '.'], { ...child, onLine: log.write });
    if (code !== 0) return { ok: false, checks, errors: ['Packer could not get its plugins', ...log.lines.slice(-5)] };
  }
  const values = Object.entries(variables).flatMap(([name, value]) => ['-var', `${name}=${value}`]);
  const subject = packer.target === '1.6.6' ? 'build.pkr.json' : '.';
  const code = await runChild(packer.path, ['build', '-machine-readable', '-color=false', ...values, subject], {
    ...child,
    ...grace,
    env: { ...env, ...run.environment },
  });
  return { ok: code === 0, checks, errors };
}

/**
 * Packer's downloads stay in its folder, and it asks nobody for newer releases. Plugins alone are kept outside, where
 * `packer init` puts those of the user: all builds share them.
 */
function packerEnvironment({ env, folder }: PackerRun, temporary: string): CliContext['env'] {
  const caches = { PACKER_CACHE_DIR: join(folder, 'cache'), TMPDIR: temporary };
  return { ...env, ...caches, PACKER_NO_COLOR: '1', CHECKPOINT_DISABLE: '1' };
}
