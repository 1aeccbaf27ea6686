// What the bundle is made of, and where it lies: the folder's name is the hash of all of it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const sourceFolders = ['constructs', 'stacks', 'scripts', 'images', 'bin'];
const sourceFiles = ['images.lock.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** The bundle that belongs to the sources as they are now; it need not exist. */
export function bundlePath(root) {
  return join(root, '.watari', 'build', hashSources(root), 'watari.js');
}

/** SHA-256 over names and contents of everything that the bundle is compiled from, shortened to 20 characters. */
export function hashSources(root) {
  return hashFiles(root, [...sourceFolders.flatMap((folder) => listFiles(join(root, folder))), ...filesAt(root)]);
}

function filesAt(root) {
  return sourceFiles.map((name) => join(root, name)).filter((file) => existsSync(file));
}

function hashFiles(root, files) {
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 20);
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name) || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return /\.(ts|mjs|json)$/.test(entry.name) ? [path] : [];
  });
}
