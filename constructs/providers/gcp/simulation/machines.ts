import type {
  SimulatedError,
  SimulatedObject,
  SimulatedReference,
  SimulatedResource,
} from '../../../contract/simulation';
import { numericText } from './common';
import { addressInUse, invalidField } from './errors';
import { imageReference } from './images';
import { subnetReference } from './network';
import { computeBase, idBy, idIn, lastPart, linkTo, projectOf, zoneOf } from './place';

export const accountReference: SimulatedReference = { to: 'google_service_account', by: 'email', holds: false };

const machineTypePattern = /^[a-z][a-z0-9]*-[a-z0-9]+(-[0-9]+)?(-lssd|-metal)?$/;

export function machineTypeErrors(self: SimulatedObject): readonly SimulatedError[] {
  const type = lastPart(self.text('machine_type'));
  if (type === '' || machineTypePattern.test(type)) return [];
  return [invalidField(self, 'machine_type', type, 'The referenced resource does not exist')];
}

/** Metadata, 256 KiB a value: https://cloud.google.com/compute/docs/metadata/setting-custom-metadata */
const maximumMetadataBytes = 256 * 1024;

export function metadataErrors(self: SimulatedObject): readonly SimulatedError[] {
  const metadata = (self.value('metadata') ?? {}) as Record<string, unknown>;
  const long = Object.entries(metadata).find(([, value]) => Buffer.byteLength(String(value)) > maximumMetadataBytes);
  if (long === undefined) return [];
  const why = `Value is too large: maximum size ${maximumMetadataBytes} character(s); actual size ${Buffer.byteLength(String(long[1]))}.`;
  return [invalidField(self, `metadata.items[${long[0]}].value`, '', why)];
}

function zoneErrors(self: SimulatedObject): readonly SimulatedError[] {
  const region = /\/regions\/([^/]+)\//.exec(self.text('network_interface.subnetwork'))?.[1];
  if (region === undefined || zoneOf(self).startsWith(`${region}-`)) return [];
  const why = `The referenced subnetwork resource is not in the region of the zone ${zoneOf(self)}.`;
  return [invalidField(self, 'network_interface.subnetwork', self.text('network_interface.subnetwork'), why)];
}

const instance: SimulatedResource = {
  id: idBy('zones', 'instances'),
  machineAddresses: ['network_interface.network_ip'],
  filledBlocks: ['confidential_instance_config', 'guest_accelerator', 'reservation_affinity'],
  planned: { region: () => undefined },
  computed: {
    instance_id: numericText,
    cpu_platform: () => 'Intel Cascade Lake',
    current_status: () => 'RUNNING',
    min_cpu_platform: () => '',
    zone: (self) => self.text('zone'),
    'boot_disk.device_name': () => 'persistent-disk-0',
    'boot_disk.source': (self) =>
      `${computeBase}projects/${projectOf(self)}/zones/${zoneOf(self)}/disks/${self.text('name')}`,
    'boot_disk.guest_os_features': () => ['VIRTIO_SCSI_MULTIQUEUE', 'SEV_CAPABLE', 'UEFI_COMPATIBLE', 'GVNIC'],
    'boot_disk.initialize_params.architecture': () => 'X86_64',
    'network_interface.name': (_self, _context, { index }) => `nic${index}`,
    'network_interface.network': (_self, context, { attributes }) =>
      context.find('google_compute_subnetwork', idIn(String(attributes['subnetwork'])))?.text('network') ?? '',
    'network_interface.stack_type': () => 'IPV4_ONLY',
    'network_interface.subnetwork_project': (self) => projectOf(self),
  },
  replacedUnless: {
    // the provider looks at addresses only where the interfaces are as many as before
    'network_interface.network_ip': (before, after) =>
      before.blocks('network_interface').length !== after.blocks('network_interface').length,
  },
  references: {
    'network_interface.subnetwork': subnetReference,
    'network_interface.network_ip': { to: 'google_compute_address', by: 'address' },
    'network_interface.access_config.nat_ip': { to: 'google_compute_address', by: 'address' },
    'boot_disk.initialize_params.image': imageReference,
    'service_account.email': accountReference,
    resource_policies: { to: 'google_compute_resource_policy', value: linkTo('regions', 'resourcePolicies') },
  },
  unique: [
    {
      attributes: ['network_interface.network_ip', 'network_interface.subnetwork'],
      namespace: 'google instance address',
      taken: addressInUse,
    },
  ],
  check: (self) => [...machineTypeErrors(self), ...metadataErrors(self), ...zoneErrors(self)],
  checkDelete: (self) => (self.flag('deletion_protection') ? [isProtected(self)] : []),
  seconds: { create: 20, update: 60, delete: 40 },
};

function isProtected(self: SimulatedObject): SimulatedError {
  return {
    summary: `Cannot delete instance ${self.text('name')}: instance Deletion Protection is enabled. Set deletion_protection to false for this resource and run "terraform apply" before attempting to delete it.`,
  };
}

const group: SimulatedResource = {
  id: idBy('zones', 'instanceGroups'),
  planned: { region: () => undefined },
  computed: { instances: () => [], size: () => 0 },
  observed: {
    instances: (self, context) => membersOf(self, context.list('google_compute_instance_group_membership')),
    size: (self, context) => membersOf(self, context.list('google_compute_instance_group_membership')).length,
  },
  references: { network: { to: 'google_compute_network', value: linkTo('global', 'networks') } },
  seconds: { create: 8, delete: 8 },
};

function membersOf(self: SimulatedObject, memberships: readonly SimulatedObject[]): string[] {
  const own = memberships.filter(
    (one) => lastPart(one.text('instance_group')) === self.text('name') && zoneOf(one) === zoneOf(self),
  );
  return own.map((one) => one.text('instance'));
}

const membership: SimulatedResource = {
  id: (self) => `${projectOf(self)}/${zoneOf(self)}/${self.text('instance_group')}/${self.text('instance')}`,
  planned: { region: () => undefined },
  references: {
    instance_group: { to: 'google_compute_instance_group', value: linkTo('zones', 'instanceGroups') },
    // The cloud takes a deleted machine out of its groups by itself.
    instance: { to: 'google_compute_instance', value: linkTo('zones', 'instances'), holds: false },
  },
  unique: [{ attributes: ['instance', 'instance_group'] }],
  seconds: { create: 5, delete: 5 },
};

const policy: SimulatedResource = {
  id: idBy('regions', 'resourcePolicies'),
  seconds: { create: 5, delete: 5 },
};

export const machineTypesOfCloud: Readonly<Record<string, SimulatedResource>> = {
  google_compute_instance: instance,
  google_compute_instance_group: group,
  google_compute_instance_group_membership: membership,
  google_compute_resource_policy: policy,
};
