import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { refuse } from '../../../constructs/contract/problem';

/**
 * Refuses to begin what would fill the disk.
 * @param gibibytes what the work needs at its height
 * @throws ProblemsError
 */
export function needDiskSpace(folder: string, gibibytes: number, work: string): void {
  const { bavail, bsize } = statfsSync(nearest(folder));
  const free = (bavail * bsize) / 2 ** 30;
  if (free >= gibibytes) return;
  const fix = 'Make room, or name a folder on a larger disk with WATARI_HOME.';
  const value = `${free.toFixed(1)} GiB free`;
  refuse([{ path: folder, message: `is on a disk too full to ${work}`, value, bound: `${gibibytes} GiB`, fix }]);
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}
