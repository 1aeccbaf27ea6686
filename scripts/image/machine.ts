import { type ImageVariant, architectureOf } from '../../constructs/contract/image';
import { type Accelerator } from './accelerator';
import { armFirmware } from './build/programs';

export interface MachineOptions {
  readonly variant: ImageVariant;
  readonly accelerator: Accelerator;
  readonly disk: string;
  readonly format: 'qcow2' | 'raw';
  /** A CD with user data and meta data. */
  readonly seed: string;
  /** Ports of this machine, by the port of the guest that they lead to. */
  readonly ports: Readonly<Record<number, number>>;
  /** Programs that answer connections of the guest, by address and port of its network. */
  readonly services?: Readonly<Record<string, string>>;
  /** MiB. @default 2048 */
  readonly memory?: number;
}

/** A machine that boots an image: what it writes is forgotten when it stops, and it is reached from this machine alone. */
export function qemuCommand(options: MachineOptions): readonly [string, readonly string[]] {
  const { variant, accelerator, disk, format, seed, ports, services = {} } = options;
  const arm = architectureOf(variant) === 'arm64';
  const forwards = Object.entries(ports).map(([guest, host]) => `,hostfwd=tcp:127.0.0.1:${host}-:${guest}`);
  const answered = Object.entries(services).map(([at, program]) => `,guestfwd=tcp:${at}-cmd:${program}`);
  return [
    arm ? 'qemu-system-aarch64' : 'qemu-system-x86_64',
    [
      ...['-machine', `${arm ? 'virt' : 'pc'},accel=${accelerator}`, '-cpu', 'max', '-smp', '2'],
      ...['-m', String(options.memory ?? 2048), '-display', 'none'],
      ...(arm ? ['-bios', armFirmware()] : []),
      ...['-drive', `file=${disk},format=${format},if=virtio,snapshot=on`],
      ...['-drive', `file=${seed},format=raw,media=cdrom,readonly=on`],
      ...['-netdev', `user,id=net0${[...forwards, ...answered].join('')}`, '-device', 'virtio-net-pci,netdev=net0'],
      ...['-device', 'virtio-rng-pci'],
    ],
  ];
}

/** What an interrupt does to a machine that runs here. */
export const takenDown = 'the machine is being taken down, and what is half-made removed';
