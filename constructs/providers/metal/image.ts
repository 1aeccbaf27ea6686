import type { ImageMember } from '../../contract/adapter';
import type { ImageReference, PackerSource } from '../../contract/image';
import type { Site } from '../../contract/site';
import stock from './stock-image.json';

/** A custom image by its content id, else the pinned Ubuntu series that MAAS mirrors. */
export function imageName(image: ImageReference): string {
  return image.contentId === undefined ? stock.series : `custom/${image.role}-${image.contentId}`;
}

function packerSource(_site: Site, reference: ImageReference): PackerSource {
  const arm = reference.architecture === 'arm64';
  return {
    type: 'qemu',
    plugin: stock.packerPlugin,
    body: {
      iso_url: stock.cloudImages[reference.architecture].url,
      iso_checksum: stock.cloudImages[reference.architecture].checksum,
      disk_image: true,
      format: 'qcow2',
      disk_size: '8G',
      headless: true,
      ssh_username: 'ubuntu',
      qemu_binary: arm ? 'qemu-system-aarch64' : 'qemu-system-x86_64',
      machine_type: arm ? 'virt' : 'q35',
      vm_name: `${reference.role}-${reference.architecture}.qcow2`,
    },
  };
}

export const image: ImageMember = { name: (_site, reference) => imageName(reference), packerSource };
