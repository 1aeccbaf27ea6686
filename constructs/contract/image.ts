import type { Site } from './site';

/** Processors that an image is made for; of the x86-64 ones the lowest first. `amd64` runs on all of them. */
export const imageVariants = ['amd64', 'amd64-v2', 'amd64-v3', 'amd64-v4', 'arm64'] as const;
export type ImageVariant = (typeof imageVariants)[number];

/**
 * What a processor runs: a level of x86-64 as its psABI defines them, or 64-bit Arm. A level runs all lower ones.
 * https://gitlab.com/x86-psABIs/x86-64-ABI
 */
export const cpuLevels = ['x86-64-v2', 'x86-64-v3', 'x86-64-v4', 'arm64'] as const;
export type CpuLevel = (typeof cpuLevels)[number];

/** Which image a machine boots: one content, and never "the most recent". */
export interface ImageReference {
  /** `origin`, `edge`, `balancer`, `gateway` ...: the file name under `images/`. */
  readonly role: string;
  readonly architecture: 'amd64' | 'arm64';
  /** Content id of the role's own image; absent means the stock image with first-boot packages. */
  readonly contentId?: string;
}

/** Plain operating systems that images are built on. */
export type OperatingSystem = 'debian-12' | 'windows-server-2022' | 'windows-server-2025';

/** What an adapter is asked to build, once for all sites of its provider that need the image. */
export interface ImageBuild {
  /** As providers show it: `imageName` of the reference. */
  readonly name: string;
  readonly operatingSystem: OperatingSystem;
  readonly variant: ImageVariant;
  /** Disk of the build machine and of the image, in GiB. */
  readonly diskGiB: number;
  /** Lower-case keys and values that every provider takes: role, content. */
  readonly labels: Readonly<Record<string, string>>;
  /** Sites of one provider and profile, at least one; the image is built at the first and brought to the others. */
  readonly sites: readonly Site[];
}

/** Where an adapter builds an image: a Packer source, as data. Pure: no construct, no file, no network. */
export interface PackerSource {
  /** `amazon-ebs`, `googlecompute`, `cloudstack`, `qemu`. */
  readonly type: string;
  /** Packer plugin with its exact version. */
  readonly plugin: { readonly source: string; readonly version: string };
  readonly body: Readonly<Record<string, unknown>>;
}
