import type { MachineType } from '../../contract/facts';
import type { MachineSize } from '../../contract/machines';
import { ProblemsError } from '../../contract/problem';
import type { Site } from '../../contract/site';
import catalogue from './data/machine-types.json';
import { settingsOf } from './settings';

interface CatalogueEntry {
  readonly family: string;
  readonly architecture: string;
  readonly size: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly baselineGbps: number;
}

/** Below this many vCPUs what leaves the VPC is bounded by `narrowEgressMbps`, from there on by half of the bandwidth. */
const wideVcpu = 32;
const narrowEgressMbps = 5000;

/**
 * Sustained egress to the internet in Mbit/s: the baseline, not the burst, and within the bound of traffic through an
 * internet gateway. Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-network-bandwidth.html
 */
export function sustainedEgressMbps(vcpu: number, baselineGbps: number): number {
  const baseline = Math.floor(baselineGbps * 1000);
  if (vcpu < wideVcpu) return Math.min(baseline, narrowEgressMbps);
  return Math.max(Math.floor(baseline / 2), narrowEgressMbps);
}

/** What Watari knows of, the smallest first. */
export const machineTypes: readonly MachineType[] = catalogue.types
  .map((entry: CatalogueEntry) => ({
    name: `${entry.family}.${entry.size}`,
    vcpu: entry.vcpu,
    memoryGiB: entry.memoryGiB,
    egressMbps: sustainedEgressMbps(entry.vcpu, entry.baselineGbps),
    architecture: entry.architecture === 'arm64' ? ('arm64' as const) : ('amd64' as const),
  }))
  .sort(bySize);

export function machineType(site: Site, size: MachineSize): string | undefined {
  const { architecture = 'amd64', families } = settingsOf(site);
  return machineTypes.find(
    (type) =>
      type.architecture === architecture &&
      (families === undefined || families.includes(familyOf(type.name))) &&
      type.vcpu >= size.vcpu &&
      type.memoryGiB >= size.memoryGiB &&
      type.egressMbps >= size.egressMbps,
  )?.name;
}

/** @throws ProblemsError when the site has no such type */
export function requireMachineType(site: Site, size: MachineSize, path: string): string {
  const name = machineType(site, size);
  if (name !== undefined) return name;
  throw new ProblemsError([
    {
      path,
      message: `no machine type of site ${site.id} gives this size`,
      value: size,
      bound: 'vCPUs, memory, sustained egress of constructs/providers/aws/data/machine-types.json',
      fix: 'Ask for less, or let `settings.families` name more families.',
    },
  ]);
}

export const families: readonly string[] = [...new Set(machineTypes.map((type) => familyOf(type.name)))].sort();

function familyOf(type: string): string {
  return type.split('.')[0] ?? type;
}

function bySize(one: MachineType, other: MachineType): number {
  return (
    one.vcpu - other.vcpu ||
    one.memoryGiB - other.memoryGiB ||
    one.egressMbps - other.egressMbps ||
    (one.name < other.name ? -1 : 1)
  );
}
