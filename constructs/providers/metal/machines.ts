import type { Construct } from 'constructs';
import {
  Instance,
  type InstanceAllocateParams,
  type InstanceNetworkInterfaces,
} from '../../../.gen/providers/maas/instance';
import type { Machine, MachineSpec, MachinesSpec } from '../../contract/machines';
import { bootResource } from './image';
import { type Placed, placeMachines } from './placement';
import { maasOf } from './provider';
import { type MachineTypeSettings, type MetalSite, metalSite } from './settings';

/** Erasing and installing a large machine takes longer than the provider's 20 minutes. */
const deployTimeout = '60m';

/**
 * Machines are taken from the pool of their rack by their type's tag, or by the hostname that the topology pins. Every
 * argument replaces the machine, so only what makes it another machine is here.
 * @throws ProblemsError when no type fits, an interface is not named, or a pinned machine is too small or elsewhere
 */
export function machines(scope: Construct, id: string, spec: MachinesSpec): readonly Machine[] {
  const site = metalSite(spec.site);
  return placeMachines(site, spec.machines).map((placed) => buildMachine(scope, id, site, placed));
}

export const machineHandles = (): readonly string[] => ['system'];

function buildMachine(scope: Construct, id: string, site: MetalSite, placed: Placed): Machine {
  const { spec, type } = placed;
  const publicAddress =
    spec.public && spec.publicAddressSlot !== undefined ? site.plan.public?.(spec.publicAddressSlot) : undefined;
  const instance = new Instance(scope, `${id}-${spec.name}`, {
    provider: maasOf(scope, site),
    allocateParams: allocation(site, placed),
    deployParams: { distroSeries: bootResource(spec.image), userData: spec.userData },
    networkInterfaces: interfaces(site, spec, type, publicAddress),
    timeouts: { create: deployTimeout },
    ...(spec.stateful ? { lifecycle: { preventDestroy: true } } : {}),
  });
  return {
    name: spec.name,
    address: spec.address,
    ...(publicAddress ? { publicAddress } : {}),
    handles: { system: instance.id },
  };
}

function allocation(site: MetalSite, { spec, typeName, hostname }: Placed): InstanceAllocateParams {
  if (hostname) return { hostname };
  const { zones, pool } = site.settings.maas;
  return { zone: zones[spec.half], tags: [typeName], ...(pool ? { pool } : {}) };
}

function interfaces(
  site: MetalSite,
  spec: MachineSpec,
  type: MachineTypeSettings,
  publicAddress: string | undefined,
): InstanceNetworkInterfaces[] {
  const inside = { name: type.interfaces.tier, subnetCidr: site.plan.tiers[spec.tier].cidr, ipAddress: spec.address };
  const outside = site.settings.public;
  if (!publicAddress || !outside || !type.interfaces.public) return [inside];
  return [inside, { name: type.interfaces.public, subnetCidr: outside.cidr, ipAddress: publicAddress }];
}
