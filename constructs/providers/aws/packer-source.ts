import type { Architecture, ImageBuild, OperatingSystem, PackerSource } from '../../contract/image';
import { architectureOf } from '../../contract/image';
import type { Site } from '../../contract/site';
import bases from './data/image-bases.json';
import { settingsOf } from './settings';

/** Build machines: two vCPUs are enough to install packages; Windows takes its time with less than four. */
const builders: Readonly<Record<Architecture | 'windows', string>> = {
  amd64: 'c7i.large',
  arm64: 'c7g.large',
  windows: 'm7i.xlarge',
};

/** Root devices of Debian's images, and of those made of them: https://wiki.debian.org/Cloud/AmazonEC2Image */
export const linuxRootDevice = '/dev/xvda';
const windowsRootDevice = '/dev/sda1';

const isLinux = (system: OperatingSystem): boolean => system === 'debian-12';

/** Built in the region of the first site, encrypted, and copied to those of the others. */
export function packerSource(build: ImageBuild): PackerSource {
  const { name, operatingSystem, variant, labels, sites } = build;
  const [region = '', ...others] = [...new Set(sites.map((site) => settingsOf(site).region))];
  const linux = isLinux(operatingSystem);
  return {
    type: 'amazon-ebs',
    plugin: { source: 'github.com/hashicorp/amazon', version: '1.8.2' },
    body: {
      region,
      ...(others.length > 0 ? { ami_regions: others.sort() } : {}),
      source_ami_filter: baseFilter(build),
      ...networkOf(sites[0]),
      instance_type: builders[linux ? architectureOf(variant) : 'windows'],
      ami_name: name,
      encrypt_boot: true,
      ena_support: true,
      // Session tokens only, on the build machine and on whatever boots the image; current Packer knows both.
      imds_support: 'v2.0',
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
      launch_block_device_mappings: [rootVolume(build)],
      // Debian 12 takes no signature with SHA-1, which older Packers make with RSA keys.
      ...(linux ? { ssh_username: 'admin', temporary_key_pair_type: 'ed25519' } : {}),
      tags: { ...labels, Name: name },
      snapshot_tags: { ...labels, Name: name },
      run_tags: { ...labels, Name: `build of ${name}` },
      run_volume_tags: { ...labels, Name: `build of ${name}` },
    },
  };
}

/** Where the first site says; else nothing, by which Packer takes a subnet of the default VPC, with a public address. */
function networkOf(site: Site | undefined) {
  const { imageBuild } = site ? settingsOf(site) : {};
  if (!imageBuild) return {};
  const { vpc, subnet, privateAddress = false } = imageBuild;
  return {
    vpc_id: vpc,
    subnet_id: subnet,
    associate_public_ip_address: !privateAddress,
    ssh_interface: privateAddress ? 'private_ip' : 'public_ip',
  };
}

/** An exact name of one owner: no "most recent", and a second image of the name is an error of Packer's. */
function baseFilter({ operatingSystem, variant }: ImageBuild) {
  const pinned: Readonly<Partial<Record<Architecture, { name: string; owner: string }>>> =
    bases.systems[operatingSystem];
  const base = pinned[architectureOf(variant)];
  if (!base) throw new Error(`no ${operatingSystem} is pinned for ${variant}`);
  return {
    filters: { name: base.name, 'root-device-type': 'ebs', 'virtualization-type': 'hvm' },
    owners: [base.owner],
  };
}

const rootVolume = ({ operatingSystem, diskGiB }: ImageBuild) => ({
  device_name: isLinux(operatingSystem) ? linuxRootDevice : windowsRootDevice,
  volume_size: diskGiB,
  volume_type: 'gp3',
  // What gp3 has anyway, in operations and MiB a second; Packer 1.6.6 wants to be told.
  iops: 3000,
  throughput: 125,
  delete_on_termination: true,
});
