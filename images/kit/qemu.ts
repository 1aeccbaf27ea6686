import type { SourceAttributes } from '../packer-ts-helpers/src';
import { variable } from '../packer-ts-helpers/src';
import { type ImageVariant, architectureOf } from '../../constructs/contract/image';
import { levelOf } from './variants';

/** What a build with QEMU is told when it runs: `-var` for each. The defaults are where `watari image build` puts them. */
export const qemuVariables = {
  baseDisk: variable('base_disk', {
    type: 'string',
    default: 'base.qcow2',
    description: 'Plain Debian as a bootable disk',
  }),
  privateKey: variable('private_key_file', {
    type: 'string',
    default: 'seed/key',
    description: 'Key whose public half is in seed/user-data; made for one build',
  }),
  outputDirectory: variable('output_directory', { type: 'string', default: 'output' }),
  accelerator: variable('accelerator', {
    type: 'string',
    default: 'tcg',
    description: 'kvm where /dev/kvm is there, else tcg',
  }),
  cpuModel: variable('cpu_model', { type: 'string', default: 'max' }),
};

/** The account that Packer logs in with; it is made by the seed and gone before the image is kept. */
export const buildAccount = 'packer';
/** Where the disk is found afterwards, in the output directory; a second one holds the archive of a `tgz`. */
export const diskName = 'disk';
/** Room for a compressed file system of any Linux image, in MiB. */
const archiveDiskMiB = 4096;

/**
 * The machine on which QEMU builds: the seed comes on a CD, which the machine type `pc` shows on IDE, because Debian's cloud
 * kernel knows no AHCI. Nothing that is written has to outlive a crash of the host: the cache is `unsafe`.
 */
export function qemuSource(variant: ImageVariant): SourceAttributes['qemu'] {
  const arm = architectureOf(variant) === 'arm64';
  return {
    iso_url: qemuVariables.baseDisk,
    iso_checksum: 'none',
    disk_image: true,
    skip_resize_disk: true,
    disk_additional_size: [`${archiveDiskMiB}M`],
    disk_compression: false,
    skip_compaction: true,
    format: 'qcow2',
    disk_interface: 'virtio',
    disk_cache: 'unsafe',
    disk_discard: 'unmap',
    disk_detect_zeroes: 'unmap',
    accelerator: qemuVariables.accelerator,
    qemu_binary: arm ? 'qemu-system-aarch64' : 'qemu-system-x86_64',
    machine_type: arm ? 'virt' : 'pc',
    cpus: 2,
    memory: 2048,
    net_device: 'virtio-net',
    headless: true,
    cd_files: ['seed/user-data', 'seed/meta-data'],
    cd_label: 'cidata',
    output_directory: qemuVariables.outputDirectory,
    vm_name: diskName,
    boot_wait: '1s',
    ssh_username: buildAccount,
    ssh_private_key_file: qemuVariables.privateKey,
    // Under emulation a first boot takes up to a minute; ten are for a busy machine.
    ssh_timeout: '10m',
    // The last script has the machine power itself off: by then there is no account left that could.
    shutdown_command: 'true',
    shutdown_timeout: '5m',
    qemuargs: qemuArguments(variant),
  };
}

/** Images of level 4 need AVX-512, which QEMU does not emulate: they are built all the same, and not served from. */
function qemuArguments(variant: ImageVariant): (readonly (string | typeof qemuVariables.cpuModel)[])[] {
  const firmware = levelOf(variant) === undefined ? [['-bios', '/usr/share/qemu-efi-aarch64/QEMU_EFI.fd']] : [];
  return [
    ['-cpu', qemuVariables.cpuModel],
    ['-display', 'none'],
    ['-serial', 'file:console.log'],
    ['-device', 'virtio-rng-pci'],
    ...firmware,
  ];
}
