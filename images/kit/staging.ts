import { createHash } from 'node:crypto';
import type { Problem } from '../../constructs/contract/problem';
import type { Check } from './checks';
import { contentIdOf } from './content-id';
import { type DebianArchive, snapshotOf } from './debian';
import { renderLinuxChecks } from './linux-checks';
import { type ResolvedImage, isWindows } from './resolve';
import { type ImageVariant, architectureOf } from '../../constructs/contract/image';
import { levelOf } from './variants';
import { windowsKitFiles } from './windows-files';

/** What Packer's folder holds beside the template: text or bytes by path. */
export type StagedFiles = ReadonlyMap<string, string | Uint8Array>;

/** An image of one variant, ready to be rendered for any builder. */
export interface StagedImage {
  readonly image: ResolvedImage;
  readonly variant: ImageVariant;
  /** Of its parts; whoever renders adds how they are put together. */
  readonly contentId: string;
  readonly files: StagedFiles;
  /** Scripts in the order in which they run, paths in the folder. */
  readonly scripts: readonly string[];
  readonly debian: DebianArchive;
  /** Values of text inputs by name; absent ones have to be given before a build. */
  readonly texts: Readonly<Record<string, string | undefined>>;
}

export interface StagingInput {
  readonly image: ResolvedImage;
  readonly variant: ImageVariant;
  /** Content of a file by its path from `images/`; undefined where there is none. */
  readonly read: (path: string) => Uint8Array | undefined;
  /** What was given for inputs: text, or the files of a file input by their path below it (`.` for a single file). */
  readonly given: Readonly<Record<string, string | ReadonlyMap<string, Uint8Array>>>;
  /** Plain images of the providers, as data: part of what goes into the image. */
  readonly bases: unknown;
  readonly debian: DebianArchive;
}

/** Scripts of the kit that run before and after the steps of an image. */
const before = ['10-archive.sh', '20-packages.sh', '30-releases.sh', '40-files.sh'];
/** Run by their own provisioners: the list of contents once the image is complete, and the end of everything. */
export const checkingScript = 'scripts/80-check.sh';
export const manifestScript = 'scripts/85-manifest.sh';
export const sealingScript = 'scripts/90-seal.sh';
const after = [checkingScript, manifestScript, sealingScript];

/** @returns the image, or everything that is wrong with its files and inputs */
export function stageImage(input: StagingInput): StagedImage | { readonly problems: readonly Problem[] } {
  const problems = [...absentFiles(input), ...wrongInputs(input)];
  if (problems.length > 0) return { problems };
  const { image, variant } = input;
  const files = isWindows(image) ? windowsFiles(input) : linuxFiles(input);
  const texts = textsOf(input);
  const archive = isWindows(image) ? undefined : snapshotOf(input.debian);
  const contentId = contentIdOf(
    new Map<string, string | Uint8Array>([
      ...files,
      [
        'description',
        JSON.stringify({
          image: image.name,
          variant,
          system: image.operatingSystem,
          diskGiB: image.diskGiB,
          archive,
          texts,
        }),
      ],
      ['bases', JSON.stringify(input.bases)],
    ]),
  );
  return { image, variant, contentId, files, scripts: scriptsOf(image), debian: input.debian, texts };
}

function scriptsOf(image: ResolvedImage): readonly string[] {
  const steps = image.steps.map((step, index) => stepPath(step, index));
  return isWindows(image) ? steps : [...before.map((name) => `scripts/${name}`), ...steps];
}

/** Numbered, so that a listing of the folder shows the order in which they run. */
function stepPath(step: string, index: number): string {
  return `scripts/${50 + index}-${step.split('/').pop() ?? step}`;
}

function linuxFiles(input: StagingInput): StagedFiles {
  const { image, variant } = input;
  const kit = [...before.map((name) => `scripts/${name}`), ...after];
  return new Map([
    ...kit.map((path) => entry(path, input.read(`kit/linux/${path.slice('scripts/'.length)}`))),
    ...image.steps.map((step, index) => entry(stepPath(step, index), input.read(step))),
    ...scriptChecks(image.checks).map((script) => entry(script, input.read(script))),
    ['checks/running.sh', renderLinuxChecks(checksOf(image, 'running'))] as const,
    ['checks/sealed.sh', renderLinuxChecks(checksOf(image, 'sealed'))] as const,
    ['packages.list', lines(image.packages)] as const,
    [
      'releases.list',
      lines(image.releases.flatMap((release) => releaseLines(release, architectureOf(variant)))),
    ] as const,
    ...rootFiles(input),
  ]);
}

/** Steps and checks of Windows are staged as they are; images/kit/windows-template.ts says when each runs. */
function windowsFiles(input: StagingInput): StagedFiles {
  const { image } = input;
  return new Map([
    ...windowsKitFiles(image, (path) => entry(path, input.read(path))[1] as Uint8Array),
    ...image.steps.map((step, index) => entry(stepPath(step, index), input.read(step))),
    ...scriptChecks(image.checks).map((script) => entry(script, input.read(script))),
    ...rootFiles(input),
  ]);
}

export function checksOf(image: ResolvedImage, when: 'running' | 'sealed'): readonly Check[] {
  return image.checks.filter((check) => (check.when ?? 'running') === when);
}

