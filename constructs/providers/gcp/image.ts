import { DataGoogleComputeImages } from '@cdktf/provider-google/lib/data-google-compute-images';
import type { Construct } from 'constructs';
import type { ImageMember } from '../../contract/adapter';
import { type ImageReference, imageBuildCommand, imageName } from '../../contract/image';
import type { Site } from '../../contract/site';
import bases from './data/image-bases.json';
import { packerSource } from './packer-source';
import { providerOf } from './provider';
import { imageProjectOf } from './settings';

export const image: ImageMember = {
  bases,
  buildsPer: 'provider',
  name: (site, reference) => `projects/${imageProjectOf(site)}/global/images/${imageName(reference)}`,
  packerSource,
  lookUp,
};

/**
 * The full name of the image that a machine boots. A look-up beside it, once for all machines of a fleet, fails the plan
 * where the image is absent: `data.google_compute_image` would too, in words that say nothing of how to build it.
 */
export function bootImage(scope: Construct, site: Site, reference: ImageReference): string {
  if (!scope.node.tryFindChild(idOf(site, reference))) lookUp(scope, site, reference);
  return image.name(site, reference);
}

const idOf = (site: Site, { role, variant }: ImageReference): string => `image-${site.id}-${role}-${variant}`;

function lookUp(scope: Construct, site: Site, reference: ImageReference): DataGoogleComputeImages {
  const name = imageName(reference);
  const id = idOf(site, reference);
  return new DataGoogleComputeImages(scope, id, {
    provider: providerOf(scope, site),
    project: imageProjectOf(site),
    filter: `name = ${name}`,
    lifecycle: {
      postcondition: [
        {
          condition: '${length(self.images) == 1}',
          errorMessage: `There is no image ${name} at site ${site.id}. Build it: ${imageBuildCommand(reference, { type: 'googlecompute' })}`,
        },
      ],
    },
  });
}
