import type {
  SimulatedError,
  SimulatedFunction,
  SimulatedObject,
  SimulatedResource,
} from '../../../contract/simulation';
import { instanceTypes } from '../machine-type';
import { linuxRootDevice } from '../packer-source';
import { apiError, deleteError } from './errors';
import {
  arn,
  attribute,
  ec2Arn,
  ec2Id,
  fixed,
  hostName,
  made,
  publicAddress,
  regionOf,
  subnetRange,
  tagsAll,
} from './identifiers';
import { imageErrors } from './images';
import { addressInUse, addressTaken } from './network';

const rootKey = (context: Parameters<typeof arn>[0]): string => arn(context, 'kms', `key/${context.uuid('key')}`);

const instance: SimulatedResource = {
  id: ec2Id('i'),
  machineAddresses: ['private_ip'],
  filledBlocks: [
    'capacity_reservation_specification',
    'cpu_options',
    'ebs_block_device',
    'enclave_options',
    'ephemeral_block_device',
    'instance_market_options',
    'maintenance_options',
    'network_interface',
    'private_dns_name_options',
  ],
  computed: {
    arn: ec2Arn('instance'),
    availability_zone: (self, context) =>
      attribute(context.find('aws_subnet', self.text('subnet_id')), 'availability_zone'),
    associate_public_ip_address: fixed(false),
    public_ip: (self, context) =>
      self.flag('associate_public_ip_address') ? publicAddress(context, 'first boot') : '',
    public_dns: (self, context) => (self.text('public_ip') ? hostName(context, self.text('public_ip')) : ''),
    private_dns: (self, context) =>
      `ip-${self.text('private_ip').replaceAll('.', '-')}.${regionOf(context)}.compute.internal`,
    primary_network_interface_id: made('eni'),
    cpu_core_count: (self) => Math.ceil(vcpusOf(self.text('instance_type')) / 2),
    cpu_threads_per_core: fixed(2),
    instance_initiated_shutdown_behavior: fixed('stop'),
    instance_state: fixed('running'),
    tenancy: fixed('default'),
    'root_block_device.device_name': fixed(linuxRootDevice),
    'root_block_device.iops': fixed(3000),
    'root_block_device.throughput': fixed(125),
    'root_block_device.kms_key_id': (_self, context) => rootKey(context),
    'root_block_device.volume_id': made('vol'),
    'root_block_device.tags_all': (self, context) => tagsAll(self, context),
  },
  references: {
    subnet_id: { to: 'aws_subnet' },
    vpc_security_group_ids: { to: 'aws_security_group' },
    iam_instance_profile: { to: 'aws_iam_instance_profile', holds: false },
    placement_group: {
      to: 'aws_placement_group',
      inUse: ({ self, context }) =>
        deleteError(
          self,
          context,
          'InvalidPlacementGroup.InUse',
          `The placement group '${self.id}' is in use and may not be deleted.`,
        ),
    },
  },
  addresses: [
    {
      attribute: 'private_ip',
      range: (block, _self, context) => subnetRange(context, block['subnet_id']),
      allocate: true,
      taken: ({ self, context, value }) =>
        apiError(self, context, 'InvalidIPAddress.InUse', `Address ${value} is in use.`),
      outside: ({ self, context }) =>
        apiError(self, context, 'InvalidParameterValue', "Address does not fall within the subnet's address range"),
    },
  ],
  replacedBy: (before, after) =>
    after.flag('user_data_replace_on_change') && before.text('user_data_base64') !== after.text('user_data_base64')
      ? ['user_data_base64']
      : [],
  check: (self, context) => [
    ...imageErrors(self, context),
    ...userDataErrors(self, context),
    ...spreadErrors(self, context),
  ],
  checkDelete: (self, context) =>
    self.flag('disable_api_termination')
      ? [
          deleteError(
            self,
            context,
            'OperationNotPermitted',
            `The instance '${self.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
          ),
        ]
      : [],
  seconds: { create: 13, update: 5, delete: 40 },
};

export function vcpusOf(type: string): number {
  return instanceTypes.find(({ name }) => name === type)?.vcpu ?? 1;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
const userDataLimit = 16384;

export const userDataErrors: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const encoded = self.text('user_data_base64') || self.text('user_data');
  const bytes = Buffer.from(encoded, 'base64').length;
  if (bytes <= userDataLimit) return [];
  return [apiError(self, context, 'InvalidParameterValue', `User data is limited to ${userDataLimit} bytes`)];
};

/** Racks of a zone that one spread group uses: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html */
const spreadLimit = 7;

const spreadErrors: SimulatedFunction<readonly SimulatedError[]> = (self, context) => {
  const [group, zone] = [self.text('placement_group'), self.text('availability_zone')];
  if (!group || context.before) return [];
  const beside = context.list('aws_instance', { placement_group: group, availability_zone: zone });
  if (beside.length < spreadLimit) return [];
  return [
    apiError(
      self,
      context,
      'InsufficientInstanceCapacity',
      `The placement group ${group} has ${spreadLimit} running instances in ${zone}, the most that a spread group takes.`,
    ),
  ];
};

const placementGroup: SimulatedResource = {
  id: (self) => self.text('name'),
  computed: {
    arn: (self, context) => arn(context, 'ec2', `placement-group/${self.text('name')}`),
    placement_group_id: made('pg'),
    spread_level: fixed('rack'),
    partition_count: fixed(0),
  },
  unique: [
    {
      attributes: ['name'],
      taken: ({ self, context, value }) =>
        apiError(self, context, 'InvalidPlacementGroup.Duplicate', `The placement group '${value}' already exists.`),
    },
  ],
};

const addressAssociation: SimulatedResource = {
  id: ec2Id('eipassoc'),
  computed: {
    network_interface_id: (self, context) => ofInstance(self, context, 'primary_network_interface_id'),
    private_ip_address: (self, context) => ofInstance(self, context, 'private_ip'),
    public_ip: (self, context) => attribute(context.find('aws_eip', self.text('allocation_id')), 'public_ip'),
    allow_reassociation: fixed(false),
  },
  references: {
    allocation_id: { to: 'aws_eip', inUse: addressInUse() },
    instance_id: { to: 'aws_instance', holds: false },
  },
  unique: [{ attributes: ['allocation_id'], namespace: 'address use', taken: addressTaken() }],
};

function ofInstance(self: SimulatedObject, context: Parameters<typeof arn>[0], name: string): string {
  return attribute(context.find('aws_instance', self.text('instance_id')), name);
}

export const machineResources: Readonly<Record<string, SimulatedResource>> = {
  aws_instance: instance,
  aws_placement_group: placementGroup,
  aws_eip_association: addressAssociation,
};
