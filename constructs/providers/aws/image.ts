import { DataAwsAmiIds } from '@cdktf/provider-aws/lib/data-aws-ami-ids';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { ImageMember } from '../../contract/adapter';
import { type ImageReference, imageBuildCommand, imageName } from '../../contract/image';
import type { Site } from '../../contract/site';
import bases from './data/image-bases.json';
import { packerSource } from './packer-source';
import { providerOf } from './provider';

export const image: ImageMember = {
  bases,
  buildsPer: 'provider',
  name: (_site, reference) => imageName(reference),
  packerSource,
  lookUp,
};

/**
 * The id that a machine boots, looked up by its exact name among the account's own images, once for all machines of a
 * fleet. An image that is absent fails the plan, and not the machine half an hour later.
 */
export function imageId(scope: Construct, site: Site, reference: ImageReference): string {
  const known = scope.node.tryFindChild(idOf(site, reference));
  const found = known instanceof DataAwsAmiIds ? known : lookUp(scope, site, reference);
  return Fn.one(found.ids) as string;
}

const idOf = (site: Site, { role, variant }: ImageReference): string => `image-${site.id}-${role}-${variant}`;

function lookUp(scope: Construct, site: Site, reference: ImageReference): DataAwsAmiIds {
  const name = imageName(reference);
  const id = idOf(site, reference);
  return new DataAwsAmiIds(scope, id, {
    provider: providerOf(scope, site.id),
    owners: ['self'],
    filter: [{ name: 'name', values: [name] }],
    lifecycle: {
      postcondition: [
        {
          condition: '${length(self.ids) == 1}',
          errorMessage: `There is no image ${name} at site ${site.id}. Build it: ${imageBuildCommand(reference, { type: 'amazon-ebs' })}`,
        },
      ],
    },
  });
}
