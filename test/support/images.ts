import { type ImageBuild, type ImageReference, type ImageVariant, imageName } from '../../constructs/contract/image';
import type { Site } from '../../constructs/contract/site';

/** The image of a role, as a lock pins it. */
export const imageOf = (role: string, variant: ImageVariant = 'amd64'): ImageReference => ({
  role,
  variant,
  contentId: '0123456789ab',
});

/** A build as `watari image` asks an adapter for it. */
export const imageBuild = (sites: readonly Site[], changes: Partial<ImageBuild> = {}): ImageBuild => ({
  name: imageName(imageOf('edge')),
  operatingSystem: 'debian-12',
  variant: 'amd64',
  diskGiB: 8,
  labels: { role: 'edge' },
  sites,
  ...changes,
});
