import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Problem, refuse } from '../../../constructs/contract/problem';

/** What nobody may give away: it is installed from Microsoft's own DVD. */
export interface WindowsMedia {
  readonly iso?: string;
  readonly drivers?: string;
}

/**
 * Packer's variables for Windows on QEMU, with a password of the build account that lives as long as the build: it reaches
 * the machine through a file that only this user reads.
 * @throws ProblemsError where the DVD or the drivers are absent
 */
export function windowsVariables(folder: string, media: WindowsMedia, cwd: string): Record<string, string> {
  const iso = media.iso && resolve(cwd, media.iso);
  const drivers = media.drivers && resolve(cwd, media.drivers);
  refuse([
    ...absent(
      '--windows-iso',
      iso,
      'Name the DVD of the release, as Microsoft gives it to licensees and for evaluation.',
    ),
    ...absent('--drivers', drivers, 'Name a folder with vioscsi, viostor, NetKVM and vioserial of virtio-win.'),
  ]);
  // Windows asks for three kinds of characters.
  const password = `Aa1-${randomBytes(18).toString('base64url')}`;
  mkdirSync(join(folder, 'seed'), { recursive: true });
  writeFileSync(join(folder, 'seed', 'smbios'), `watari-build-password=${password}`, { mode: 0o600 });
  return { windows_iso: iso ?? '', drivers_folder: drivers ?? '', build_password: password };
}

function absent(path: string, file: string | undefined, fix: string): Problem[] {
  if (file === undefined) return [{ path, message: 'has no value', fix }];
  return existsSync(file) ? [] : [{ path, message: 'there is no such file', value: file, fix }];
}
