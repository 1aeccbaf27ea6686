import type { Construct } from 'constructs';
import { DataCloudstackTemplate } from '../../../.gen/providers/cloudstack/data-cloudstack-template';
import type { ImageMember } from '../../contract/adapter';
import { type ImageReference, imageName } from '../../contract/image';
import type { Site } from '../../contract/site';
import bases from './data/image-bases.json';
import { packerSource } from './packer-source';
import { providerOf } from './provider';
import { settingsOf } from './settings';

export const image: ImageMember = {
  bases,
  buildsPer: 'site',
  name: (_site, reference) => imageName(reference),
  packerSource,
  lookUp,
};

/**
 * UUID of the template that a machine boots, looked up once for all machines of a fleet by its display text: a
 * template's own name has room for 32 characters only (apache/cloudstack#6766). Where it is absent the provider fails the plan in words that cannot be
 * changed; so the id of the look-up says what to run.
 */
export function templateId(scope: Construct, site: Site, reference: ImageReference): string {
  const known = scope.node.tryFindChild(lookUpId(site, reference));
  const found = known instanceof DataCloudstackTemplate ? known : lookUp(scope, site, reference);
  return found.id;
}

/** `run-watari-image-build-edge--arch-amd64-v3--builder-cloudstack--idcf`: what stands before the site is the command. */
const lookUpId = (site: Site, { role, variant }: ImageReference): string =>
  `run-watari-image-build-${role}--arch-${variant}--builder-cloudstack--${site.id}`;

function lookUp(scope: Construct, site: Site, reference: ImageReference): DataCloudstackTemplate {
  return new DataCloudstackTemplate(scope, lookUpId(site, reference), {
    provider: providerOf(scope, site),
    templateFilter: 'selfexecutable',
    // An API may have several zones, and each its own template of the name.
    filter: [
      { name: 'displaytext', value: `^${imageName(reference)}$` },
      { name: 'zoneid', value: `^${settingsOf(site).zone.id}$` },
    ],
  });
}
