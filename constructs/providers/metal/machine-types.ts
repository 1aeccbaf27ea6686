import type { ChosenType, MachineChoice } from '../../contract/facts';
import type { MachineDemand, MachineSize } from '../../contract/machines';
import type { Site } from '../../contract/site';
import { sortedEntries } from '../../util/group';
import { type MachineTypeSettings, type MetalSite, metalSite } from './settings';

/** Types that may carry a role and give a size, the smallest first: by processors, memory, disk, then name. */
export function smallestType(
  site: MetalSite,
  size: MachineSize,
  role: string,
): [string, MachineTypeSettings] | undefined {
  const fitting = sortedEntries(site.settings.machineTypes).filter(
    ([, type]) => fitsSize(type, size) && mayCarry(type, role),
  );
  return fitting.sort(([, a], [, b]) => a.vcpu - b.vcpu || a.memoryGiB - b.memoryGiB || a.diskGiB - b.diskGiB)[0];
}

/** The types in the racks. A type that is there for other roles may be given the role too. */
export function machineTypes(site: Site, role: string): MachineChoice {
  const types = sortedEntries(metalSite(site).settings.machineTypes).map(([name, type]) => ({ name, ...type }));
  const others = types.filter((type) => !mayCarry(type, role)).map(({ name }) => name);
  const widened = others.length > 0 ? `, or "${role}" to the roles of ${others.join(' or ')}` : '';
  return { types, more: `add a type with its machines to settings.machineTypes and settings.machines${widened}` };
}

/** The type of the machine that the settings pin, else the smallest that gives the size; undefined when there is none. */
export function machineType(site: Site, size: MachineSize, role: string, machine?: string): ChosenType | undefined {
  const found = typeOf(metalSite(site), { name: machine ?? '', role, size });
  return found && { name: found[0], cpu: found[1].cpu };
}

/** A pinned machine is what it is; whether it is large enough is asked where it is placed. */
export function typeOf(
  site: MetalSite,
  { name, role, size }: Pick<MachineDemand, 'name' | 'role' | 'size'>,
): [string, MachineTypeSettings] | undefined {
  const hostname = site.settings.pinned?.[name];
  if (hostname === undefined) return smallestType(site, size, role);
  const typeName = site.settings.machines[hostname]?.type;
  const type = typeName === undefined ? undefined : site.settings.machineTypes[typeName];
  return typeName !== undefined && type ? [typeName, type] : undefined;
}

const mayCarry = (type: MachineTypeSettings, role: string): boolean => type.roles?.includes(role) ?? true;

export function fitsSize(type: MachineTypeSettings, size: MachineSize): boolean {
  return (
    type.vcpu >= size.vcpu &&
    type.memoryGiB >= size.memoryGiB &&
    type.diskGiB >= size.diskGiB &&
    type.egressMbps >= size.egressMbps
  );
}
