/** `images/kit/debian.json`: which Debian all Linux images are made of. */
export interface DebianArchive {
  readonly suite: string;
  /** A moment of the archive, as snapshot.debian.org writes it: `20261120T000000Z`. */
  readonly snapshot: string;
  /** Address before the moment. */
  readonly archive: string;
  readonly securityArchive: string;
  /** Debian as it is today, for a laptop that does not reach the archive of moments. */
  readonly mirror?: string;
}

/** What of it makes an image another one. */
export function snapshotOf({ suite, snapshot, archive, securityArchive }: DebianArchive): readonly string[] {
  return [suite, snapshot, archive, securityArchive];
}

/** Lines of `sources.list`, for programs that take them as arguments. */
export function sourceLines(suite: string, archive: string, securityArchive: string): readonly string[] {
  return [
    `deb ${archive} ${suite} main`,
    `deb ${archive} ${suite}-updates main`,
    `deb ${securityArchive} ${suite}-security main`,
  ];
}
