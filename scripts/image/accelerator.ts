import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import type { Architecture } from '../../images/kit/description';
import { type ImageVariant, architectureOf } from '../../constructs/contract/image';

export type Accelerator = 'kvm' | 'tcg';

/** The architecture of this machine, as Debian calls it; undefined for one that no image is made for. */
export function hostArchitecture(): Architecture | undefined {
  if (process.arch === 'x64') return 'amd64';
  return process.arch === 'arm64' ? 'arm64' : undefined;
}

/**
 * What runs the machine of a build or a check: the processor's own virtualisation where this machine has it for the
 * architecture and the user may use it, else QEMU's emulation, which is some ten times slower.
 */
export function acceleratorFor(variant: ImageVariant): Accelerator {
  return architectureOf(variant) === hostArchitecture() && mayUseKvm() ? 'kvm' : 'tcg';
}

/** A device file may be there on a machine whose processor offers nothing behind it: guests then hang at their start. */
function mayUseKvm(): boolean {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch {
    return false;
  }
  return process.arch !== 'x64' || /^flags\s*:.*\b(vmx|svm)\b/m.test(readProcessor());
}

function readProcessor(): string {
  return existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
}
