import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageName } from '../../../constructs/contract/image';
import { refuse } from '../../../constructs/contract/problem';
import type { BuilderSource } from '../../../images/kit/linux-template';
import { isWindows } from '../../../images/kit/resolve';
import type { StagedImage } from '../../../images/kit/staging';
import { homeFolder } from '../../cli/home';
import type { CliContext } from '../../cli/context';
import { hostArchitecture } from '../accelerator';
import type { PreparedImage } from '../prepare';
import { storeFolder } from '../store';
import type { Manifest } from './manifest';

/** What QEMU's disk is turned into: a disk as it is, an archive or compressed disk for MAAS, a machine for VMware. */
export const formats = ['qcow2', 'raw', 'tgz', 'ova', 'ddgz'] as const;
export type Format = (typeof formats)[number];

type Home = Pick<CliContext, 'root' | 'cwd' | 'env'>;

/** One run of Packer: one image, for one kind of processor, at one place, in one format. */
export interface BuildUnit {
  /** `watari-edge-amd64-v3-0123456789ab`. */
  readonly name: string;
  /** `qcow2`, `amazon-ebs.tokyo`: what the result is called beside others of the image. */
  readonly kind: string;
  readonly staged: StagedImage;
  readonly source: BuilderSource;
  /** Only of QEMU. */
  readonly format?: Format;
}

/** `edge-amd64-v3 (qcow2)`. */
export const titleOf = ({ staged, kind }: BuildUnit): string => `${staged.image.name}-${staged.variant} (${kind})`;

export interface UnitOptions {
  readonly arch?: readonly string[];
  readonly format?: readonly string[];
  readonly only?: readonly string[];
}

/** All builds that a command asks for, in order. @throws ProblemsError where the formats or `--only` leave none */
export function unitsOf(prepared: readonly PreparedImage[], options: UnitOptions): BuildUnit[] {
  const wanted = wantedFormats(options.format);
  const all = prepared.flatMap(({ staged, sources }) =>
    sources.flatMap((source) => unitsAt(staged, source, wanted, options.arch)),
  );
  const units = all.filter((unit) => options.only === undefined || options.only.some((name) => names(unit, name)));
  if (units.length === 0) {
    const bound = [...new Set(all.map(titleOf))].join(', ') || 'nothing';
    const fix = 'Name an image, a variant of it (edge-amd64-v3) or one build of that (edge-amd64-v3/qcow2).';
    refuse([{ path: '--only', message: 'leaves nothing to build', value: options.only, bound, fix }]);
  }
  return units;
}

function unitsAt(
  staged: StagedImage,
  source: BuilderSource,
  wanted: readonly Format[],
  arch: readonly string[] | undefined,
): BuildUnit[] {
  const { image, variant, contentId } = staged;
  const name = imageName({ role: image.name, variant, contentId });
  if (source.type !== 'qemu') return [{ name, kind: `${source.type}.${source.name}`, staged, source }];
  // Whoever wants a disk wants one that boots here; all kinds of processors are for those who name them.
  if ((arch ?? []).length === 0 && variant !== ownVariant(staged)) return [];
  return formatsFor(staged, wanted).map((format) => ({ name, kind: format, staged, source, format }));
}

/** The kind of processor that this machine runs, or emulates: QEMU knows no AVX-512, which is level 4. */
function ownVariant({ image }: StagedImage): string | undefined {
  const own = hostArchitecture() === 'arm64' ? ['arm64'] : ['amd64-v3', 'amd64'];
  return own.find((variant) => (image.variants as readonly string[]).includes(variant));
}

function formatsFor({ image }: StagedImage, wanted: readonly Format[]): readonly Format[] {
  const possible: readonly Format[] = isWindows(image) ? ['qcow2', 'raw', 'ddgz'] : ['qcow2', 'raw', 'tgz', 'ova'];
  const impossible = wanted.filter((format) => !possible.includes(format));
  const bound = possible.join(', ');
  refuse(
    impossible.map((value) => ({
      path: '--format',
      message: `${image.name} has no such format`,
      value,
      bound,
      fix: 'Name one of them.',
    })),
  );
  return wanted;
}

function wantedFormats(given: readonly string[] | undefined): readonly Format[] {
  const wanted = given ?? ['qcow2'];
  const unknown = wanted.filter((name) => !(formats as readonly string[]).includes(name));
  refuse(
    unknown.map((value) => {
      const bound = formats.join(', ');
      return { path: '--format', message: 'there is no such format', value, bound, fix: 'Name one of them.' };
    }),
  );
  return formats.filter((format) => wanted.includes(format));
}

function names({ staged, kind, source }: BuildUnit, wanted: string): boolean {
  const image = `${staged.image.name}-${staged.variant}`;
  return [staged.image.name, image, `${image}/${kind}`, `${image}/${source.type}`].includes(wanted);
}

/** Where the result is kept. */
export function resultFolder({ name, kind }: Pick<BuildUnit, 'name' | 'kind'>, home: Home): string {
  return join(storeFolder(home), name, kind);
}

/** Where it is made, and nothing that is found there is ever taken for an image. */
export function workFolder({ name, kind }: Pick<BuildUnit, 'name' | 'kind'>, home: Home): string {
  return join(homeFolder(home), 'images', 'work', `${name}.${kind}`);
}

/** What an earlier build has kept, or undefined. */
export function keptManifest(unit: Pick<BuildUnit, 'name' | 'kind'>, home: Home): Manifest | undefined {
  const file = join(resultFolder(unit, home), 'manifest.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}
