import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ProblemsError, type Problem } from '../../constructs/contract/problem';
import type { CliContext } from '../cli/context';
import { evaluateTypeScript } from './evaluate';

type Place = Pick<CliContext, 'root' | 'cwd'>;

const where = '--topology';

/**
 * A topology as plain data, unchecked: one of `stacks/topologies/` by its name, or a .ts or .json file (relative to where
 * the user stands). A .ts file exports it as default. Throws ProblemsError for what is absent or cannot be read.
 */
export async function readTopology(nameOrFile: string, place: Place): Promise<unknown> {
  const file = resolve(place.cwd, nameOrFile);
  if (nameOrFile.endsWith('.json')) return readJson(file, nameOrFile);
  if (nameOrFile.endsWith('.ts')) return readTypeScript(file, nameOrFile);
  if (!topologyNames(place.root).includes(nameOrFile)) refuse(unknownName(nameOrFile, place.root));
  return builtIn(nameOrFile);
}

/** The topologies that come with the checkout. */
export function topologyNames(root: string): string[] {
  const files = readdirSync(join(root, 'stacks', 'topologies')).filter((file) => file.endsWith('.ts'));
  return files.map((file) => basename(file, '.ts')).sort();
}

/** In the bundle this finds every file of the folder as it was when the bundle was made, compiled. */
async function builtIn(name: string): Promise<unknown> {
  const module = (await import(`../../stacks/topologies/${name}.ts`)) as { readonly default: unknown };
  return module.default;
}

function readJson(file: string, given: string): unknown {
  mustExist(file, given);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const fix = 'mend the syntax; an editor shows the place';
    return refuse({ path: where, message: `is no JSON: ${messageOf(error)}`, value: given, fix });
  }
}

async function readTypeScript(file: string, given: string): Promise<unknown> {
  mustExist(file, given);
  const exported = await evaluateTypeScript(file);
  if ('problems' in exported) throw new ProblemsError(exported.problems);
  if (exported.module.default !== undefined) return exported.module.default;
  const fix = 'write `export default defineTopology({ ... })`';
  return refuse({ path: where, message: 'exports no topology', value: given, fix });
}

function mustExist(file: string, given: string): void {
  if (!existsSync(file)) refuse({ path: where, message: 'there is no such file', value: given, fix: `create ${file}` });
}

function unknownName(name: string, root: string): Problem {
  const names = topologyNames(root).join(', ');
  const fix = 'name one of these, or a file that ends in .ts or .json';
  return { path: where, message: 'there is no such topology', value: name, bound: names, fix };
}

function refuse(problem: Problem): never {
  throw new ProblemsError([problem]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
