import type { ComputeInstanceConfig } from '@cdktf/provider-google/lib/compute-instance';
import type { ImageReference } from '../../contract/image';
import type { MachineSize } from '../../contract/machines';
import { ProblemsError } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { machineType } from './machine-types';
import { gcpSite } from './settings';

/** What instances and instance templates say alike. */
export interface GuestSpec {
  readonly role: string;
  readonly size: MachineSize;
  readonly image: ImageReference;
}

/**
 * The smallest type of the site for a machine; an Arm image needs a type that the settings name.
 * @throws ProblemsError when there is none
 */
export function typeFor(site: Site, path: string, guest: GuestSpec): string {
  const named = gcpSite(site).settings.machineTypes?.[guest.role];
  const isArm = guest.image.architecture === 'arm64';
  const type = isArm ? named : machineType(site, guest.size, guest.role);
  if (type !== undefined) return type;
  throw new ProblemsError([
    {
      path,
      message: isArm ? 'No Arm type is chosen by size' : 'No machine type of Google Cloud gives this size',
      value: guest.size,
      fix: `${isArm ? '' : 'Ask for less, or '}name a type in sites.${site.id}.settings.machineTypes.${guest.role}.`,
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
export function shieldedFor(architecture: ImageReference['architecture']) {
  return {
    enableSecureBoot: architecture === 'amd64',
    enableVtpm: true,
    enableIntegrityMonitoring: true,
  } satisfies ComputeInstanceConfig['shieldedInstanceConfig'];
}

export const scopes = ['https://www.googleapis.com/auth/cloud-platform'];
