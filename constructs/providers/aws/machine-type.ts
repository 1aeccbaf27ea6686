import type { ChosenType, MachineChoice, MachineType } from '../../contract/facts';
import type { CpuLevel } from '../../contract/image';
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

/** By family: https://gitlab.com/x86-psABIs/x86-64-ABI says which instructions make a level. */
const cpus: Readonly<Record<string, string>> = catalogue.cpus.levels;

interface InstanceType extends MachineType {
  readonly architecture: 'amd64' | 'arm64';
}

/** What Watari knows of, the smallest first. */
export const instanceTypes: readonly InstanceType[] = catalogue.types
  .map((entry: CatalogueEntry) => ({
    name: `${entry.family}.${entry.size}`,
    vcpu: entry.vcpu,
    memoryGiB: entry.memoryGiB,
    egressMbps: sustainedEgressMbps(entry.vcpu, entry.baselineGbps),
    architecture: entry.architecture === 'arm64' ? ('arm64' as const) : ('amd64' as const),
    cpu: cpus[entry.family] as CpuLevel,
  }))
  .sort(bySize);

export function machineType(site: Site, size: MachineSize): ChosenType | undefined {
  return typesOf(site).find(
    (type) => type.vcpu >= size.vcpu && type.memoryGiB >= size.memoryGiB && type.egressMbps >= size.egressMbps,
  );
}

/** Types of the site's architecture and families; another one is to be had only where the site names its families. */
export function machineTypes(site: Site): MachineChoice {
  const more = settingsOf(site).families ? { more: 'let settings.families name more families' } : {};
  return { types: typesOf(site), ...more };
}

function typesOf(site: Site): readonly InstanceType[] {
  const { architecture = 'amd64', families } = settingsOf(site);
  return instanceTypes.filter(
    (type) => type.architecture === architecture && (families === undefined || families.includes(familyOf(type.name))),
  );
}

/** @throws ProblemsError when the site has no such type */
export function requireMachineType(site: Site, size: MachineSize, path: string): string {
  const type = machineType(site, size);
  if (type) return type.name;
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

export const families: readonly string[] = [...new Set(instanceTypes.map((type) => familyOf(type.name)))].sort();

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
