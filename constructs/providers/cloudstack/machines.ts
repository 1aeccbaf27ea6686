import { Construct } from 'constructs';
import { AffinityGroup } from '../../../.gen/providers/cloudstack/affinity-group';
import { Instance, type InstanceConfig } from '../../../.gen/providers/cloudstack/instance';
import { Nic } from '../../../.gen/providers/cloudstack/nic';
import { StaticNat } from '../../../.gen/providers/cloudstack/static-nat';
import type { Machine, MachineSpec, MachinesSpec, SegmentInterface } from '../../contract/machines';
import type { Site } from '../../contract/site';
import { publicAddress } from './addresses';
import { admit, type Opening } from './admission';
import { templateId } from './image';
import { offeringId } from './machine-types';
import { handle, nameOf, networkKey, tagsOf } from './names';
import { providerOf } from './provider';
import { replacementTrigger, type Trigger } from './replacement';
import { type SegmentEnd, isPrivate, settingsOf } from './settings';
import { digest, encode } from './user-data';

export const machineHandles = (): readonly string[] => ['id'];

export function machines(scope: Construct, id: string, spec: MachinesSpec): readonly Machine[] {
  const root = new Construct(scope, id);
  const groups = isPrivate(spec.site) ? affinityGroups(root, spec) : new Map<string, AffinityGroup>();
  return spec.machines.map((machine) => build(new Construct(root, machine.name), spec, machine, groups));
}

/** Apart within a half; the halves are apart by the host tags of their offerings, as no stack holds both. */
function affinityGroups(scope: Construct, { site, machines }: MachinesSpec): Map<string, AffinityGroup> {
  const names = [...new Set(machines.map(affinityName))].sort();
  return new Map(
    names.map((name) => [
      name,
      new AffinityGroup(scope, `apart-${name}`, {
        provider: providerOf(scope, site),
        name: nameOf(site, name),
        description: `Never on one host: ${name}`,
        type: 'host anti-affinity',
      }),
    ]),
  );
}

const affinityName = (machine: MachineSpec): string => `${machine.antiAffinity}-${machine.half}`;

function build(
  scope: Construct,
  spec: MachinesSpec,
  machine: MachineSpec,
  groups: ReadonlyMap<string, AffinityGroup>,
): Machine {
  const { site } = spec;
  const instance = new Instance(scope, 'instance', {
    ...configuration(scope, spec, machine),
    ...affinity(groups.get(affinityName(machine))),
    provider: providerOf(scope, site),
    lifecycle: { replaceTriggeredBy: [firstBoot(scope, machine).address], preventDestroy: machine.stateful },
  });
  if (machine.segment) joinSegment(scope, site, instance, machine.segment);
  const address = machine.public ? publish(scope, spec, machine, instance) : undefined;
  return {
    name: machine.name,
    address: machine.address,
    ...(address === undefined ? {} : { publicAddress: address }),
    handles: { id: instance.id },
  };
}

function affinity(group: AffinityGroup | undefined): Partial<InstanceConfig> {
  return group ? { affinityGroupIds: [group.id] } : {};
}

function configuration(scope: Construct, spec: MachinesSpec, machine: MachineSpec): InstanceConfig {
  const { site } = spec;
  const { zone, keypair } = settingsOf(site);
  return {
    name: nameOf(site, machine.name),
    displayName: nameOf(site, machine.name),
    serviceOffering: offeringId(site, spec.network, machine.size, machine.half),
    template: templateId(scope.node.scope ?? scope, site, machine.image),
    zone: zone.id,
    networkId: handle(spec.network, networkKey(machine.tier)),
    ipAddress: machine.address,
    rootDiskSize: machine.size.diskGiB,
    userData: encode(machine.userData),
    // A stateful machine stays recoverable in the account until CloudStack's own expunge delay is over.
    expunge: !machine.stateful,
    tags: tagsOf(site),
    ...(keypair === undefined ? {} : { keypair }),
  };
}

/** The provider changes user data in place, and cloud-init does not run again: a new first boot is a new machine. */
function firstBoot(scope: Construct, machine: MachineSpec): Trigger {
  return replacementTrigger(scope, 'first-boot', { userData: digest(machine.userData) });
}

function joinSegment(scope: Construct, site: Site, instance: Instance, segment: SegmentInterface): void {
  const end = segment.end as SegmentEnd;
  new Nic(scope, 'segment', {
    provider: providerOf(scope, site),
    networkId: end.network.id,
    virtualMachineId: instance.id,
    ipAddress: segment.address,
  });
}

/** IKE and its NAT traversal; ESP itself cannot pass a static NAT of CloudStack's. */
const routerOpenings: readonly Opening[] = [
  { protocol: 'udp', ports: ['500', '4500'] },
  { protocol: 'icmp', ports: [] },
];
/** The machine's own firewall knows the role. */
const hostOpenings: readonly Opening[] = [
  { protocol: 'tcp', ports: ['1-65535'] },
  { protocol: 'udp', ports: ['1-65535'] },
  { protocol: 'icmp', ports: [] },
];

function publish(scope: Construct, spec: MachinesSpec, machine: MachineSpec, instance: Instance): string {
  const { site, network } = spec;
  const address = publicAddress(scope, 'address', { site, network, tier: machine.tier, role: machine.name });
  const nat = new StaticNat(scope, 'nat', {
    provider: providerOf(scope, site),
    ipAddressId: address.id,
    virtualMachineId: instance.id,
  });
  admit(scope, 'admission', {
    site,
    network,
    tier: machine.tier,
    name: machine.name,
    addressId: address.id,
    openings: machine.router ? routerOpenings : hostOpenings,
    after: [nat],
  });
  return address.ipAddress;
}
