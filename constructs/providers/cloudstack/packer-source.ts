import { type ImageBuild, type OperatingSystem, type PackerSource, architectureOf } from '../../contract/image';
import { ProblemsError } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { boundedName } from '../../util/names';
import { nameOf } from './names';
import { isPrivate, settingsOf } from './settings';

/**
 * Characters of a template's name when it is made from a volume: apache/cloudstack#6766, 32 before 4.18. The whole name
 * is its display text, by which machines find it.
 */
export const templateNameLength = 32;

/** Guest types as `cmk list ostypes` calls them. */
const guestTypes: Readonly<Record<OperatingSystem, string>> = {
  'debian-12': 'Debian GNU/Linux 12 (64-bit)',
  'windows-server-2022': 'Windows Server 2022 (64-bit)',
  'windows-server-2025': 'Windows Server 2025 (64-bit)',
};

/**
 * A template of one zone: `sites` holds one site. IDCF's hypervisor is VMware (its registerTemplate calls say so); an own
 * cloud is taken to run KVM.
 * @throws ProblemsError when the settings name no plain template, or no network to build in
 */
export function packerSource(build: ImageBuild): PackerSource {
  const { name, operatingSystem, variant, diskGiB, labels } = build;
  const site = siteOf(build);
  const { apiUrl, zone, templates = {}, ...settings } = settingsOf(site);
  const network = settings.network ?? settings.privateCloud?.buildNetwork;
  const plain = architectureOf(variant) === 'arm64' ? (`${operatingSystem}-arm64` as const) : operatingSystem;
  const template = templates[plain as keyof typeof templates];
  if (!template) throw noTemplate(site.id, plain, variant);
  if (!network) throw noNetwork(site.id);
  return {
    type: 'cloudstack',
    plugin: { source: 'github.com/hashicorp/cloudstack', version: '1.0.2' },
    body: {
      api_url: apiUrl,
      http_get_only: false,
      async_timeout: '60m',
      zone: zone.id,
      hypervisor: isPrivate(site) ? 'KVM' : 'VMware',
      service_offering: buildOffering(site),
      disk_size: diskGiB,
      source_template: template.id,
      network: network.id,
      use_local_ip_address: true,
      expunge: true,
      template_os: guestTypes[operatingSystem],
      template_name: boundedName([name.replace(/^watari-/, '')], { maxLength: templateNameLength }),
      template_display_text: name,
      tags: { ...labels },
      // The user of Debian's cloud images. Windows is reached with the password that the zone sets where its plain template
      // has them; whether the new template has them is for whoever seals it.
      ...(operatingSystem === 'debian-12' ? { ssh_username: 'debian' } : {}),
    },
  };
}

/**
 * Offering of the site's first machine type: the adopted one by its UUID, or by its name the one that the network's stack
 * makes, which therefore comes before the first build. Packer looks names up.
 */
function buildOffering(site: Site): string | undefined {
  const [type] = settingsOf(site).machineTypes;
  if (!type || !isPrivate(site)) return type?.offering;
  return type.offerings?.a ?? nameOf(site, type.name, 'a');
}

function siteOf({ sites, name }: ImageBuild) {
  const [site] = sites;
  if (site && sites.length === 1) return site;
  throw new Error(`a template is built at one site, and ${name} was asked for ${sites.length}`);
}

function noNetwork(site: string): ProblemsError {
  return new ProblemsError([
    {
      path: `sites.${site}.settings.privateCloud.buildNetwork`,
      message: 'names no network to build images in',
      fix: 'Write { id, name } of a network that leads to the Debian archive.',
    },
  ]);
}

function noTemplate(site: string, plain: string, variant: string): ProblemsError {
  return new ProblemsError([
    {
      path: `sites.${site}.settings.templates`,
      message: `names no plain template to build images of ${variant} from`,
      bound: `templates['${plain}']`,
      fix: `Register the plain system in the zone (constructs/providers/cloudstack/data/image-bases.json says which), and write { id, name } of it as '${plain}'.`,
    },
  ]);
}
