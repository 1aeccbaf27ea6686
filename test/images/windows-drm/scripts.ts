import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export const images = join(__dirname, '..', '..', '..', 'images');
const folder = join(images, 'windows-drm');

/** PowerShell of the Windows images, by path from `images/windows-drm`. */
export const scripts = filesOf(/\.psm?1$/);
/** Those that stay in the image: what runs as SYSTEM years later. */
export const left = new Map([...scripts].filter(([path]) => path.startsWith('files/')));

export function filesOf(name: RegExp): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).filter((path) => name.test(path));
  return new Map(paths.sort().map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
