import type { ImageMember } from '../../contract/adapter';
import type { ImageReference, PackerSource } from '../../contract/image';
import { ProblemsError } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { boundedName } from '../../util/names';
import { isPrivate, settingsOf } from './settings';

/** The template name is what the console lists; longer ones are cut there. */
const templateNameLength = 80;

export const image: ImageMember = { name: templateOf, packerSource };

/**
 * UUID of the template: that of the role's own image, else the site's stock image.
 * @throws ProblemsError when the settings name none
 */
function templateOf(site: Site, reference: ImageReference): string {
  const { templates, images } = settingsOf(site);
  if (reference.contentId === undefined) {
    return templates[reference.architecture]?.id ?? missing(site, 'templates', reference.architecture);
  }
  const key = `${reference.role}-${reference.contentId}`;
  return images?.[key] ?? missing(site, 'images', key);
}

function missing(site: Site, list: string, key: string): never {
  throw new ProblemsError([
    {
      path: `sites.${site.id}.settings.${list}`,
      message: `names no template for ${key}`,
      fix: `Register the template in the zone and write its UUID under "${key}".`,
    },
  ]);
}

/** IDCF's hypervisor is VMware (its registerTemplate calls say so); an own cloud is taken to run KVM. */
function packerSource(site: Site, reference: ImageReference): PackerSource {
  const { apiUrl, zone, templates, machineTypes, network } = settingsOf(site);
  const type = machineTypes[0];
  return {
    type: 'cloudstack',
    plugin: { source: 'github.com/hashicorp/cloudstack', version: '1.0.2' },
    body: {
      api_url: apiUrl,
      http_get_only: false,
      async_timeout: '30m',
      zone: zone.id,
      hypervisor: isPrivate(site) ? 'KVM' : 'VMware',
      service_offering: type?.offering ?? type?.offerings?.a ?? type?.name,
      source_template: templates[reference.architecture]?.id,
      ...(network ? { network: network.id } : {}),
      use_local_ip_address: true,
      ssh_username: 'ubuntu',
      expunge: true,
      template_os: 'Ubuntu 24.04 LTS',
      template_name: boundedName([site.platform, reference.role, reference.contentId ?? 'stock'], {
        maxLength: templateNameLength,
      }),
    },
  };
}
