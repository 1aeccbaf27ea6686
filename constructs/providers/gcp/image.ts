import type { ImageMember } from '../../contract/adapter';
import type { ImageReference, PackerSource } from '../../contract/image';
import type { Site } from '../../contract/site';
import { boundedName } from '../../util/names';
import { labelsOf, nameLength } from './names';
import { gcpSite } from './settings';

const ubuntuProject = 'ubuntu-os-cloud';

/** Ubuntu 24.04 LTS by exact name, from `gcloud compute images list --project ubuntu-os-cloud`; seen in use up to 2026-11-20. */
const stockImages = {
  amd64: 'ubuntu-2404-noble-amd64-v20260918',
  arm64: 'ubuntu-2404-noble-arm64-v20260807',
} as const;

/** Full names of the pinned images. */
export const stockImageNames: readonly string[] = Object.values(stockImages).map(
  (image) => `projects/${ubuntuProject}/global/images/${image}`,
);

function ownName(image: ImageReference): string {
  return boundedName(['watari', image.role, image.architecture, image.contentId ?? ''], {
    maxLength: nameLength,
  });
}

function stockName(site: Site, architecture: ImageReference['architecture']): string {
  const own = gcpSite(site).settings.images?.[architecture];
  return own ?? `projects/${ubuntuProject}/global/images/${stockImages[architecture]}`;
}

/** The full name of one image: `projects/P/global/images/NAME`. */
function name(site: Site, image: ImageReference): string {
  const { project, imageProject } = gcpSite(site).settings;
  if (image.contentId === undefined) return stockName(site, image.architecture);
  return `projects/${imageProject ?? project}/global/images/${ownName(image)}`;
}

function packerSource(site: Site, image: ImageReference): PackerSource {
  const { project, imageProject, zones } = gcpSite(site).settings;
  const [, sourceProject = ubuntuProject, , , source = ''] = stockName(site, image.architecture).split('/');
  return {
    type: 'googlecompute',
    plugin: { source: 'github.com/hashicorp/googlecompute', version: '1.2.7' },
    body: {
      project_id: imageProject ?? project,
      zone: zones[0],
      source_image: source,
      source_image_project_id: [sourceProject],
      image_name: ownName(image),
      image_family: boundedName(['watari', image.role, image.architecture], { maxLength: nameLength }),
      image_labels: labelsOf(site, { role: image.role }),
      machine_type: image.architecture === 'arm64' ? 'c4a-standard-2' : 'n2-standard-2',
      disk_size: 20,
      disk_type: image.architecture === 'arm64' ? 'hyperdisk-balanced' : 'pd-ssd',
      ssh_username: 'packer',
      use_iap: true,
      use_os_login: true,
      enable_secure_boot: image.architecture === 'amd64',
      omit_external_ip: true,
      use_internal_ip: true,
    },
  };
}

export const image: ImageMember = { name, packerSource };
