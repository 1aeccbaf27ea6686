import { DataAwsAmiIds } from '@cdktf/provider-aws/lib/data-aws-ami-ids';
import { Fn, TerraformStack } from 'cdktf';
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
};

/**
 * The id that a machine boots, looked up by its exact name among the account's own images, once in a stack. An image that
 * is absent fails the plan, and not the machine half an hour later.
 */
export function imageId(scope: Construct, site: Site, reference: ImageReference): string {
  const stack = TerraformStack.of(scope);
  const id = `image-${site.id}-${reference.role}-${reference.variant}`;
  const known = stack.node.tryFindChild(id);
  const found = known instanceof DataAwsAmiIds ? known : lookUp(stack, id, site, reference);
  return Fn.one(found.ids) as string;
}

function lookUp(stack: TerraformStack, id: string, site: Site, reference: ImageReference): DataAwsAmiIds {
  const name = imageName(reference);
  return new DataAwsAmiIds(stack, id, {
    provider: providerOf(stack, site.id),
    owners: ['self'],
    filter: [{ name: 'name', values: [name] }],
    lifecycle: {
      postcondition: [
        {
          condition: '${length(self.ids) == 1}',
          errorMessage: `There is no image ${name} at site ${site.id}. Build it: ${imageBuildCommand(reference.role, 'amazon-ebs')}`,
        },
      ],
    },
  });
}
