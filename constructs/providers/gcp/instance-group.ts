import { ComputeInstanceGroup } from '@cdktf/provider-google/lib/compute-instance-group';
import { ComputeInstanceGroupMembership } from '@cdktf/provider-google/lib/compute-instance-group-membership';
import type { Construct } from 'constructs';
import type { MachineSpec } from '../../contract/machines';
import type { Handles, Site } from '../../contract/site';
import { nameOf, zoneOf } from './names';
import { providerOf } from './provider';

export interface GroupSpec {
  readonly machine: MachineSpec;
  readonly network: Handles;
  /** Self link of the instance. */
  readonly instance: string;
}

/**
 * A group that outlives its machine: a backend service of another stack holds it. The membership is a resource of its own
 * because a group that lists its instances does not take a replaced one in again.
 */
export function instanceGroup(scope: Construct, site: Site, { machine, network, instance }: GroupSpec): string {
  const provider = providerOf(scope, site);
  const zone = zoneOf(site, machine.half);
  const group = new ComputeInstanceGroup(scope, 'group', {
    provider,
    name: nameOf(site, [machine.name]),
    zone,
    network: network['network'],
  });
  new ComputeInstanceGroupMembership(scope, 'membership', {
    provider,
    zone,
    instanceGroup: group.name,
    instance,
  });
  return group.selfLink;
}
