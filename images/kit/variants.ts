import type { ImageVariant } from '../../constructs/contract/image';
import type { Architecture } from './description';

/** What an image is built for: an architecture, or a level of x86-64 (https://gitlab.com/x86-psABIs/x86-64-ABI, section 3.1.1). */
export type Variant = ImageVariant;

export function architectureOf(variant: Variant): Architecture {
  return variant === 'arm64' ? 'arm64' : 'amd64';
}

/** 2, 3 or 4; 1 where nothing beyond the first x86-64 is asked for; undefined on Arm. */
export function levelOf(variant: Variant): number | undefined {
  if (variant === 'arm64') return undefined;
  return Number(variant.split('-v')[1] ?? 1);
}
