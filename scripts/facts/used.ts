import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError, refuse, type Problem } from '../../constructs/contract/problem';
import providers from './providers.json';

/** What the project uses of one provider in one version, from an adapter's `schema/used.json`. */
export interface Used {
  readonly adapter: string;
  /** Short name, such as `bigip`. */
  readonly name: string;
  readonly version: string;
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
  /** Where the facts are kept. */
  readonly path: string;
}

export interface KnownProvider {
  /** Registry address without its host: `F5Networks/bigip`. */
  readonly source: string;
  /** Made-up arguments with which the provider answers offline; absent where it would ask its device. */
  readonly configuration?: Readonly<Record<string, string | boolean>>;
  /** Arguments of a stack's own provider block that plans depend on; they take the place of made-up ones. @default none */
  readonly fromStack?: readonly string[];
}

export const knownProviders: Readonly<Record<string, KnownProvider>> = providers;

/** What all adapters use, sorted. Throws a `ProblemsError` with everything that is wrong in their `used.json`. */
export function readUsed(root: string): Used[] {
  const folder = join(root, 'constructs', 'providers');
  const all = readdirSync(folder)
    .sort()
    .flatMap((adapter) => readOne(folder, adapter));
  refuse(all.flatMap(problemsOf));
  return all;
}

function readOne(folder: string, adapter: string): Used[] {
  const schema = join(folder, adapter, 'schema');
  const file = join(schema, 'used.json');
  if (!existsSync(file)) return [];
  return Object.entries(parse(file)).map(([key, { resources = [], dataSources = [] }]) => {
    const [name = '', version = ''] = key.split('@');
    return { adapter, name, version, resources, dataSources, path: join(schema, `${key}.json`) };
  });
}

type Lists = Readonly<
  Record<string, { readonly resources?: readonly string[]; readonly dataSources?: readonly string[] }>
>;

function parse(file: string): Lists {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lists;
  } catch (error) {
    const message = `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
    throw new ProblemsError([
      { path: file, message, fix: 'Write {"provider@version": {"resources": [...], "dataSources": [...]}}.' },
    ]);
  }
}

function problemsOf(used: Used): Problem[] {
  const path = `constructs/providers/${used.adapter}/schema/used.json`;
  const key = `${used.name}@${used.version}`;
  const problems: Problem[] = [];
  if (!/^\d+\.\d+\.\d+$/.test(used.version)) {
    problems.push({
      path,
      message: 'names a provider without an exact version',
      value: key,
      fix: 'Write provider@1.2.3.',
    });
  }
  if (!knownProviders[used.name]) {
    const known = Object.keys(knownProviders).join(', ');
    problems.push({
      path,
      message: 'names an unknown provider',
      value: key,
      bound: known,
      fix: `Add "${used.name}": { "source": "<namespace>/<type>" } to scripts/facts/providers.json.`,
    });
  }
  return problems;
}
