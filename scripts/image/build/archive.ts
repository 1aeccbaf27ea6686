import type { DebianArchive } from '../../../images/kit/debian';
import type { CliContext } from '../../cli/context';
import type { ArchivePlace } from '../packages';

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

/** Mirrors have security updates beside the archive. */
const securityBeside = (mirror: string): string => `${mirror.replace(/\/+$/, '')}-security`;
