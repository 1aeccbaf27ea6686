import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageName, architectureOf } from '../../constructs/contract/image';
import { type Problem, ProblemsError, refuse } from '../../constructs/contract/problem';
import type { DebianArchive } from '../../images/kit/debian';
import { type Descriptions, type ResolvedImage, isWindows } from '../../images/kit/resolve';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print, printJson } from '../cli/output';
import { progress } from '../cli/progress';
import { renderTable, widthOf } from '../cli/table';
import { readBasePackages } from './build/base-disk';
import { formats, keptManifest } from './build/unit';
import { loadImages } from './load';
import { type Pin, pinsOf, readLock, withPins, writeLock } from './lock';
import { type ResolvedPackage, resolvePackages } from './packages';
import { type SelectedImage, selectImages } from './selection';
import { debianFile, parseInputs, readDebian, stageFromDisk } from './stage';

export interface RefreshOptions {
  /** All images, where none is named. */
  readonly images: readonly string[];
  readonly stage: string;
  /** `20261120T000000Z`; `latest` for the beginning of today (UTC), `keep` for the one that the images have. */
  readonly snapshot: string;
  /** Stands for the snapshot where that is not reached: what it has now is what is proposed. */
  readonly archive?: string;
  readonly securityArchive?: string;
  readonly input?: readonly string[];
  readonly write?: boolean;
  readonly json: boolean;
}

interface PackageChange {
  readonly image: string;
  readonly package: string;
  readonly from?: string;
  readonly to?: string;
  readonly security: boolean;
}

/** What the images would be now: other content ids, and the packages that differ. Written only when asked to. */
export async function refresh(options: RefreshOptions, context: CliContext): Promise<ExitCode> {
  const descriptions = await loadImages(context.root);
  const selected = selectImages(descriptions, { images: options.images, all: options.images.length === 0 });
  const now = readDebian(context.root);
  const next = { ...now, snapshot: momentOf(options.snapshot, now) };
  refuse(partialMove(options, now, next));
  const lock = readLock(context.root);
  const inputs = parseInputs(options.input ?? []);
  const pins = selected.map(({ image, variant }): Pin => {
    const { contentId } = stageFromDisk({ image, variant }, inputs, context, next);
    return { image: image.name, variant, contentId };
  });
  const pinned = new Map(pinsOf(lock, options.stage).map((pin) => [keyOf(pin), pin.contentId]));
  const changed = pins.filter((pin) => pinned.get(keyOf(pin)) !== pin.contentId);
  const moves = next.snapshot !== now.snapshot || options.archive !== undefined;
  const packages = moves ? await packageChanges(selected, now, next, options, context, pinned) : [];
  if (options.write) {
    if (next.snapshot !== now.snapshot) writeSnapshot(context.root, next);
    writeLock(context.root, withPins(lock, options.stage, changed));
  }
  report(options, context, { next, changed, pinned, packages, descriptions });
  return ExitCode.done;
}

const keyOf = ({ image, variant }: Pin): string => `${image} ${variant}`;

function momentOf(value: string, { snapshot }: DebianArchive): string {
  if (value === 'keep') return snapshot;
  if (value === 'latest') return `${new Date().toISOString().slice(0, 10).replaceAll('-', '')}T000000Z`;
  if (/^\d{8}T\d{6}Z$/.test(value)) return value;
  const fix = 'Write a moment as snapshot.debian.org does: 20261120T000000Z, or latest, or keep.';
  throw new ProblemsError([{ path: '--snapshot', message: 'is no moment', value, fix }]);
}

/** The moment is one for all images: with another one, those that are not named would be pinned as nobody builds them. */
function partialMove({ images, write }: RefreshOptions, now: DebianArchive, next: DebianArchive): Problem[] {
  if (!write || images.length === 0 || next.snapshot === now.snapshot) return [];
  const message = 'makes every image another one, and only some are named to be pinned';
  const fix = `Leave the names out, or keep the moment: watari image refresh ${images.join(' ')} --snapshot keep --write`;
  return [{ path: '--snapshot', message, value: next.snapshot, bound: now.snapshot, fix }];
}

