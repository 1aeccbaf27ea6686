import type { ChosenType, MachineChoice } from '../../contract/facts';
import type { CpuLevel } from '../../contract/image';
import type { MachineSize } from '../../contract/machines';
import type { Handles, Site } from '../../contract/site';
import { handle, offeringKey, type OfferingUse } from './names';
import { type MachineTypeSettings, isPrivate, settingsOf } from './settings';

/** Neither IDCF nor an operator says what the oldest host has: of servers that still run, none lacks SSE4.2. */
const leastCpu: CpuLevel = 'x86-64-v2';

/** The smallest type of the site's own list that gives the size: by memory, then CPUs, then name. */
export function machineType(site: Site, size: MachineSize): ChosenType | undefined {
  const type = fitting(site, size);
  return type && { name: type.name, cpu: type.cpu ?? leastCpu };
}

export function machineTypes(site: Site): MachineChoice {
  const types = settingsOf(site).machineTypes.map((type) => ({ ...type, cpu: type.cpu ?? leastCpu }));
  return { types, more: 'add a type to settings.machineTypes' };
}

function fitting(site: Site, size: MachineSize): MachineTypeSettings | undefined {
  return settingsOf(site)
    .machineTypes.filter(
      (type) => type.vcpu >= size.vcpu && type.memoryGiB >= size.memoryGiB && type.egressMbps >= size.egressMbps,
    )
    .sort((a, b) => a.memoryGiB - b.memoryGiB || a.vcpu - b.vcpu || (a.name < b.name ? -1 : 1))[0];
}

/**
 * UUID of the compute offering for a size: the adopted one, or the one that the network's stack made.
 * @throws Error when no type gives the size, which is checked before
 */
export function offeringId(site: Site, network: Handles, size: MachineSize, use: OfferingUse): string {
  const type = fitting(site, size);
  if (!type) throw new Error(`Site ${site.id} has no machine type for ${JSON.stringify(size)}`);
  const adopted = isPrivate(site) ? type.offerings?.[use] : type.offering;
  return adopted ?? handle(network, offeringKey(type.name, use));
}
