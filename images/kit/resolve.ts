import type { Problem } from '../../constructs/contract/problem';
import type { Check } from './checks';
import {
  type ImageDescription,
  type ImageFile,
  type Input,
  type OperatingSystem,
  type Release,
  operatingSystems,
} from './description';
import type { ImageVariant } from '../../constructs/contract/image';

export type Descriptions = Readonly<Record<string, ImageDescription>>;

/** An image with everything that its bases bring, theirs first. */
export interface ResolvedImage {
  readonly name: string;
  readonly summary: string;
  readonly operatingSystem: OperatingSystem;
  /** From the operating system's first image to this one. */
  readonly chain: readonly string[];
  readonly variants: readonly ImageVariant[];
  readonly packages: readonly string[];
  readonly releases: readonly Release[];
  readonly inputs: Readonly<Record<string, Input>>;
  readonly files: readonly ImageFile[];
  readonly steps: readonly string[];
  readonly checks: readonly Check[];
  readonly diskGiB: number;
}

const defaultDiskGiB = 8;

export const isWindows = (image: Pick<ResolvedImage, 'operatingSystem'>): boolean =>
  image.operatingSystem.startsWith('windows');

/** What is wrong between descriptions: bases that do not exist, or that stand on each other. */
export function checkBases(descriptions: Descriptions): Problem[] {
  return Object.keys(descriptions)
    .sort()
    .flatMap((name) => checkBase(descriptions, name));
}

function checkBase(descriptions: Descriptions, name: string): Problem[] {
  const chain = [name];
  for (;;) {
    const last = chain[chain.length - 1] ?? '';
    const base = descriptions[last]?.base ?? '';
    if (isOperatingSystem(base)) return [];
    if (descriptions[base] === undefined) return last === name ? [unknownBase(descriptions, name, base)] : [];
    if (chain.includes(base)) return base === name ? [circle(chain)] : [];
    chain.push(base);
  }
}

function unknownBase(descriptions: Descriptions, name: string, base: string): Problem {
  const known = [...operatingSystems, ...Object.keys(descriptions).filter((other) => other !== name)].sort();
  return {
    path: `images/${name}.ts: base`,
    message: 'is neither an image nor an operating system',
    value: base,
    bound: known.join(', '),
    fix: 'Name one of them.',
  };
}

function circle(chain: readonly string[]): Problem {
  return {
    path: `images/${chain[0]}.ts: base`,
    message: 'stands on itself',
    value: [...chain, chain[0]].join(' on '),
    fix: 'Let one of them stand on an operating system.',
  };
}

/** @param descriptions have passed `checkBases` */
export function resolveImage(descriptions: Descriptions, name: string): ResolvedImage {
  const chain = chainOf(descriptions, name);
  const parts = chain.map((link) => descriptions[link] as ImageDescription);
  const own = parts[parts.length - 1] as ImageDescription;
  const operatingSystem = parts[0]?.base as OperatingSystem;
  return {
    name,
    summary: own.summary,
    operatingSystem,
    chain,
    variants: variantsOf(
      operatingSystem,
      parts.some((part) => part.microarchitectures === true),
    ),
    packages: [...new Set(parts.flatMap((part) => part.packages ?? []))].sort(),
    releases: parts.flatMap((part) => part.releases ?? []),
    inputs: Object.assign({}, ...parts.map((part) => part.inputs ?? {})) as ResolvedImage['inputs'],
    files: parts.flatMap((part) => part.files ?? []),
    steps: parts.flatMap((part) => part.steps ?? []),
    checks: parts.flatMap((part) => part.checks ?? []),
    diskGiB: parts.reduce((size, part) => part.diskGiB ?? size, defaultDiskGiB),
  };
}

function chainOf(descriptions: Descriptions, name: string): readonly string[] {
  const base = (descriptions[name] as ImageDescription).base;
  return isOperatingSystem(base) ? [name] : [...chainOf(descriptions, base), name];
}

function variantsOf(operatingSystem: OperatingSystem, levels: boolean): readonly ImageVariant[] {
  if (operatingSystem.startsWith('windows')) return ['amd64'];
  return levels ? ['amd64-v2', 'amd64-v3', 'amd64-v4', 'arm64'] : ['amd64', 'arm64'];
}

function isOperatingSystem(name: string): name is OperatingSystem {
  return (operatingSystems as readonly string[]).includes(name);
}