/** One image after the other, each once for all its variants: apt's lists are the same for them. */
async function packageChanges(
  selected: readonly SelectedImage[],
  now: DebianArchive,
  next: DebianArchive,
  options: RefreshOptions,
  context: CliContext,
  pinned: ReadonlyMap<string, string>,
): Promise<PackageChange[]> {
  const images = [...new Map(selected.map(({ image }) => [image.name, image])).values()].filter(
    (one) => !isWindows(one),
  );
  const basePackages = readBasePackages(architecture, context.root).packages;
  const shown = progress(context, { quiet: options.json });
  const changes: PackageChange[] = [];
  try {
    for (const image of images) {
      const step = shown.start(`packages of ${image.name}`);
      const wanted = [...new Set([...basePackages, ...image.packages])];
      const before = pinnedPackages(image, pinned, context) ?? (await resolvePackages(wanted, placeOf(now), context));
      const after = await resolvePackages(wanted, placeOf(next, options), context);
      const found = differences(image.name, before, after);
      changes.push(...found);
      step.end(found.length > 0 ? 'done' : 'unchanged', `${found.length} of ${after.size} differ`);
    }
  } finally {
    shown.close();
  }
  return changes;
}

function placeOf(debian: DebianArchive, other: Pick<RefreshOptions, 'archive' | 'securityArchive'> = {}) {
  const { suite, snapshot, archive, securityArchive } = debian;
  return {
    suite,
    archive: other.archive ?? `${archive}/${snapshot}`,
    securityArchive: other.securityArchive ?? `${securityArchive}/${snapshot}`,
  };
}

/** apt is asked for this one: packages are the same for the others, but for those that begin the machine. */
const architecture = 'amd64';

/**
 * The packages of Debian that came with the image, where it was built here with QEMU: those of clouds have what their
 * providers' plain images bring.
 */
function pinnedPackages(
  image: ResolvedImage,
  pinned: ReadonlyMap<string, string>,
  context: CliContext,
): ReadonlyMap<string, ResolvedPackage> | undefined {
  for (const variant of image.variants.filter((one) => architectureOf(one) === architecture)) {
    const contentId = pinned.get(`${image.name} ${variant}`);
    if (contentId === undefined) continue;
    const name = imageName({ role: image.name, variant, contentId });
    const kept = formats.flatMap((kind) => keptManifest({ name, kind }, context) ?? [])[0];
    const debs = kept?.packages.filter(({ kind }) => kind === 'deb');
    if (debs) return new Map(debs.map((each) => [each.name, { version: each.version, security: false }]));
  }
  return undefined;
}

function differences(
  image: string,
  before: ReadonlyMap<string, ResolvedPackage>,
  after: ReadonlyMap<string, ResolvedPackage>,
): PackageChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => {
    const [from, to] = [before.get(name)?.version, after.get(name)];
    if (from === to?.version) return [];
    const change = { image, package: name, security: to?.security ?? false };
    return [{ ...change, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to: to.version }) }];
  });
}

/** Only the moment changes: the rest of the file is kept as somebody wrote it. */
function writeSnapshot(root: string, { snapshot }: DebianArchive): void {
  const file = join(root, debianFile);
  const text = readFileSync(file, 'utf8').replace(/("snapshot":\s*")[^"]*/, `$1${snapshot}`);
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

interface Findings {
  readonly next: DebianArchive;
  readonly changed: readonly Pin[];
  readonly pinned: ReadonlyMap<string, string>;
  readonly packages: readonly PackageChange[];
  readonly descriptions: Descriptions;
}

function report(options: RefreshOptions, context: CliContext, findings: Findings): void {
  const { next, changed, pinned, packages } = findings;
  const images = changed.map((pin) => ({ ...pin, before: pinned.get(keyOf(pin)) }));
  if (options.json) {
    return printJson(context, {
      stage: options.stage,
      snapshot: next.snapshot,
      images,
      packages,
      written: options.write ?? false,
    });
  }
  const width = widthOf(context.stdout);
  if (packages.length > 0) {
    const rows = packages.map((one) => [
      one.image,
      one.package,
      one.from ?? '-',
      one.to ?? '-',
      one.security ? 'yes' : '',
    ]);
    print(context, renderTable(['image', 'package', 'from', 'to', 'security'], rows, width));
  }
  if (images.length === 0) return print(context, `stage ${options.stage} pins what the descriptions make`);
  const rows = images.map(({ image, variant, before, contentId }) => [image, variant, before ?? '-', contentId]);
  print(context, renderTable(['image', 'variant', `${options.stage} pins`, 'would be'], rows, width));
  if (!options.write) note(context, unwritten(options, next));
}

/** Content ids come with the files that they are made of: what is not written cannot be built. */
function unwritten({ stage }: RefreshOptions, { snapshot }: DebianArchive): string {
  const write = `watari image refresh --stage ${stage} --snapshot ${snapshot} --write`;
  return `Nothing is written. To have them: on a branch, ${write}; then build and check them, and merge.`;
}
