import {
  type Architecture,
  type ImageBase,
  type ImageBuild,
  type PackerSource,
  architectureOf,
} from '../../contract/image';
import { refuse } from '../../contract/problem';
import type { Site } from '../../contract/site';
import bases from './data/image-bases.json';
import { type GcpSite, gcpSite, imageProjectOf } from './settings';

/** Machine and disk of a build: Arm machines take no persistent disks of the older kinds, Windows takes its time with two vCPUs. */
const builders: Readonly<Record<Architecture | 'windows', readonly [type: string, disk: string]>> = {
  amd64: ['n2-standard-2', 'pd-ssd'],
  arm64: ['c4a-standard-2', 'hyperdisk-balanced'],
  windows: ['n2-standard-4', 'pd-ssd'],
};

/**
 * A key in the machine's metadata, of which the guest agent makes a local account that sealing removes. Through OS Login the
 * build would be an account of a directory, which is not the machine's to remove: its home, groups and right to sudo would
 * stay. The machine says so itself, because a project may demand OS Login; and keys of the project would be more accounts.
 */
const linuxLogin = {
  ssh_username: 'packer',
  temporary_key_pair_type: 'ed25519',
  use_os_login: false,
  metadata: { 'enable-oslogin': 'FALSE', 'block-project-ssh-keys': 'TRUE' },
} as const;

/**
 * An image is global in its project: one build serves all sites that keep their images there.
 * @throws ProblemsError when the sites keep them in several projects
 */
export function packerSource(build: ImageBuild): PackerSource {
  const { name, operatingSystem, variant, diskGiB, labels, sites } = build;
  refuse(severalProjects(sites));
  const architecture = architectureOf(variant);
  const linux = operatingSystem === 'debian-12';
  const [machineType, diskType] = builders[linux ? architecture : 'windows'];
  const base = baseOf(build);
  const [first] = sites.map(gcpSite);
  return {
    type: 'googlecompute',
    plugin: { source: 'github.com/hashicorp/googlecompute', version: '1.2.7' },
    body: {
      project_id: first && imageProjectOf(first),
      zone: first?.settings.zones[0],
      source_image: base['name'],
      source_image_project_id: [base['project']],
      image_name: name,
      image_labels: { ...labels },
      machine_type: machineType,
      disk_size: diskGiB,
      disk_type: diskType,
      labels: { ...labels },
      ...(first && networkOf(first)),
      enable_secure_boot: architecture === 'amd64',
      enable_vtpm: true,
      enable_integrity_monitoring: true,
      ...(linux ? linuxLogin : {}),
    },
  };
}

/** The project's `default` network and a public address, which need nothing else to be there, unless the site says more. */
function networkOf({ settings: { imageBuild = {} } }: GcpSite) {
  const { network, subnetwork, project, iap = false } = imageBuild;
  return {
    ...(network ? { network } : {}),
    ...(subnetwork ? { subnetwork } : {}),
    ...(project ? { network_project_id: project } : {}),
    // Packer refuses a machine without a public address that it does not reach at the internal one.
    ...(iap ? { use_iap: true, omit_external_ip: true, use_internal_ip: true } : {}),
  };
}

function baseOf({ operatingSystem, variant }: ImageBuild): ImageBase {
  const pinned: Readonly<Partial<Record<Architecture, ImageBase>>> = bases.systems[operatingSystem];
  const base = pinned[architectureOf(variant)];
  if (!base) throw new Error(`no ${operatingSystem} is pinned for ${variant}`);
  return base;
}

function severalProjects(sites: readonly Site[]) {
  const projects = [...new Set(sites.map(imageProjectOf))].sort();
  if (projects.length < 2) return [];
  return [
    {
      path: `sites.${sites[0]?.id}.settings.imageProject`,
      message: 'the sites of one build keep their images in several projects',
      value: projects,
      bound: 'one project for images',
      fix: `Write imageProject: '${projects[0]}' in the settings of ${sites.map(({ id }) => id).join(', ')}.`,
    },
  ];
}
