import type { ImageMember } from '../../contract/adapter';
import { type ImageReference, imageName } from '../../contract/image';
import bases from './image-bases.json';

/** As MAAS names what people upload: `custom/` and the name that they gave it. */
export const bootResource = (image: ImageReference): string => `custom/${imageName(image)}`;

/** The neutral qemu source builds it; MAAS takes Linux as an archive of the root, Windows as a compressed disk. */
export const image: ImageMember = {
  bases,
  buildsPer: 'provider',
  name: (_site, reference) => bootResource(reference),
  packerSource: ({ operatingSystem }) => ({
    type: 'qemu',
    body: {},
    leaves: operatingSystem === 'debian-12' ? 'tgz' : 'ddgz',
  }),
};
