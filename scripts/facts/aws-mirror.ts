import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import type { Environment } from '../terraform/environment';
import { listFacts } from './store';

const variable = 'WATARI_AWS_PLUGIN_DIR';
const host = 'registry.terraform.io';
/** Folders deep that a version's folder is looked for: five above `<host>/hashicorp/aws/<version>`. */
const mostDepth = 9;
const left = ['/proc', '/sys', '*/.terraform', '*/.git', '*/node_modules'];

/** What a machine needs where the registry cannot be reached. */
export const wantedMirror =
  `a filesystem mirror with the provider in the version of the facts, unpacked ` +
  `(<folder>/${host}/hashicorp/aws/<version>/<platform>/): ${variable} names the folder, else it is looked for`;

/**
 * The filesystem mirror with the real AWS provider: the folder that WATARI_AWS_PLUGIN_DIR names, else the first found on
 * this machine, whose version is that of the facts below `root`. Undefined: Terraform has to ask the registry.
 */
export function awsMirror(root: string, env: Environment): string | undefined {
  const named = env[variable];
  if (named) return resolve(named);
  const version = listFacts(root).find(({ name }) => name === 'aws')?.version;
  return version === undefined ? undefined : findMirror(version);
}

function findMirror(version: string): string | undefined {
  const pruned = left.flatMap((path, index) => [...(index > 0 ? ['-o'] : []), '-path', path]);
  const wanted = ['-type', 'd', '-path', `*/${host}/hashicorp/aws/${version}`, '-print', '-quit'];
  const args = ['/', '-maxdepth', String(mostDepth), '(', ...pruned, ')', '-prune', '-o', ...wanted];
  const found = spawnSync('find', args, { encoding: 'utf8' }).stdout?.trim();
  return found ? dirname(dirname(dirname(dirname(found)))) : undefined;
}
