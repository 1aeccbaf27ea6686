import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StackSpec } from '../../constructs/contract/stack';
import { synthesize } from '../../stacks/main';
import type { Platform } from '../../stacks/platform/platform';

/**
 * Writes the stacks where cdktf wants them, once all are made. What else lies in their folders stays: what Terraform keeps
 * there, and the folders of stacks that are no more, which cdktf removes itself and misses when they are gone.
 */
export function synthesizeForCdktf(platform: Platform, folder: string): StackSpec[] {
  const temporary = mkdtempSync(join(dirname(folder), '.synth-'));
  try {
    const fresh = join(temporary, 'out');
    const stacks = synthesize(platform, fresh);
    for (const name of readdirSync(join(fresh, 'stacks')))
      moveFiles(join(fresh, 'stacks', name), join(folder, 'stacks', name));
    renameSync(join(fresh, 'manifest.json'), join(folder, 'manifest.json'));
    return stacks;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function moveFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from)) renameSync(join(from, file), join(to, file));
}
