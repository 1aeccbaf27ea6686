import { type ImageVariant, imageVariants, architectureOf } from '../../constructs/contract/image';
import { type Problem, refuse } from '../../constructs/contract/problem';
import { type Descriptions, type ResolvedImage, resolveImage } from '../../images/kit/resolve';
import { mustBeImage } from './load';

export const builders = ['amazon-ebs', 'googlecompute', 'cloudstack', 'qemu'] as const;
export type Builder = (typeof builders)[number];

export interface SelectionOptions {
  /** By name. */
  readonly images: readonly string[];
  readonly all?: boolean;
  /** Variants, or `amd64` for every level of it. @default - all that each image has */
  readonly arch?: readonly string[];
}

/** One image for one kind of processor. */
export interface SelectedImage {
  readonly image: ResolvedImage;
  readonly variant: ImageVariant;
}

/** What a command is about, in the order of names. @throws ProblemsError for what does not exist, and where nothing is named */
export function selectImages(descriptions: Descriptions, options: SelectionOptions): SelectedImage[] {
  const names = options.all ? Object.keys(descriptions) : options.images;
  if (names.length === 0) refuse([nothingNamed(descriptions)]);
  for (const name of names) mustBeImage(descriptions, name);
  refuse(unknownArchitectures(options.arch ?? []));
  const images = [...new Set(names)].sort().map((name) => resolveImage(descriptions, name));
  const selected = images.flatMap((image) => {
    const variants = image.variants.filter((variant) => isWanted(variant, options.arch));
    return variants.map((variant) => ({ image, variant }));
  });
  if (selected.length === 0) refuse([nothingLeft(images, options.arch ?? [])]);
  return selected;
}

function isWanted(variant: ImageVariant, wanted: readonly string[] | undefined): boolean {
  if (wanted === undefined || wanted.length === 0) return true;
  return wanted.includes(variant) || (wanted.includes('amd64') && architectureOf(variant) === 'amd64');
}

/** @throws ProblemsError for a builder that does not exist */
export function selectBuilders(wanted: readonly string[] | undefined): readonly Builder[] {
  const unknown = (wanted ?? []).filter((name) => !(builders as readonly string[]).includes(name));
  refuse(
    unknown.map((value) => {
      const bound = builders.join(', ');
      return { path: '--builder', message: 'there is no such builder', value, bound, fix: 'Name one of them.' };
    }),
  );
  return wanted === undefined || wanted.length === 0 ? builders : builders.filter((name) => wanted.includes(name));
}

function nothingNamed(descriptions: Descriptions): Problem {
  const bound = Object.keys(descriptions).join(', ');
  return { path: 'image', message: 'no image is named', bound, fix: 'Name images, or say --all.' };
}

function unknownArchitectures(wanted: readonly string[]): Problem[] {
  const unknown = wanted.filter((name) => !(imageVariants as readonly string[]).includes(name));
  return unknown.map((value) => {
    const bound = imageVariants.join(', ');
    return { path: '--arch', message: 'there is no such architecture', value, bound, fix: 'Name one of them.' };
  });
}

function nothingLeft(images: readonly ResolvedImage[], wanted: readonly string[]): Problem {
  return {
    path: '--arch',
    message: `${images.map(({ name }) => name).join(', ')} has no such variant`,
    value: wanted.join(', '),
    bound: [...new Set(images.flatMap(({ variants }) => variants))].join(', '),
    fix: 'Name one of them, or leave --arch out.',
  };
}
