import type { SimulatedEffect, SimulatedObject, SimulatedResource } from '../../../contract/simulation';
import { numericId, numericText } from './common';
import { apiError } from './errors';
import { imageReference } from './images';
import { accountReference, machineTypeErrors, metadataErrors } from './machines';
import { subnetReference } from './network';
import { computeBase, idBy, idIn, linkTo, pathOf, projectOf } from './place';
import { bootDiskErrors } from './validation';

const template: SimulatedResource = {
  id: idBy('regions', 'instanceTemplates'),
  filledBlocks: ['confidential_instance_config'],
  computed: {
    numeric_id: numericText,
    name_prefix: () => '',
    'disk.architecture': () => '',
    'disk.boot': () => true,
    'disk.device_name': () => 'persistent-disk-0',
    'disk.disk_type': () => 'pd-standard',
    'disk.interface': () => 'SCSI',
    'disk.mode': () => 'READ_WRITE',
    'disk.type': () => 'PERSISTENT',
    'network_interface.name': (_self, _context, { index }) => `nic${index}`,
    'network_interface.network': (_self, context, { attributes }) =>
      context.find('google_compute_subnetwork', idIn(String(attributes['subnetwork'])))?.text('network') ?? '',
    'network_interface.stack_type': () => '',
    'network_interface.subnetwork_project': (self) => projectOf(self),
  },
  references: {
    'disk.source_image': imageReference,
    'network_interface.subnetwork': subnetReference,
    'service_account.email': accountReference,
  },
  validate: bootDiskErrors,
  check: (self) => [...machineTypeErrors(self), ...metadataErrors(self)],
  seconds: { create: 5, delete: 5 },
};

const manager: SimulatedResource = {
  id: idBy('regions', 'instanceGroupManagers'),
  filledBlocks: ['instance_lifecycle_policy', 'standby_policy'],
  computed: {
    instance_group_manager_id: numericId,
    instance_group: (self) => `${computeBase}${pathOf('regions', 'instanceGroups', self, self.text('name'))}`,
    distribution_policy_target_shape: () => 'EVEN',
    target_size: () => 0,
    target_stopped_size: () => 0,
    target_suspended_size: () => 0,
    status: () => [
      {
        is_stable: true,
        all_instances_config: [{ current_revision: '', effective: true }],
        stateful: [{ has_stateful_config: false, per_instance_configs: [{ all_effective: true }] }],
        version_target: [{ is_reached: true }],
      },
    ],
  },
  references: {
    'version.instance_template': {
      to: 'google_compute_region_instance_template',
      value: linkTo('regions', 'instanceTemplates'),
    },
    'auto_healing_policies.health_check': { to: 'google_compute_health_check', value: idIn },
  },
  check: (self) => surgeErrors(self),
  effects: (self) => [
    {
      type: 'google_compute_region_instance_group',
      key: 'group',
      id: pathOf('regions', 'instanceGroups', self, self.text('name')),
      attributes: { name: self.text('name'), region: self.text('region'), project: projectOf(self) },
    },
  ],
  seconds: { create: 20, update: 20, delete: 60 },
};

/** https://cloud.google.com/compute/docs/instance-groups/rolling-out-updates-to-managed-instance-groups#max_surge */
function surgeErrors(self: SimulatedObject) {
  const zones = self.all('distribution_policy_zones').length;
  const surge = self.number('update_policy.max_surge_fixed');
  const unavailable = self.number('update_policy.max_unavailable_fixed');
  const problems = [
    ...(surge !== 0 && surge < zones ? [`maxSurge.fixed': '${surge}'. Fixed updatePolicy.maxSurge`] : []),
    ...(unavailable !== 0 && unavailable < zones
      ? [`maxUnavailable.fixed': '${unavailable}'. Fixed updatePolicy.maxUnavailable`]
      : []),
  ];
  return problems.map((problem) => {
    const text = `Invalid value for field 'resource.updatePolicy.${problem} for regional managed instance group has to be either 0 or at least equal to the number of zones., invalid`;
    return apiError(self, 400, text, 'update_policy');
  });
}

const autoscaler: SimulatedResource = {
  id: idBy('regions', 'autoscalers'),
  references: {
    target: {
      to: 'google_compute_region_instance_group_manager',
      value: linkTo('regions', 'instanceGroupManagers'),
    },
  },
  unique: [{ attributes: ['target'] }],
  check: (self) => {
    const [min, max] = [self.number('autoscaling_policy.min_replicas'), self.number('autoscaling_policy.max_replicas')];
    if (min <= max) return [];
    const text = `Invalid value for field 'resource.autoscalingPolicy.maxNumReplicas': '${max}'. maxNumReplicas cannot be lower than minNumReplicas., invalid`;
    return [apiError(self, 400, text, 'autoscaling_policy')];
  },
  effects: (self, context) => {
    const group = context.find('google_compute_region_instance_group_manager', idIn(self.text('target')));
    return group ? machinesOf(self, group) : [];
  },
  seconds: { create: 10, delete: 10 },
};

/** The smallest number of machines, one zone after the other. */
function machinesOf(self: SimulatedObject, group: SimulatedObject): SimulatedEffect[] {
  const zones = group.all('distribution_policy_zones').map(String).sort();
  const count = self.number('autoscaling_policy.min_replicas');
  return Array.from({ length: zones.length > 0 ? count : 0 }, (_, at) => {
    const zone = zones[at % zones.length] ?? '';
    const name = `${group.text('base_instance_name')}-${(at + 46_656).toString(36).padStart(4, '0')}`;
    return {
      type: 'google_compute_instance',
      key: name,
      id: `projects/${projectOf(group)}/zones/${zone}/instances/${name}`,
      attributes: { name, zone, project: projectOf(group), current_status: 'RUNNING' },
    };
  });
}

export const fleetTypes: Readonly<Record<string, SimulatedResource>> = {
  google_compute_region_instance_template: template,
  google_compute_region_instance_group_manager: manager,
  google_compute_region_autoscaler: autoscaler,
};
