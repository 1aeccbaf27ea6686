import type { MachineSize } from '../../contract/machines';
import { sortedEntries } from '../../util/group';
import type { MachineTypeSettings, MetalSite } from './settings';

/** Types that may carry a role and give a size, the smallest first: by processors, memory, disk, then name. */
export function smallestType(
  site: MetalSite,
  size: MachineSize,
  role: string,
  architecture?: MachineTypeSettings['architecture'],
): [string, MachineTypeSettings] | undefined {
  const fitting = sortedEntries(site.settings.machineTypes).filter(
    ([, type]) =>
      fitsSize(type, size) && mayCarry(type, role) && (architecture ?? type.architecture) === type.architecture,
  );
  return fitting.sort(([, a], [, b]) => a.vcpu - b.vcpu || a.memoryGiB - b.memoryGiB || a.diskGiB - b.diskGiB)[0];
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
