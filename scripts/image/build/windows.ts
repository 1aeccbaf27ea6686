import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Problem, refuse } from '../../../constructs/contract/problem';
import { createBuildPassword } from '../../../images/kit/windows-password';

/** What nobody may give away: it is installed from Microsoft's own DVD. */
export interface WindowsMedia {
  readonly iso?: string;
  readonly drivers?: string;
}

/** What Packer is told before it begins. */
export interface PackerInput {
  /** Values of variables; arguments, which the list of processes shows. */
  readonly variables: Readonly<Record<string, string>>;
  /** Its environment beside that of the command: secrets, as `PKR_VAR_` and the name of a variable. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What is wrong with the DVD and the drivers: they have to be named, and there. */
export function checkMedia({ iso, drivers }: WindowsMedia, cwd: string): Problem[] {
  const dvd = 'Name the DVD of the release, as Microsoft gives it to licensees and for evaluation.';
  const folder = 'Name a folder with vioscsi, viostor, NetKVM and vioserial of virtio-win.';
  return [
    ...absent('--windows-iso', iso && resolve(cwd, iso), dvd),
    ...absent('--drivers', drivers && resolve(cwd, drivers), folder),
  ];
}

/**
 * What Packer needs for Windows on QEMU, with a password of the build account that lives as long as the build: it reaches
 * the machine through a file that only this user reads, and Packer through its environment.
 * @throws ProblemsError where the DVD or the drivers are absent
 */
export function windowsInput(folder: string, media: WindowsMedia, cwd: string): PackerInput {
  refuse(checkMedia(media, cwd));
  const { environment, smbios } = createBuildPassword();
  mkdirSync(join(folder, 'seed'), { recursive: true });
  writeFileSync(join(folder, 'seed', 'smbios'), smbios, { mode: 0o600 });
  const { iso = '', drivers = '' } = media;
  return { variables: { windows_iso: resolve(cwd, iso), drivers_folder: resolve(cwd, drivers) }, environment };
}

function absent(path: string, file: string | undefined, fix: string): Problem[] {
  if (file === undefined || file === '') return [{ path, message: 'has no value', fix }];
  return existsSync(file) ? [] : [{ path, message: 'there is no such file', value: file, fix }];
}
