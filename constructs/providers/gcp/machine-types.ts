import type { ChosenType, MachineChoice, MachineType } from '../../contract/facts';
import type { CpuLevel } from '../../contract/image';
import type { MachineSize } from '../../contract/machines';
import type { Site } from '../../contract/site';
import series from './data/machine-series.json';
import { gcpSite } from './settings';

/**
 * Egress to the internet of one machine without Tier_1 networking, in Mbit/s, whatever its type gives inside.
 * https://cloud.google.com/compute/docs/network-bandwidth, read 2026-11-20.
 */
const internetEgressMbps = 7000;

/** Name, vCPU, memory in GiB, egress in Gbit/s inside; from https://cloud.google.com/compute/docs/general-purpose-machines, read 2026-11-20. Cheapest first; all x86-64, Arm types are named in the settings. */
const table: readonly (readonly [string, number, number, number])[] = [
  ['e2-standard-2', 2, 8, 4],
  ['n2-standard-2', 2, 8, 10],
  ['n2-highmem-2', 2, 16, 10],
  ['e2-highcpu-4', 4, 4, 8],
  ['e2-standard-4', 4, 16, 8],
  ['n2-standard-4', 4, 16, 10],
  ['n2-highmem-4', 4, 32, 10],
  ['e2-highcpu-8', 8, 8, 16],
  ['n2-highcpu-8', 8, 8, 16],
  ['e2-standard-8', 8, 32, 16],
  ['n2-standard-8', 8, 32, 16],
  ['n2-highmem-8', 8, 64, 16],
  ['e2-highcpu-16', 16, 16, 16],
  ['n2-highcpu-16', 16, 16, 32],
  ['n2-standard-16', 16, 64, 32],
  ['n2-highmem-16', 16, 128, 32],
  ['n2-highcpu-32', 32, 32, 32],
  ['n2-standard-32', 32, 128, 32],
  ['n2-standard-64', 64, 256, 32],
];

export const knownTypes: readonly MachineType[] = table.map(([name, vcpu, memoryGiB, gbps]) => ({
  name,
  vcpu,
  memoryGiB,
  egressMbps: Math.min(gbps * 1000, internetEgressMbps),
  cpu: cpuOf(name),
}));

/** What the settings say for the role, else the cheapest type that gives the size. Memory in GiB, egress in Mbit/s. */
export function machineType(site: Site, size: MachineSize, role: string): ChosenType | undefined {
  const wanted = gcpSite(site).settings.machineTypes?.[role];
  if (wanted !== undefined) return { name: wanted, cpu: cpuOf(wanted) };
  return knownTypes.find((type) => fits(type, size));
}

/** What the oldest processor of the type's series runs; of a series that is not known, what every one of Google's runs. */
function cpuOf(type: string): CpuLevel {
  const levels: Readonly<Record<string, string>> = series.levels;
  return (levels[type.split('-')[0] ?? ''] ?? series.least) as CpuLevel;
}

export function machineTypes(_site: Site, role: string): MachineChoice {
  return { types: knownTypes, more: `name a type of Google Cloud in settings.machineTypes.${role}` };
}

function fits(type: MachineType, size: MachineSize): boolean {
  return type.vcpu >= size.vcpu && type.memoryGiB >= size.memoryGiB && type.egressMbps >= size.egressMbps;
}
