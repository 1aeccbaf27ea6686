import type { Construct } from 'constructs';
import { Configuration } from '../../../.gen/providers/cloudstack/configuration';
import { providerOf } from './provider';
import { privateCloudOf } from './settings';
import type { Site } from '../../contract/site';

/**
 * CPU clock that the cluster's hosts may sell beyond what they have. It counts for machines that start after the change.
 * The provider's id for it is the setting's name, so a cloud has one of these; a second cluster would share the id.
 */
export function overcommitCpu(scope: Construct, site: Site): Configuration {
  const { cluster, cpuOvercommit } = privateCloudOf(site);
  return new Configuration(scope, 'cpu-overcommit', {
    provider: providerOf(scope, site),
    name: 'cpu.overprovisioning.factor',
    value: cpuOvercommit.toFixed(1),
    clusterId: cluster.id,
  });
}
