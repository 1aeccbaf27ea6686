import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '../../constructs/contract/problem';
import type { MeasuredFacts } from './types';

/** One file of facts: its place, the adapter that it belongs to, and its text (hashed by those who cache what they make of it). */
export interface FactsFile {
  readonly path: string;
  readonly adapter: string;
  /** Short name of the provider, such as `bigip`. */
  readonly name: string;
  readonly version: string;
  readonly text: string;
}

const fileName = /^([a-z0-9-]+)@(.+)\.json$/;

/** All facts of all adapters below `root` (the checkout), sorted by path. Throws what reading a file throws. */
export function listFacts(root: string): FactsFile[] {
  const providers = join(root, 'constructs', 'providers');
  return listDirectory(providers).flatMap((adapter) => {
    const folder = join(providers, adapter, 'schema');
    return listDirectory(folder).flatMap((file) => {
      const [, name, version] = fileName.exec(file) ?? [];
      if (!name || !version) return [];
      const path = join(folder, file);
      return [{ path, adapter, name, version, text: readFileSync(path, 'utf8') }];
    });
  });
}

/** Throws a `ProblemsError` that names the file when it is no JSON. */
export function parseFacts(file: FactsFile): MeasuredFacts {
  try {
    return JSON.parse(file.text) as MeasuredFacts;
  } catch (error) {
    const message = `the facts are no JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw new ProblemsError([
      { path: file.path, message, fix: 'Restore the file, or make it afresh with `npm run facts`.' },
    ]);
  }
}

/** Compares dotted versions number by number: negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function listDirectory(path: string): string[] {
  return existsSync(path) ? readdirSync(path).sort() : [];
}
