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

/** Variants that a processor runs, the most special first. */
export function variantsFor(cpu: CpuLevel): readonly ImageVariant[] {
  if (cpu === 'arm64') return ['arm64'];
  const level = Number(cpu.at(-1));
  const special = ([4, 3, 2] as const).filter((each) => each <= level);
  return [...special.map((each) => `amd64-v${each}` as const), 'amd64'];
}

export type Architecture = 'amd64' | 'arm64';

export const architectureOf = (variant: ImageVariant): Architecture => (variant === 'arm64' ? 'arm64' : 'amd64');

/** Which image a machine boots: one content, and never "the most recent". */
export interface ImageReference {
  /** `origin`, `edge`, `balancer`, `gateway` ...: the file name under `images/`. */
  readonly role: string;
  readonly variant: ImageVariant;
  /** 12 hexadecimal digits: a hash of all that went into the image. */
  readonly contentId: string;
}

/** What an image is called at every provider. */
export const imageName = ({ role, variant, contentId }: ImageReference): string =>
  `watari-${role}-${variant}-${contentId}`;

/**
 * What whoever misses an image runs, and builds no other; errors of plans name it.
 * @param source where the adapter builds it, and what it has the disk turned into
 */
export const imageBuildCommand = (
  { role, variant }: Pick<ImageReference, 'role' | 'variant'>,
  { type, leaves }: Pick<PackerSource, 'type' | 'leaves'>,
): string =>
  `npx watari image build ${role} --arch ${variant} --builder ${type}${leaves === undefined ? '' : ` --format ${leaves}`}`;

/** Ids by which the sandbox can withhold an image: all of them, or those of its role. */
export const imagePrerequisites = ({ role }: ImageReference): readonly string[] => ['images', `image:${role}`];

/** Content ids of one stage, by role and variant: a part of `images.lock.json`. */
export type PinnedImages = Readonly<Record<string, Readonly<Partial<Record<ImageVariant, string>>>>>;

/** Plain operating systems that images are built on. */
export type OperatingSystem = 'debian-12' | 'windows-server-2022' | 'windows-server-2025';

/** What an adapter is asked to build, once for all sites of its provider that need the image. */
export interface ImageBuild {
  /** As every provider shows it: `imageName` of the reference. */
  readonly name: string;
  readonly operatingSystem: OperatingSystem;
  readonly variant: ImageVariant;
  /** Disk of the build machine and of the image, in GiB. */
  readonly diskGiB: number;
  /** Lower-case keys and values that every provider takes: role, content. */
  readonly labels: Readonly<Record<string, string>>;
  /** Sites of one provider and profile, at least one, or exactly one by `ImageMember.buildsPer`; built at the first, brought to the others. */
  readonly sites: readonly Site[];
}

/** Packer's builders that adapters use. */
export type ImageBuilder = 'amazon-ebs' | 'googlecompute' | 'cloudstack' | 'qemu';

/**
 * Where an adapter builds an image: a Packer source, as data. Pure: no construct, no file, no network. It holds what is the
 * provider's: base, build machine, network, names, disk, and the user of its Linux bases; how Windows is reached and sealed
 * is added by whoever renders the template. Attributes that only current Packer knows are left out for older ones there.
 */
export interface PackerSource {
  readonly type: ImageBuilder;
  /** Packer plugin with its exact version. @default that of the neutral `qemu` source */
  readonly plugin?: { readonly source: string; readonly version: string };
  readonly body: Readonly<Record<string, unknown>>;
  /** What the neutral `qemu` source is turned into for this provider: an archive of the root, or a compressed disk. @default the disk as it is */
  readonly leaves?: 'tgz' | 'ddgz';
}

/** A provider's plain images, pinned by exact name. Pure JSON: it goes into the content ids of all images. */
export interface ImageBases {
  /** Where the names come from, and the command that shows newer ones. */
  readonly source: string;
  readonly read: string;
  /** By operating system and architecture. Empty where the provider offers none: its sites name them, or the image is made from nothing. */
  readonly systems: Readonly<Record<OperatingSystem, Readonly<Partial<Record<Architecture, ImageBase>>>>>;
}

/** How the provider knows the image: `name`, and `owner` or `project`, or the address of its file. */
export type ImageBase = Readonly<Record<string, string>>;
