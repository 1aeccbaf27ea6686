import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Problem, ProblemsError, refuse } from '../../constructs/contract/problem';
import type { ImageDescription } from '../../images/kit/description';
import { type Descriptions, checkBases } from '../../images/kit/resolve';
import { checkDescription } from './check-description';
import { evaluateTypeScript } from '../topology/evaluate';

/** Names of images: a file each, directly in the folder. */
function imageNames(folder: string): string[] {
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
  const problems = checkDescription(path, description);
  return problems.length > 0 ? { problems } : { description: description as ImageDescription };
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
