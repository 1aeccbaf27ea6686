import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Problem, ProblemsError, refuse } from '../../constructs/contract/problem';
import type { ImageDescription } from '../../images/kit/description';
import { type Descriptions, checkBases } from '../../images/kit/resolve';
import { evaluateTypeScript } from '../topology/evaluate';

/** What a description may have, and of which kind. */
const fields: Readonly<Record<keyof ImageDescription, 'text' | 'list' | 'map' | 'flag' | 'number'>> = {
  summary: 'text',
  base: 'text',
  microarchitectures: 'flag',
  packages: 'list',
  releases: 'list',
  inputs: 'map',
  files: 'list',
  steps: 'list',
  checks: 'list',
  diskGiB: 'number',
};

/** Names of images: a file each, directly in the folder. */
export function imageNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  return files.map((file) => basename(file, '.ts')).sort();
}

/**
 * All descriptions of a folder, read when they are needed: a new file is a new image.
 * @throws ProblemsError with everything that is wrong with them
 */
export async function loadImages(root: string): Promise<Descriptions> {
  const folder = join(root, 'images');
  const loaded = await Promise.all(
    imageNames(folder).map(async (name) => [name, await loadImage(join(folder, `${name}.ts`), root)] as const),
  );
  refuse(loaded.flatMap(([, result]) => ('problems' in result ? result.problems : [])));
  const descriptions = Object.fromEntries(
    loaded.flatMap(([name, result]) => ('description' in result ? [[name, result.description] as const] : [])),
  );
  refuse(checkBases(descriptions));
  return descriptions;
}

type Loaded = { readonly description: ImageDescription } | { readonly problems: readonly Problem[] };

async function loadImage(file: string, root: string): Promise<Loaded> {
  const path = relative(root, file);
  const evaluated = await evaluateTypeScript(file);
  if ('problems' in evaluated) return evaluated;
  const description = evaluated.module.default;
  if (typeof description !== 'object' || description === null) {
    const fix = 'Write `export default image({ summary: ..., base: ... })`, or move the file out of images/.';
    return { problems: [{ path, message: 'describes no image', fix }] };
  }
  const problems = checkFields(path, description as Record<string, unknown>);
  return problems.length > 0 ? { problems } : { description: description as ImageDescription };
}

/** The type checker says the same, to those who run it. */
function checkFields(path: string, description: Record<string, unknown>): Problem[] {
  const known = Object.keys(fields);
  const unknown = Object.keys(description).filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) => ({
      path: `${path}: ${name}`,
      message: 'images have no such field',
      bound: known.join(', '),
      fix: 'Use one of them.',
    })),
    ...(['summary', 'base'] as const)
      .filter((name) => description[name] === undefined)
      .map((name) => ({ path: `${path}: ${name}`, message: 'is missing', fix: 'Add it.' })),
    ...Object.entries(description).flatMap(([name, value]) => checkField(`${path}: ${name}`, name, value)),
  ];
}

function checkField(path: string, name: string, value: unknown): Problem[] {
  const wanted = fields[name as keyof ImageDescription] as string | undefined;
  if (wanted === undefined || value === undefined || kindOf(value) === wanted) return [];
  return [{ path, message: `is no ${wanted}`, value, fix: `Write a ${wanted}.` }];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  const kinds: Readonly<Record<string, string>> = {
    string: 'text',
    boolean: 'flag',
    number: 'number',
    object: value === null ? 'nothing' : 'map',
  };
  return kinds[typeof value] ?? typeof value;
}

/** @throws ProblemsError for a name that is none */
export function mustBeImage(descriptions: Descriptions, name: string): void {
  if (Object.hasOwn(descriptions, name)) return;
  throw new ProblemsError([
    {
      path: 'image',
      message: 'there is no such image',
      value: name,
      bound: Object.keys(descriptions).join(', '),
      fix: `Name one of them, or describe it in images/${name}.ts.`,
    },
  ]);
}
