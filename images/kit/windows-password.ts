import { randomBytes } from 'node:crypto';

/** A password for one build with QEMU, and how the two sides of it are told. */
export interface BuildPassword {
  /** Packer's variables, for its environment (`PKR_VAR_`): arguments are shown by the list of processes. */
  readonly environment: Readonly<Record<string, string>>;
  /** The file that the variable `build_smbios` names, readable by the builder alone (0600), removed after the build. */
  readonly smbios: string;
}

/** 32 random bytes, with one letter of each class that Windows asks for; no two builds have the same. */
export function createBuildPassword(random: (bytes: number) => Buffer = randomBytes): BuildPassword {
  const password = `Aa0-${random(32).toString('base64url')}`;
  return {
    environment: { PKR_VAR_build_password: password },
    smbios: `watari-build-password=${password}`,
  };
}
