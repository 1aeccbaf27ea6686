import type { Construct } from 'constructs';
import { BlockDevice, type BlockDevicePartitions } from '../../../.gen/providers/maas/block-device';
import { DataMaasFabric } from '../../../.gen/providers/maas/data-maas-fabric';
import type { MaasProvider } from '../../../.gen/providers/maas/provider';
import { Subnet } from '../../../.gen/providers/maas/subnet';
import { SubnetIpRange } from '../../../.gen/providers/maas/subnet-ip-range';
import { Tag } from '../../../.gen/providers/maas/tag';
import { Vlan } from '../../../.gen/providers/maas/vlan';
import { type Tier, tiers } from '../../contract/plan';
import { addressAt, parseCidr } from '../../util/cidr';
import { sortedEntries } from '../../util/group';
import { description, junosName } from './names';
import { freeMachines } from './placement';
import { maasOf } from './provider';
import type { MachineTypeSettings, MetalSite } from './settings';

/** What MAAS knows of the site: its subnets, and which machine is of which type. */
export interface Inventory {
  readonly fabric: string;
  /** Subnet ids by tier, `public` among them where there is a public block. */
  readonly subnets: Readonly<Record<string, string>>;
}

interface SubnetSpec {
  readonly name: string;
  readonly cidr: string;
  readonly vlan: number;
  /** Absent where machines leave by another way. */
  readonly gateway?: string;
  /** First and last of the addresses that belong to services and devices, so that MAAS gives none of them away. */
  readonly kept?: readonly [string, string];
}

/** The fabric, its PXE network and the machines in it are adopted; the tiers' VLANs and subnets are made in it. */
export function buildInventory(scope: Construct, site: MetalSite): Inventory {
  const provider = maasOf(scope, site);
  const fabric = new DataMaasFabric(scope, 'fabric', { provider, name: site.settings.maas.fabric });
  const subnets = subnetSpecs(site).map(
    (spec) => [spec.name, buildSubnet(scope, site, provider, fabric.id, spec).id] as const,
  );
  for (const [type, settings] of sortedEntries(site.settings.machineTypes))
    buildType(scope, site, provider, type, settings);
  return { fabric: fabric.id, subnets: Object.fromEntries(subnets) };
}

export const subnetNames = (site: MetalSite): string[] => subnetSpecs(site).map(({ name }) => name);

function subnetSpecs(site: MetalSite): SubnetSpec[] {
  const inside = tiers.map((tier) => tierSubnet(site, tier));
  const block = site.settings.public;
  if (!block) return inside;
  return [...inside, { name: 'public', cidr: block.cidr, vlan: block.vlan, gateway: block.gateway }];
}

function tierSubnet(site: MetalSite, tier: Tier): SubnetSpec {
  const { cidr, shared, vlan, gateway } = site.plan.tiers[tier];
  const { first, last } = parseCidr(shared);
  const devices = [addressAt(shared, 0), addressAt(shared, last - first - 1)] as const;
  const common = { name: tier, cidr, vlan, kept: devices };
  // The routers are the way out of the site: the switches behind this gateway would send their packets back to them.
  if (tier === 'transit') return common;
  // Self-hosted balancers answer from their floating public addresses: their way out is the upstream's router.
  const balancersArePublic = tier === 'balancer' && site.profile === 'software' && site.settings.public !== undefined;
  return balancersArePublic ? common : { ...common, gateway };
}

function buildSubnet(
  scope: Construct,
  site: MetalSite,
  provider: MaasProvider,
  fabric: string,
  spec: SubnetSpec,
): Subnet {
  const name = junosName(site.platform, site.id, spec.name);
  const vlan = new Vlan(scope, `vlan-${spec.name}`, { provider, fabric, vid: spec.vlan, name });
  const subnet = new Subnet(scope, `subnet-${spec.name}`, {
    provider,
    cidr: spec.cidr,
    name,
    fabric,
    vlan: vlan.id,
    gatewayIp: spec.gateway,
    dnsServers: site.settings.maas.dns,
  });
  if (spec.kept) {
    const [startIp, endIp] = spec.kept;
    const comment = description(site, 'services and devices');
    new SubnetIpRange(scope, `range-${spec.name}`, {
      provider,
      subnet: subnet.id,
      type: 'reserved',
      startIp,
      endIp,
      comment,
    });
  }
  return subnet;
}

function buildType(
  scope: Construct,
  site: MetalSite,
  provider: MaasProvider,
  type: string,
  settings: MachineTypeSettings,
): void {
  // Pinned machines have no tag, so that nobody else is given one of them.
  const free = freeMachines(site, type);
  const comment = description(site, `machines of type ${type}`);
  if (free.length > 0) new Tag(scope, `type-${type}`, { provider, name: type, machines: free, comment });
  const all = sortedEntries(site.settings.machines).filter(([, machine]) => machine.type === type);
  for (const [hostname] of all) buildDisk(scope, provider, hostname, settings);
}

/** Only while a machine is Ready can its disk be laid out: before anything is deployed, so here and not beside the instance. */
function buildDisk(scope: Construct, provider: MaasProvider, hostname: string, { disk }: MachineTypeSettings): void {
  if (!disk?.partitions) return;
  const partitions = disk.partitions.map((part): BlockDevicePartitions => ({
    sizeGigabytes: part.sizeGigabytes,
    fsType: part.fileSystem,
    mountPoint: part.mountPoint,
    bootable: part.bootable,
  }));
  new BlockDevice(scope, `disk-${hostname}`, {
    provider,
    machine: hostname,
    name: disk.name,
    idPath: disk.idPath,
    sizeGigabytes: disk.sizeGigabytes,
    isBootDevice: true,
    partitions,
  });
}
