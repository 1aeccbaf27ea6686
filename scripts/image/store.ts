import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CliContext } from '../cli/context';
import { homeFolder } from '../cli/home';

/** What is known of an image that was built on this machine. */
export interface StoredImage {
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  /** The archive that it was built from, where that is not the snapshot of its content id. */
  readonly otherArchive?: string;
}

type Home = Pick<CliContext, 'root' | 'cwd' | 'env'>;

/** Where images that were built here are kept, one folder for each, and in it one for each format and place. */
export function storeFolder(home: Home): string {
  return join(homeFolder(home), 'images', 'store');
}

/**
 * What the manifests of an image say, or undefined for one that was not built here: one folder for each disk format and
 * each place at a cloud. What one of them was built from speaks for all.
 * @param name as providers show it
 */
export function readStored(name: string, home: Home): StoredImage | undefined {
  const folder = join(storeFolder(home), name);
  const kinds = existsSync(folder) ? readdirSync(folder).sort() : [];
  const stored = kinds
    .map((kind) => join(folder, kind, 'manifest.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as StoredImage);
  return stored.find(({ otherArchive }) => otherArchive !== undefined) ?? stored[0];
}
