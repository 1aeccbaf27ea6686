import type { BuildUnit } from './unit';
import type { CheckResult } from './checks-report';

/** A package of the distribution, or software that the distribution lacks. */
export interface ContentEntry {
  /** Debian's package, software pinned by its hash, a file that whoever built gave, or what Windows calls it. */
  readonly kind: 'deb' | 'release' | 'input' | 'feature' | 'hotfix' | 'program';
  readonly name: string;
  readonly version: string;
  readonly architecture?: string;
  /** Debian's source package, to which its advisories refer. */
  readonly source?: string;
  /** SPDX. */
  readonly license?: string;
  readonly sha256?: string;
}

/** What an image is, beside it as `manifest.json`. */
export interface Manifest {
  readonly image: string;
  readonly variant: string;
  readonly contentId: string;
  readonly name: string;
  readonly builder: string;
  /** Of QEMU: qcow2, raw, tgz, ova, ddgz. */
  readonly format?: string;
  /** Moment of Debian's archive that the content id stands for. */
  readonly snapshot?: string;
  /** Where the packages came from in truth, if not from that moment. */
  readonly otherArchive?: string;
  /** The plain disk that it stands on. */
  readonly base?: string;
  readonly tools: Readonly<Record<string, string>>;
  readonly checks: readonly Pick<CheckResult, 'what' | 'ok'>[];
  readonly packages: readonly ContentEntry[];
  /** What a cloud calls it: by region where it has regions. */
  readonly artifacts?: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/**
 * `manifest.tsv` of the machine: images/kit/linux/85-manifest.sh and images/windows-drm/steps/manifest.ps1 say what its
 * columns are.
 */
export function parseContents(tsv: string): ContentEntry[] {
  return tsv
    .split('\n')
    .map((line) => line.trimEnd().split('\t'))
    .flatMap(([kind, name = '', version = '', third = '', fourth = '']): ContentEntry[] => {
      if (kind === 'deb') return [{ kind, name, version, architecture: third, source: fourth }];
      // Of a file that was given the second column names the input; a version it has none.
      if (kind === 'input') return [{ kind, name, version: '', sha256: fourth }];
      if (kind === 'release') return [{ kind, name, version, license: third, sha256: fourth }];
      const isWindows = kind === 'feature' || kind === 'hotfix' || kind === 'program';
      return isWindows ? [{ kind, name, version }] : [];
    });
}

/** What of a manifest is known before the build has begun. */
export function manifestHead({ staged, name, source, format }: BuildUnit) {
  const { image, variant, contentId, debian } = staged;
  const isLinux = image.operatingSystem.startsWith('debian');
  return {
    image: image.name,
    variant,
    contentId,
    name,
    builder: source.type,
    ...(format === undefined ? {} : { format }),
    ...(isLinux ? { snapshot: debian.snapshot } : {}),
  };
}
