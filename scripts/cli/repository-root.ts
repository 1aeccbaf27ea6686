import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The checkout that holds this code, as sources or as the bundle under `.watari`. Throws when cdktf.json is gone. */
export function repositoryRoot(from: string = __dirname): string {
  if (existsSync(join(from, 'cdktf.json')) && existsSync(join(from, 'scripts'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error(`cdktf.json is missing: restore it with \`git checkout cdktf.json\``);
  return repositoryRoot(parent);
}
