import type { Check } from '../../images/kit/checks';
import { buildAccount } from '../../images/kit/qemu';

/** What is true of a machine that boots an image for the first time, beside what the image promises itself. */
export function secondBootChecks(diskGiB: number): readonly Check[] {
  // Partition table, boot loaders and what a file system keeps for itself are less than a tenth.
  const leastMiB = Math.floor(diskGiB * 1024 * 0.9);
  return [
    { file: '/etc/ssh/ssh_host_ed25519_key', mode: '0600', owner: 'root:root' },
    {
      command:
        'test /etc/ssh/ssh_host_ed25519_key -nt /proc/1/cmdline || [ "$(stat -c %Y /etc/ssh/ssh_host_ed25519_key)" -ge "$(stat -c %Y /proc/1)" ]',
      what: 'host keys were made by this boot',
    },
    { command: "grep -qE '^[0-9a-f]{32}$' /etc/machine-id", what: 'the machine has an identity of its own' },
    { user: buildAccount, is: 'absent' },
    { absent: `/etc/sudoers.d/*${buildAccount}*` },
    {
      command: `[ "$(df --output=size -BM / | tail -n 1 | tr -dc 0-9)" -ge ${leastMiB} ]`,
      what: `the root file system has grown to its disk of ${diskGiB} GiB`,
    },
    { command: 'cloud-init status', what: 'cloud-init is through without errors', prints: 'status: done' },
    { command: 'systemctl --failed --no-legend --plain | { ! grep .; }', what: 'no service has failed' },
  ];
}
