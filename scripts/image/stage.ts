import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Problem, ProblemsError, refuse } from '../../constructs/contract/problem';
import { registry } from '../../constructs/providers/registry';
import type { DebianArchive } from '../../images/kit/debian';
import { linuxTemplate } from '../../images/kit/linux-template';
import { windowsTemplate } from '../../images/kit/windows-template';
import { buildFile, render } from '../../images/packer-ts-helpers/src';
import { contentIdOf } from '../../images/kit/content-id';
import { isWindows } from '../../images/kit/resolve';
import { type StagedImage, type StagingInput, stageImage } from '../../images/kit/staging';
import { architectureOf } from '../../constructs/contract/image';
import type { SelectedImage } from './selection';

/** Values of inputs, as `--input NAME=VALUE` gives them. */
export type GivenTexts = Readonly<Record<string, string>>;

/** @throws ProblemsError for what is not NAME=VALUE */
export function parseInputs(given: readonly string[]): GivenTexts {
  const pairs = given.map((text) => [text, /^([A-Za-z_]\w*)=(.*)$/s.exec(text)] as const);
  refuse(
    pairs
      .filter(([, match]) => match === null)
      .map(([value]) => ({ path: '--input', message: 'is not NAME=VALUE', value, fix: 'Write --input name=value.' })),
  );
  return Object.fromEntries(pairs.map(([, match]) => [match?.[1] ?? '', match?.[2] ?? '']));
}

/** Where an image is staged from: the checkout, and where whoever builds stands. */
export interface StagingPlace {
  readonly root: string;
  readonly cwd: string;
}

/**
 * An image with all its files read, ready to be rendered. Inputs that an image does not have are left to the others of
 * the same command; `refuseUnknownInputs` finds what none of them has.
 * @param debian @default what the checkout says
 * @throws ProblemsError for steps, files and inputs that are absent or not as they must be
 */
export function stageFromDisk(
  { image, variant }: SelectedImage,
  inputs: GivenTexts,
  place: StagingPlace,
  debian = readDebian(place.root),
): StagedImage {
  const given = givenFor(image, inputs, variant, place.cwd);
  const read = (path: string) => readFile(join(place.root, 'images', path));
  const staged = stageImage({
    image,
    variant,
    read,
    given,
    bases: [...basesOf(image, variant), ['qemu', ownBase(image, place.root)]],
    debian,
  });
  if ('problems' in staged) throw new ProblemsError(staged.problems);
  return {
    ...staged,
    contentId: contentIdOf(
      new Map([
        ['parts', staged.contentId],
        ['template', templateOf(staged)],
      ]),
    ),
  };
}

/** The order of everything, and how it is run: as QEMU's template has it, without what is only known afterwards. */
function templateOf(staged: StagedImage): string {
  const draft = { ...staged, contentId: '' };
  const qemu = { type: 'qemu', name: staged.image.name, body: {} } as const;
  const template = isWindows(staged.image) ? windowsTemplate(draft, [qemu], 'current') : linuxTemplate(draft, [qemu]);
  return render(template, { target: 'current', command: 'watari image render' }).get(buildFile) ?? '';
}

/** @throws ProblemsError for inputs that no image of the command has */
export function refuseUnknownInputs(selected: readonly SelectedImage[], inputs: GivenTexts): void {
  const known = new Set(selected.flatMap(({ image }) => Object.keys(image.inputs)));
  const unknown = Object.keys(inputs).filter((name) => !known.has(name));
  refuse(
    unknown.map((name) => ({
      path: `--input ${name}`,
      message: 'no image of this command has such an input',
      bound: [...known].sort().join(', ') || 'they take none',
      fix: 'Name one of them, or leave it out.',
    })),
  );
}

/** Which Debian the Linux images are made of, as the checkout says now. */
export function readDebian(root: string): DebianArchive {
  return JSON.parse(readFileSync(join(root, debianFile), 'utf8')) as DebianArchive;
}

export const debianFile = join('images', 'kit', 'debian.json');

/** The plain images that every provider has for the system: a change of one of them changes what is built on it. */
function basesOf(
  { operatingSystem }: SelectedImage['image'],
  variant: SelectedImage['variant'],
): readonly (readonly unknown[])[] {
  return Object.entries(registry).flatMap(([provider, { profiles }]) =>
    Object.entries(profiles).map(([profile, { image }]) => [
      `${provider}/${profile}`,
      image.bases.systems[operatingSystem][architectureOf(variant)] ?? null,
    ]),
  );
}

/** How the plain Debian is made that QEMU builds on. */
function ownBase(image: SelectedImage['image'], root: string): unknown {
  if (isWindows(image)) return null;
  return contentIdOf(readTree(join(root, 'images', 'kit', 'base-disk')));
}

function givenFor(
  image: SelectedImage['image'],
  inputs: GivenTexts,
  variant: string,
  cwd: string,
): StagingInput['given'] {
  const problems: Problem[] = [];
  const given = Object.entries(image.inputs).flatMap(
    ([name, input]): [string, string | ReadonlyMap<string, Uint8Array>][] => {
      const value = inputs[name];
      if (value === undefined) return [];
      if (input.kind === 'text') return [[name, value]];
      const path = resolve(cwd, value.replaceAll('{variant}', variant));
      if (existsSync(path)) return [[name, readTree(path)]];
      const fix = 'Name a file or folder that is there; {variant} stands for the kind of processor.';
      problems.push({ path: `--input ${name}`, message: 'there is no such file', value: path, fix });
      return [];
    },
  );
  refuse(problems);
  return Object.fromEntries(given);
}

/** Files by their path below the folder; a single file is `.`. */
function readTree(path: string): ReadonlyMap<string, Uint8Array> {
  if (!statSync(path).isDirectory()) return new Map([['.', readFileSync(path)]]);
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file.slice(path.length + 1), readFileSync(file)] as const;
    }),
  );
}

function readFile(path: string): Uint8Array | undefined {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path) : undefined;
}
