import { type ImageVariant, architectureOf } from '../../constructs/contract/image';

/** 2, 3 or 4; 1 where nothing beyond the first x86-64 is asked for; undefined on Arm. */
export function levelOf(variant: ImageVariant): number | undefined {
  return architectureOf(variant) === 'arm64' ? undefined : Number(variant.split('-v')[1] ?? 1);
}
