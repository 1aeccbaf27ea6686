import type { Architecture, OperatingSystem } from '../../constructs/contract/image';
import type { Check } from './checks';

export type { Architecture, OperatingSystem };

/** Plain operating systems that an image may stand on: what each provider offers, or `mmdebstrap` makes, unchanged. */
export const operatingSystems: readonly OperatingSystem[] = ['debian-12', 'windows-server-2022', 'windows-server-2025'];

/**
 * One machine image, neutral: no provider is named in it. A file of its own under `images/`, as default export; the name
 * of the file is the name of the image.
 */
export interface ImageDescription {
  /** What it is for, in one line. */
  readonly summary: string;
  /** Another image of this folder, by name, whose parts all come first, or a plain operating system. */
  readonly base: string;
  /** Comes at x86-64-v2, -v3 and -v4 instead of one image for all of amd64: binaries in it are built per level. @default false */
  readonly microarchitectures?: boolean;
  /** Packages of the distribution at the snapshot of `debian.json`. @default - none */
  readonly packages?: readonly string[];
  /** Software that the distribution lacks. @default - none */
  readonly releases?: readonly Release[];
  /** What whoever builds must or may give. @default - none */
  readonly inputs?: Readonly<Record<string, Input>>;
  /** @default - none */
  readonly files?: readonly ImageFile[];
  /** Scripts that run as root, in this order, once packages, releases and files are there; paths from `images/`. @default - none */
  readonly steps?: readonly string[];
  /** What is true of it before it is kept. @default - what the base checks */
  readonly checks?: readonly Check[];
  /** Size of the disk at first boot; a machine's own disk may be larger. @default that of the base, else 8 */
  readonly diskGiB?: number;
}

/** A program as its makers publish it, pinned. */
export interface Release {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier, for the list of contents: `MPL-2.0`. */
  readonly license: string;
  readonly download: Readonly<Record<Architecture, { readonly url: string; readonly sha256: string }>>;
  /** Where its files go: path in the archive (or `.` for a download that is the file itself) to path in the image. */
  readonly install: Readonly<Record<string, { readonly path: string; readonly mode: string }>>;
}

/** Given with `--input NAME=VALUE`. What goes into an image is part of its content id, whoever gives it. */
export type Input =
  | {
      /** A file or folder of the builder's machine, copied into the image. */
      readonly kind: 'file';
      readonly description: string;
      readonly path: string;
      /** Octal, of files; programs are `0755`. */
      readonly mode: string;
      /** An image without it can be built. @default false */
      readonly optional?: boolean;
    }
  | {
      /** A value that steps find in the environment, by its name in upper case. Never a secret: images hold none. */
      readonly kind: 'text';
      readonly description: string;
      /** @default - must be given */
      readonly default?: string;
      /** What it must look like, as a regular expression. @default - any text */
      readonly pattern?: string;
    };

export interface ImageFile {
  /** From `images/`: `files/origin/nginx.conf`. */
  readonly source: string;
  /** In the image. */
  readonly path: string;
  /** Octal: `0644`. */
  readonly mode: string;
  /** `user:group`. @default root:root */
  readonly owner?: string;
}

/** A description as it stands, with its type checked. */
export function image(description: ImageDescription): ImageDescription {
  return description;
}
