import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ProblemsError } from '../../constructs/contract/problem';
import { type BuilderSource, linuxTemplate } from '../../images/kit/linux-template';
import { isWindows } from '../../images/kit/resolve';
import type { StagedImage } from '../../images/kit/staging';
import { fitSource } from '../../images/kit/target';
import { windowsTemplate } from '../../images/kit/windows-template';
import { type Target, TemplateError, render, write } from '../../images/packer-ts-helpers/src';

export interface RenderedFolder {
  readonly folder: string;
  /** `amazon-ebs.tokyo: imds_support` for each attribute that the target does not know. */
  readonly leftOut: readonly string[];
}

/** `edge-amd64-v3`: what a folder of a rendered image is called. */
export const folderName = ({ image, variant }: StagedImage): string => `${image.name}-${variant}`;

/**
 * Writes what Packer needs for one image: the template and everything that it uploads or runs, by paths from the folder.
 * What was there before and does not belong to it any more goes away.
 * @throws ProblemsError for what the builders do not know
 */
export function renderFolder(
  staged: StagedImage,
  sources: readonly BuilderSource[],
  folder: string,
  options: { readonly target: Target; readonly command: string },
): RenderedFolder {
  const fitted = sources.map((source) => fitSource(source, options.target));
  const complete = fitted.map(({ source }) => source);
  const template = isWindows(staged.image)
    ? windowsTemplate(staged, complete, options.target)
    : linuxTemplate(staged, complete);
  const files = renderOrRefuse(() => render(template, options), staged);
  // Packer uploads the folder of files also where an image has none of its own.
  mkdirSync(join(folder, 'root'), { recursive: true });
  removeStale(folder, new Set([...files.keys(), ...staged.files.keys()]));
  write(folder, files);
  for (const [path, content] of staged.files) writeIfChanged(join(folder, path), content);
  const leftOut = fitted.flatMap(({ source, leftOut: names }) =>
    names.map((name) => `${source.type}.${source.name}: ${name}`),
  );
  return { folder, leftOut };
}

function renderOrRefuse<T>(make: () => T, { image, variant }: StagedImage): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new ProblemsError(
      error.problems.map(({ where, what, why, fix }) => ({
        path: `${image.name} (${variant}): ${where}`,
        message: why,
        value: what,
        fix: `${fix}.`,
      })),
    );
  }
}

/** Folders of the staging hold nothing but what was staged; what Packer leaves beside them is not touched. */
function removeStale(folder: string, current: ReadonlySet<string>): void {
  for (const name of ['scripts', 'checks', 'root', 'windows', 'windows-drm', 'sealing']) {
    for (const path of filesBelow(join(folder, name))) {
      if (!current.has(relative(folder, path))) rmSync(path);
    }
  }
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

function writeIfChanged(path: string, content: string | Uint8Array): void {
  const bytes = Buffer.from(content as string);
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
