import { existsSync, readFileSync } from 'node:fs';
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

/** Where images that were built here are kept, one folder for each. */
export function storeFolder(home: Home): string {
  return join(homeFolder(home), 'images', 'store');
}

/** What the manifest of an image says, or undefined for one that was not built here. @param name as providers show it */
export function readStored(name: string, home: Home): StoredImage | undefined {
  const file = join(storeFolder(home), name, 'manifest.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StoredImage) : undefined;
}
