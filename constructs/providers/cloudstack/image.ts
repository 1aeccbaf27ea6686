import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DataCloudstackTemplate } from '../../../.gen/providers/cloudstack/data-cloudstack-template';
import type { ImageMember } from '../../contract/adapter';
import { type ImageReference, imageName } from '../../contract/image';
import type { Site } from '../../contract/site';
import bases from './data/image-bases.json';
import { packerSource } from './packer-source';
import { providerOf } from './provider';

export const image: ImageMember = {
  bases,
  buildsPer: 'site',
  name: (_site, reference) => imageName(reference),
  packerSource,
};

/**
 * UUID of the template that a machine boots, looked up once in a stack by its display text: a template's own name has room
 * for 32 characters only (apache/cloudstack#6766). Where it is absent the provider fails the plan in words that cannot be
 * changed; so the id of the look-up says what to run.
 */
export function templateId(scope: Construct, site: Site, reference: ImageReference): string {
  const stack = TerraformStack.of(scope);
  const id = lookUpId(site, reference);
  const known = stack.node.tryFindChild(id);
  const found = known instanceof DataCloudstackTemplate ? known : lookUp(stack, id, site, reference);
  return found.id;
}

/** `run-watari-image-build-edge--builder-cloudstack--idcf-amd64-v3`: what stands before the site is the command. */
const lookUpId = (site: Site, { role, variant }: ImageReference): string =>
  `run-watari-image-build-${role}--builder-cloudstack--${site.id}-${variant}`;

function lookUp(stack: TerraformStack, id: string, site: Site, reference: ImageReference): DataCloudstackTemplate {
  return new DataCloudstackTemplate(stack, id, {
    provider: providerOf(stack, site),
    templateFilter: 'selfexecutable',
    filter: [{ name: 'displaytext', value: `^${imageName(reference)}$` }],
  });
}
