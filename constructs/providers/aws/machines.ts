import { Eip } from '@cdktf/provider-aws/lib/eip';
import { EipAssociation } from '@cdktf/provider-aws/lib/eip-association';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { PlacementGroup } from '@cdktf/provider-aws/lib/placement-group';
import { Construct } from 'constructs';
import type { Machine, MachineSpec, MachinesSpec } from '../../contract/machines';
import type { Problem } from '../../contract/problem';
import { refuse } from '../../contract/problem';
import type { Site } from '../../contract/site';
import { groupBy, sortedEntries } from '../../util/group';
import { imageId } from './image';
import { requireMachineType } from './machine-type';
import { nameOf, nameTag, tagLength } from './naming';
import { providerOf } from './provider';
import { groupHandle } from './security';
import { handleOf } from './settings';
import { publicKinds, subnetHandle } from './subnets';
import { encodeUserData } from './user-data';

/** Instances that a spread placement group takes in one zone: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html */
const spreadLimit = 7;
/** Containers on the machine are one hop away from the metadata service; nothing farther is let through. */
export const metadataHopLimit = 2;

/** Machines by name: planned addresses in the zone of their half, hosts that no two of an anti-affinity group share. */
export function machines(scope: Construct, id: string, spec: MachinesSpec): readonly Machine[] {
  refuse(checkMachines(scope, id, spec));
  const fleet = new Construct(scope, id);
  const groups = makePlacementGroups(fleet, spec);
  return spec.machines.map((machine) => makeMachine(fleet, spec, machine, groups));
}

export function machineHandles(): readonly string[] {
  return ['instance'];
}

/** Halves are zones, so only machines of one half can meet on a host: a group for each half. */
const placementKey = (machine: MachineSpec): string => `${machine.antiAffinity}-${machine.half}`;

function makePlacementGroups(fleet: Construct, spec: MachinesSpec): ReadonlyMap<string, PlacementGroup> {
  const keys = sortedEntries(Object.fromEntries(groupBy(spec.machines, placementKey)));
  return new Map(
    keys.map(([key]) => [
      key,
      new PlacementGroup(fleet, `apart-${key}`, {
        provider: providerOf(fleet, spec.site.id),
        name: nameOf(spec.site, [key], tagLength),
        strategy: 'spread',
        spreadLevel: 'rack',
        tags: nameTag(spec.site, key),
      }),
    ]),
  );
}

function makeMachine(
  fleet: Construct,
  spec: MachinesSpec,
  machine: MachineSpec,
  groups: ReadonlyMap<string, PlacementGroup>,
): Machine {
  const instance = makeInstance(fleet, spec, machine, groups.get(placementKey(machine))?.name);
  const handles = { instance: instance.id };
  if (!machine.public) return { name: machine.name, address: machine.address, handles };
  const publicAddress = makePublicAddress(fleet, spec.site, machine, instance);
  return { name: machine.name, address: machine.address, publicAddress, handles };
}

function makeInstance(
  fleet: Construct,
  { site, network }: MachinesSpec,
  machine: MachineSpec,
  placementGroup: string | undefined,
): Instance {
  return new Instance(fleet, machine.name, {
    provider: providerOf(fleet, site.id),
    ami: imageId(fleet, site, machine.image),
    instanceType: requireMachineType(site, machine.size, `${fleet.node.path}/${machine.name}.size`),
    subnetId: handleOf(network, subnetHandle(machine.tier, machine.half)),
    privateIp: machine.address,
    vpcSecurityGroupIds: [handleOf(network, groupHandle(machine.tier))],
    iamInstanceProfile: handleOf(network, 'instance-profile'),
    userDataBase64: encodeUserData(machine.userData),
    userDataReplaceOnChange: true,
    sourceDestCheck: !machine.router,
    disableApiTermination: machine.stateful,
    ebsOptimized: true,
    metadataOptions,
    rootBlockDevice: rootVolume(machine),
    tags: { ...nameTag(site, machine.name), role: machine.role },
    ...(placementGroup === undefined ? {} : { placementGroup }),
    // A way out from the first second on, until the machine's own address replaces this one.
    ...(machine.public ? { associatePublicIpAddress: true } : {}),
  });
}

/** Session tokens only: a request that somebody tricks a process into has none. */
const metadataOptions = {
  httpEndpoint: 'enabled',
  httpTokens: 'required',
  httpPutResponseHopLimit: metadataHopLimit,
  instanceMetadataTags: 'enabled',
};

function rootVolume(machine: MachineSpec) {
  return {
    volumeType: 'gp3',
    volumeSize: machine.size.diskGiB,
    encrypted: true,
    deleteOnTermination: !machine.stateful,
  };
}

/** An address of its own that outlives the machine. */
function makePublicAddress(fleet: Construct, site: Site, machine: MachineSpec, instance: Instance): string {
  const provider = providerOf(fleet, site.id);
  const address = new Eip(fleet, `${machine.name}-address`, {
    provider,
    domain: 'vpc',
    tags: nameTag(site, machine.name),
  });
  new EipAssociation(fleet, `${machine.name}-address-association`, {
    provider,
    allocationId: address.allocationId,
    instanceId: instance.id,
  });
  return address.publicIp;
}

function checkMachines(scope: Construct, id: string, { machines: all }: MachinesSpec): Problem[] {
  const path = `${scope.node.path}/${id}`;
  const hidden = all.filter((machine) => machine.public && !publicKinds.includes(machine.tier));
  const crowded = [...groupBy(all, placementKey)].filter(([, members]) => members.length > spreadLimit);
  const stretched = all.filter((machine) => machine.segment !== undefined);
  return [
    ...hidden.map((machine) => publicTierProblem(path, machine)),
    ...crowded.map(([key, members]) => spreadProblem(path, key, members.length)),
    ...stretched.map((machine) => segmentProblem(path, machine)),
  ];
}

const publicTierProblem = (path: string, machine: MachineSpec): Problem => ({
  path: `${path}/${machine.name}.public`,
  message: 'only machines of the transit tier have public addresses on AWS',
  value: machine.tier,
  bound: 'tier transit, whose subnets have a route to the internet gateway',
  fix: 'Place the machine in the transit tier, or put a public balancer in front of it.',
});

const spreadProblem = (path: string, key: string, count: number): Problem => ({
  path,
  message: `the machines of ${key} cannot all be on hosts of their own`,
  value: count,
  bound: `${spreadLimit} in one zone and anti-affinity group`,
  fix: 'Spread them over several anti-affinity groups.',
});

const segmentProblem = (path: string, machine: MachineSpec): Problem => ({
  path: `${path}/${machine.name}.segment`,
  message: 'AWS stretches no layer-2 segment into a VPC',
  fix: 'Use a layer-3 link: a circuit (Direct Connect) or a VPN.',
});
