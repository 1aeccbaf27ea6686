import { createHash } from 'node:crypto';
import type { SimulatedResource, SimulatedValue } from '../../../contract/simulation';
import { templateReference } from './images';
import { apiError, deletionError, guestAddressTaken, wrapped } from './errors';

const uuid: SimulatedResource['id'] = (_self, context) => context.uuid();

/** The state keeps a hash of the user data (StateFunc in resource_cloudstack_instance.go). */
function sha1(value: SimulatedValue): SimulatedValue {
  return typeof value === 'string' ? createHash('sha1').update(value).digest('hex') : value;
}

/** Only an own cloud has affinity groups here, and only there do networks belong to the topology. */
const isOwnCloud = (affinityGroups: readonly SimulatedValue[]): boolean => affinityGroups.length > 0;

const instance: SimulatedResource = {
  id: uuid,
  machineAddresses: ['ip_address'],
  normalised: { user_data: sha1 },
  computed: {
    disk_offering: () => '',
    override_disk_offering: () => '',
    group: () => '',
    project: () => '',
  },
  references: {
    network_id: {
      to: 'cloudstack_network',
      value: (value, self) => (isOwnCloud(self.all('affinity_group_ids')) ? value : undefined),
      // Why is in the log of the management server only: NetworkOrchestrator.destroyNetwork, DeleteNetworkCmd.
      inUse: ({ self }) => deletionError(self, 'internal', 'Failed to delete network'),
    },
    affinity_group_ids: { to: 'cloudstack_affinity_group', holds: false },
    template: templateReference,
  },
  unique: [
    {
      attributes: ['name'],
      within: ['network_id'],
      taken: ({ self, value }) =>
        wrapped(
          self.type,
          value,
          apiError(
            'parameter',
            `The vm with hostName ${value} already exists in the network domain: cs2cloud.internal; network=${self.text('network_id')}`,
            'name',
          ),
        ),
    },
  ],
  addresses: [
    {
      attribute: 'ip_address',
      range: (block, _self, context) => {
        const space = String(block['network_id'] ?? '');
        const network = context.find('cloudstack_network', space);
        // The gateway comes first; of an adopted network only the id is known.
        return network
          ? { space, cidr: network.text('cidr'), first: 2 }
          : { space, cidr: '0.0.0.0/0', first: 0, last: 0 };
      },
      allocate: false,
      outside: ({ self, value, wanted }) =>
        wrapped(
          self.type,
          self.text('name'),
          apiError('parameter', `IP Address ${value} is not in the network's range ${wanted ?? ''}`, 'ip_address'),
        ),
      taken: ({ self }) => wrapped(self.type, self.text('name'), guestAddressTaken(self.text('network_id'))),
    },
  ],
  seconds: { create: 60, update: 45, delete: 20 },
};

const nic: SimulatedResource = {
  id: uuid,
  machineAddresses: ['ip_address'],
  computed: { mac_address: (_self, context) => macAddress(context.hex(8)) },
  references: { virtual_machine_id: { to: 'cloudstack_instance', holds: false } },
  addresses: [
    {
      attribute: 'ip_address',
      range: (block) => ({ space: String(block['network_id'] ?? ''), cidr: '0.0.0.0/0', first: 0, last: 0 }),
      taken: ({ self }) => wrapped(self.type, '', guestAddressTaken(self.text('network_id'))),
    },
  ],
  seconds: { create: 10, delete: 10 },
};

/** CloudStack's own prefix for guests. */
function macAddress(digits: string): string {
  return `02:00:${(digits.match(/../g) ?? []).join(':')}`;
}

const affinityGroup: SimulatedResource = {
  id: uuid,
  unique: [
    {
      attributes: ['name'],
      taken: ({ value }) =>
        apiError('parameter', `Unable to create affinity group, a group with name ${value} already exists.`, 'name'),
    },
  ],
};

const fixedOffering: SimulatedResource = {
  id: uuid,
  planned: {
    dynamic_scaling_enabled: () => false,
    is_volatile: () => false,
    limit_cpu_use: () => false,
    offer_ha: () => false,
  },
};

/** The provider's id is the setting's name alone; here clusters are told apart, since each has a value of its own. */
const configuration: SimulatedResource = {
  id: (self) => [self.text('name'), self.text('cluster_id')].filter(Boolean).join(' of '),
  computed: {
    category: () => 'Advanced',
    description: () =>
      'Used for CPU overprovisioning calculation; available CPU will be (actualCpuCapacity * cpu.overprovisioning.factor)',
    is_dynamic: () => true,
    scope: () => 'cluster',
  },
};

export const machineTypes: Readonly<Record<string, SimulatedResource>> = {
  cloudstack_affinity_group: affinityGroup,
  cloudstack_configuration: configuration,
  cloudstack_instance: instance,
  cloudstack_nic: nic,
  cloudstack_service_offering_fixed: fixedOffering,
};
