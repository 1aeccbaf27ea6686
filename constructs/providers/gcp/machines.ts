import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeInstance, type ComputeInstanceNetworkInterface } from '@cdktf/provider-google/lib/compute-instance';
import { DataResource } from 'cdktf';
import { Construct } from 'constructs';
import type { Machine, MachineSpec, MachinesSpec } from '../../contract/machines';
import { refuse } from '../../contract/problem';
import type { Handles, Site } from '../../contract/site';
import { bootImage } from './image';
import { instanceGroup } from './instance-group';
import { metadataOf, scheduling, scopes, shieldedFor, typeFor } from './machine';
import { labelsOf, nameOf, publicTag, roleTag, zoneOf } from './names';
import { spreadPolicies } from './placement';
import { providerOf } from './provider';
import { gcpSite } from './settings';
import { type UserData, userDataOf } from './user-data';

export function machineHandles(): readonly string[] {
  return ['group', 'tag'];
}

/**
 * Named machines with planned addresses, each in an instance group of its own that backend services of other stacks take.
 * @throws ProblemsError for a size that no type gives, and for an interface into a stretched segment
 */
export function machines(scope: Construct, id: string, spec: MachinesSpec): readonly Machine[] {
  const within = new Construct(scope, id);
  refuse(spec.machines.filter((machine) => machine.segment !== undefined).map((machine) => noSegment(within, machine)));
  const policies = spreadPolicies(within, spec);
  return spec.machines.map((machine) => oneMachine(within, spec, machine, policies));
}

function noSegment(scope: Construct, machine: MachineSpec) {
  return {
    path: `${scope.node.path}/${machine.name}`,
    message: 'Google Cloud has no stretched segments',
    fix: 'Join the sites by a routed link: vpn or circuit.',
  };
}

function oneMachine(
  scope: Construct,
  { site, network }: MachinesSpec,
  machine: MachineSpec,
  policies: ReadonlyMap<string, string>,
): Machine {
  const within = new Construct(scope, machine.name);
  const outside = machine.public ? publicAddress(within, site, machine) : undefined;
  const policy = policies.get(machine.name);
  const userData = userDataOf(within, machine.userData);
  const instance = new ComputeInstance(within, 'instance', {
    provider: providerOf(scope, site),
    name: nameOf(site, [machine.name]),
    zone: zoneOf(site, machine.half),
    machineType: typeFor(site, within.node.path, machine),
    bootDisk: {
      initializeParams: {
        image: bootImage(scope, site, machine.image),
        size: machine.size.diskGiB,
        type: gcpSite(site).settings.diskType ?? 'pd-balanced',
        labels: labelsOf(site, { role: machine.role }),
      },
    },
    networkInterface: [inside(within, site, network, machine, outside)],
    canIpForward: machine.router,
    metadata: metadataOf(userData.text),
    serviceAccount: { email: network['service-account'], scopes },
    labels: labelsOf(site, { role: machine.role, half: machine.half }),
    tags: [roleTag(site, machine.role), ...(machine.public ? [publicTag(site)] : [])],
    resourcePolicies: policy === undefined ? undefined : [policy],
    scheduling,
    shieldedInstanceConfig: shieldedFor(machine.image),
    deletionProtection: machine.stateful,
    allowStoppingForUpdate: true,
    lifecycle: machine.stateful ? undefined : { replaceTriggeredBy: [firstBoot(within, userData)] },
  });
  const group = instanceGroup(within, site, { machine, network, instance: instance.selfLink });
  return {
    name: machine.name,
    address: machine.address,
    publicAddress: outside?.address,
    handles: { group, tag: roleTag(site, machine.role) },
  };
}

/** cloud-init reads its data at the first boot alone, so other data means another machine; a stateful one keeps its disk. */
function firstBoot(scope: Construct, userData: UserData): string {
  const data = new DataResource(scope, 'first-boot', { input: { 'user-data': userData.hash } });
  // Terraform takes a bare reference here, no expression.
  return `${data.terraformResourceType}.${data.friendlyUniqueId}`;
}

function inside(
  scope: Construct,
  site: Site,
  network: Handles,
  machine: MachineSpec,
  outside: ComputeAddress | undefined,
): ComputeInstanceNetworkInterface {
  const subnetwork = network[`subnet-${machine.tier}`] ?? '';
  const address = new ComputeAddress(scope, 'address', {
    provider: providerOf(scope, site),
    name: nameOf(site, [machine.name]),
    region: gcpSite(site).settings.region,
    addressType: 'INTERNAL',
    purpose: 'GCE_ENDPOINT',
    subnetwork,
    address: machine.address,
    labels: labelsOf(site),
  });
  return {
    subnetwork,
    networkIp: address.address,
    nicType: 'GVNIC',
    accessConfig: outside === undefined ? undefined : [{ natIp: outside.address, networkTier: 'PREMIUM' }],
  };
}

function publicAddress(scope: Construct, site: Site, machine: MachineSpec): ComputeAddress {
  return new ComputeAddress(scope, 'public-address', {
    provider: providerOf(scope, site),
    name: nameOf(site, [machine.name, 'public']),
    region: gcpSite(site).settings.region,
    addressType: 'EXTERNAL',
    networkTier: 'PREMIUM',
    labels: labelsOf(site),
  });
}
