import type { Problem } from '../../../constructs/contract/problem';
import type { DebianArchive } from '../../../images/kit/debian';
import { isWindows } from '../../../images/kit/resolve';
import type { CliContext } from '../../cli/context';
import type { ArchivePlace } from '../packages';
import { isCloud } from './provider';
import type { BuildUnit } from './unit';

export interface ArchiveOptions {
  readonly archive?: string;
  readonly securityArchive?: string;
}

export interface ChosenArchive extends ArchivePlace {
  /** Set where it is not the moment that content ids stand for: such an image is not promoted. */
  readonly other?: string;
}

/** Where packages come from: the snapshot, or a mirror by `--archive` or WATARI_DEBIAN_ARCHIVE. */
export function chooseArchive(
  { suite, snapshot, archive, securityArchive }: DebianArchive,
  options: ArchiveOptions,
  { env }: Pick<CliContext, 'env'>,
): ChosenArchive {
  const mirror = options.archive ?? env.WATARI_DEBIAN_ARCHIVE;
  const securityMirror = options.securityArchive ?? env.WATARI_DEBIAN_SECURITY_ARCHIVE;
  if (!mirror) {
    return { suite, archive: `${archive}/${snapshot}`, securityArchive: `${securityArchive}/${snapshot}` };
  }
  return { suite, archive: mirror, securityArchive: securityMirror || securityBeside(mirror), other: mirror };
}

/** How long the archive of moments has to answer, in milliseconds: it is slow on bad days. */
const patience = 15_000;

/**
 * What builds with QEMU make do with where the snapshot is not reached: Debian as it is today. The image says so, and is
 * never promoted; whoever builds hears it. Undefined where the snapshot answers, or there is nothing in its place.
 */
export async function standIn(chosen: ChosenArchive, { mirror }: DebianArchive): Promise<ChosenArchive | undefined> {
  const { suite, archive, other } = chosen;
  if (other !== undefined || mirror === undefined || (await answers(`${archive}/dists/${suite}/InRelease`)))
    return undefined;
  return { suite, archive: mirror, securityArchive: securityBeside(mirror), other: mirror };
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(patience) })).ok;
  } catch {
    return false;
  }
}

/** Mirrors have security updates beside the archive. */
const securityBeside = (mirror: string): string => `${mirror.replace(/\/+$/, '')}-security`;

/**
 * An image at a provider is found by its content id, which stands for the snapshot: one from another archive would be booted
 * as if it were that.
 */
export function checkArchive(
  units: readonly BuildUnit[],
  { other }: ChosenArchive,
  options: ArchiveOptions,
): Problem[] {
  const clouds = units.filter(({ source, staged }) => isCloud(source) && !isWindows(staged.image));
  if (other === undefined || clouds.length === 0) return [];
  const path = options.archive === undefined ? 'WATARI_DEBIAN_ARCHIVE' : '--archive';
  const message = `images at ${[...new Set(clouds.map(({ source }) => source.type))].join(', ')} carry the id of the snapshot, and are not built from another archive`;
  return [{ path, message, value: other, bound: 'qemu', fix: 'Leave it out, or build with --builder qemu.' }];
}
