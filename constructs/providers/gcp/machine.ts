import type { ComputeInstanceConfig } from '@cdktf/provider-google/lib/compute-instance';
import { type ImageReference, architectureOf } from '../../contract/image';
import type { MachineSize } from '../../contract/machines';
import { ProblemsError } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { machineType } from './machine-types';

/** What instances and instance templates say alike. */
export interface GuestSpec {
  readonly role: string;
  readonly size: MachineSize;
}

/**
 * The smallest type of the site for a machine.
 * @throws ProblemsError when there is none
 */
export function typeFor(site: Site, path: string, guest: GuestSpec): string {
  const type = machineType(site, guest.size, guest.role);
  if (type) return type.name;
  throw new ProblemsError([
    {
      path,
      message: 'No machine type of Google Cloud gives this size',
      value: guest.size,
      fix: `Ask for less, or name a type in sites.${site.id}.settings.machineTypes.${guest.role}.`,
    },
  ]);
}

/** Log-in by OS Login alone; cloud-init takes its data from `user-data`. */
export function metadataOf(userData: string): Record<string, string> {
  return {
    'user-data': userData,
    'enable-oslogin': 'TRUE',
    'block-project-ssh-keys': 'TRUE',
    'serial-port-enable': 'FALSE',
  };
}

/** Maintenance moves a machine instead of stopping it. */
export const scheduling = {
  automaticRestart: true,
  onHostMaintenance: 'MIGRATE',
  preemptible: false,
  provisioningModel: 'STANDARD',
} satisfies ComputeInstanceConfig['scheduling'];

/** Measured boot everywhere; Arm types do not verify the loader. */
export function shieldedFor({ variant }: ImageReference) {
  return {
    enableSecureBoot: architectureOf(variant) === 'amd64',
    enableVtpm: true,
    enableIntegrityMonitoring: true,
  } satisfies ComputeInstanceConfig['shieldedInstanceConfig'];
}

export const scopes = ['https://www.googleapis.com/auth/cloud-platform'];
