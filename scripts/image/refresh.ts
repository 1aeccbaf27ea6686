import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageName } from '../../constructs/contract/image';
import { ProblemsError } from '../../constructs/contract/problem';
import type { DebianArchive } from '../../images/kit/debian';
import { type Descriptions, type ResolvedImage, isWindows } from '../../images/kit/resolve';
import type { CliContext } from '../cli/context';
import { ExitCode } from '../cli/exit-code';
import { note, print, printJson } from '../cli/output';
import { progress } from '../cli/progress';
import { renderTable, widthOf } from '../cli/table';
import { loadImages } from './load';
import { type Pin, pinsOf, readLock, withPins, writeLock } from './lock';
import { type ResolvedPackage, resolvePackages } from './packages';
import { type SelectedImage, selectImages } from './selection';
import { debianFile, parseInputs, readDebian, stageFromDisk } from './stage';
import { readStored } from './store';

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
  const shown = progress(context, { quiet: options.json });
  const changes: PackageChange[] = [];
  try {
    for (const image of images) {
      const step = shown.start(`packages of ${image.name}`);
      const before =
        pinnedPackages(image, pinned, context) ?? (await resolvePackages(image.packages, placeOf(now), context));
      const after = await resolvePackages(image.packages, placeOf(next, options), context);
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

/** The list that came with the image, where it was built or fetched here. */
function pinnedPackages(
  image: ResolvedImage,
  pinned: ReadonlyMap<string, string>,
  context: CliContext,
): ReadonlyMap<string, ResolvedPackage> | undefined {
  for (const variant of image.variants) {
    const contentId = pinned.get(`${image.name} ${variant}`);
    const stored = contentId && readStored(imageName({ role: image.name, variant, contentId }), context);
    if (stored) return new Map(stored.packages.map(({ name, version }) => [name, { version, security: false }]));
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
  if (!options.write) note(context, `Nothing is written. Build and check them, then say --write.`);
}