function scriptChecks(checks: readonly Check[]): readonly string[] {
  return [...new Set(checks.flatMap((check) => ('script' in check ? [check.script] : [])))];
}

/** Tab-separated: name, version, license, address, SHA-256, path in the download, path in the image, mode. */
function releaseLines(release: ResolvedImage['releases'][number], architecture: 'amd64' | 'arm64'): readonly string[] {
  const { name, version, license, install } = release;
  const { url, sha256 } = release.download[architecture];
  return Object.entries(install).map(([from, to]) =>
    [name, version, license, url, sha256, from, to.path, to.mode].join('\t'),
  );
}

/** Everything that is copied into the image, below `root/`, a list of modes and owners, and one of what was given. */
function rootFiles(input: StagingInput): [string, string | Uint8Array][] {
  const { image } = input;
  const own = image.files.map((file) => ({
    path: file.path,
    mode: file.mode,
    owner: file.owner ?? 'root:root',
    content: input.read(file.source) as Uint8Array,
  }));
  const all = [...own, ...inputFiles(input)];
  const list = all.map(({ path, mode, owner }) => `${mode}\t${owner}\t${path}`);
  return [
    ...all.map(({ path, content }): [string, Uint8Array] => [`root${path}`, content]),
    ['files.list', lines(list)],
    ['inputs.list', lines(inputFiles(input).map(({ path, name, content }) => `${path}\t${name}\t${sha256(content)}`))],
  ];
}

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

function inputFiles({ image, given }: StagingInput) {
  return Object.entries(image.inputs).flatMap(([name, input]) => {
    const files = given[name];
    if (input.kind !== 'file' || files === undefined || typeof files === 'string') return [];
    return [...files].map(([below, content]) => ({
      name,
      path: below === '.' ? input.path : `${input.path}/${below}`,
      mode: input.mode,
      owner: 'root:root',
      content,
    }));
  });
}

function textsOf({ image, given }: StagingInput): StagedImage['texts'] {
  const texts = Object.entries(image.inputs).flatMap(([name, input]) =>
    input.kind === 'text' ? [[name, (given[name] as string | undefined) ?? input.default] as const] : [],
  );
  return Object.fromEntries(texts);
}

function absentFiles({ image, read }: StagingInput): readonly Problem[] {
  const wanted = [
    ...image.steps.map((path) => ['steps', path] as const),
    ...image.files.map(({ source }) => ['files', source] as const),
    ...scriptChecks(image.checks).map((path) => ['checks', path] as const),
  ];
  return wanted
    .filter(([, path]) => read(path) === undefined)
    .map(([list, path]) => ({
      path: `images/${image.name}.ts: ${list}`,
      message: 'there is no such file under images/',
      value: path,
      fix: 'Write the file, or take it out of the list.',
    }));
}

function wrongInputs({ image, given }: StagingInput): readonly Problem[] {
  const known = Object.keys(image.inputs).sort();
  const unknown = Object.keys(given).filter((name) => !known.includes(name));
  return [
    ...unknown.map((name) => ({
      path: `--input ${name}`,
      message: `image ${image.name} has no such input`,
      bound: known.join(', ') || 'it takes none',
      fix: 'Name one of them, or leave it out.',
    })),
    ...known.flatMap((name) => wrongInput(image, name, given[name])),
  ];
}

function wrongInput(image: ResolvedImage, name: string, value: StagingInput['given'][string] | undefined): Problem[] {
  const input = image.inputs[name];
  if (input?.kind !== 'text' || typeof value !== 'string' || input.pattern === undefined) return [];
  if (new RegExp(`^(?:${input.pattern})$`).test(value)) return [];
  const fix = `Give ${input.description}.`;
  return [{ path: `--input ${name}`, message: 'does not look as it must', value, bound: input.pattern, fix }];
}

/** Inputs that a build cannot do without and that nobody has given. */
export function missingInputs(staged: StagedImage, given: StagingInput['given']): readonly Problem[] {
  return Object.entries(staged.image.inputs)
    .filter(([name, input]) =>
      input.kind === 'text' ? staged.texts[name] === undefined : !input.optional && given[name] === undefined,
    )
    .map(([name, input]) => ({
      path: `images/${staged.image.name}.ts: inputs.${name}`,
      message: 'has no value',
      bound: input.description,
      fix: `Give --input ${name}=${input.kind === 'file' ? 'FILE' : 'VALUE'}.`,
    }));
}

/** What steps find in their environment, beside Packer's own PACKER_BUILDER_TYPE. */
export function environmentOf({ image, variant, contentId, debian }: StagedImage): Readonly<Record<string, string>> {
  return {
    WATARI_IMAGE: image.name,
    WATARI_VARIANT: variant,
    WATARI_ARCHITECTURE: architectureOf(variant),
    WATARI_LEVEL: String(levelOf(variant) ?? ''),
    WATARI_CONTENT_ID: contentId,
    WATARI_SUITE: debian.suite,
  };
}

function entry(path: string, content: Uint8Array | undefined): [string, Uint8Array] {
  if (content === undefined) throw new Error(`images/kit lacks ${path}`);
  return [path, content];
}

function lines(entries: readonly string[]): string {
  return entries.map((line) => `${line}\n`).join('');
}
