import { type SourceAttributes, text, variable } from '../packer-ts-helpers/src';
import type { OperatingSystem } from './description';
import { diskName, qemuVariables } from './qemu';

/** The account that Packer logs in with where no provider gives one. */
export const windowsBuildAccount = 'watari-build';

/** What installing Windows from its DVD needs beside what every build with QEMU does. */
export const windowsQemuVariables = {
  iso: variable('windows_iso', {
    type: 'string',
    default: 'windows.iso',
    description: "Microsoft's DVD of the release, licensed or for evaluation",
  }),
  isoChecksum: variable('windows_iso_checksum', {
    type: 'string',
    default: 'none',
    description: '`sha256:` and 64 digits, as Microsoft publishes them',
  }),
  drivers: variable('drivers_folder', {
    type: 'string',
    default: 'drivers',
    description: 'vioscsi, viostor, NetKVM and vioserial of the release, as virtio-win has them',
  }),
  firmware: variable('firmware', {
    type: 'string',
    default: '/usr/share/ovmf/OVMF.fd',
    description: "UEFI of the build machine; Debian's package ovmf has it",
  }),
  password: variable('build_password', {
    type: 'string',
    sensitive: true,
    default: '',
    description: 'Of the account that lives as long as the build; made for one build',
  }),
  smbios: variable('build_smbios', {
    type: 'string',
    default: 'seed/smbios',
    description: 'File that only the builder may read: `watari-build-password=` and the password',
  }),
};

/** `/IMAGE/NAME` in install.wim: without a desktop, which a licence server does not need. */
export const windowsEditions: Readonly<Partial<Record<OperatingSystem, string>>> = {
  'windows-server-2022': 'Windows Server 2022 SERVERSTANDARDCORE',
  'windows-server-2025': 'Windows Server 2025 SERVERSTANDARDCORE',
};

/**
 * The machine on which QEMU installs Windows. The password of the build account reaches it through its SMBIOS table, from a
 * file: neither an answer file nor a CD nor the list of processes shows it.
 */
export function windowsQemuSource(diskGiB: number): SourceAttributes['qemu'] {
  const { iso, isoChecksum, drivers, firmware, password, smbios } = windowsQemuVariables;
  return {
    iso_url: iso,
    iso_checksum: isoChecksum,
    disk_size: `${diskGiB}G`,
    format: 'qcow2',
    disk_interface: 'virtio-scsi',
    disk_cache: 'unsafe',
    disk_discard: 'unmap',
    disk_detect_zeroes: 'unmap',
    accelerator: qemuVariables.accelerator,
    qemu_binary: 'qemu-system-x86_64',
    machine_type: 'q35',
    cpus: 4,
    memory: 6144,
    net_device: 'virtio-net',
    headless: true,
    cd_files: [
      'windows/autounattend.xml',
      'windows/SetupComplete.cmd',
      'windows/qemu-account.ps1',
      'windows/listen.ps1',
      drivers,
    ],
    cd_label: 'WATARI',
    output_directory: qemuVariables.outputDirectory,
    vm_name: diskName,
    communicator: 'winrm',
    winrm_username: windowsBuildAccount,
    winrm_password: password,
    // The DVD asks for a key within five seconds of the firmware's start, which takes one to twenty.
    boot_wait: '1s',
    boot_command: Array.from({ length: 20 }, () => '<spacebar><wait1>'),
    // No `-device` here: it would take the place of the disk's controller (`applyUserOverrides` of the builder).
    qemuargs: [
      ['-bios', firmware],
      ['-cpu', qemuVariables.cpuModel],
      ['-smbios', text`type=11,path=${smbios}`],
      ['-display', 'none'],
      ['-serial', 'file:console.log'],
    ],
  };
}
