import type { MachineDemand, MachineSpec } from '../../contract/machines';
import { type Problem, refuse } from '../../contract/problem';
import { type Half, halves, type Site } from '../../contract/site';
import { groupBy } from '../../util/group';
import { fitsSize, typeOf } from './machine-types';
import { type MachineTypeSettings, type MetalSite, metalSite } from './settings';

/** A machine of the platform with the kind of hardware that it gets. */
export interface Placed<T extends MachineDemand = MachineSpec> {
  readonly spec: T;
  readonly typeName: string;
  readonly type: MachineTypeSettings;
  /** The one machine that the topology pins; else any of its type in its rack. */
  readonly hostname?: string;
}

/**
 * Finds hardware for machines; whether the racks have enough of it is `checkMachines`, which sees those of all stacks.
 * @throws ProblemsError with everything that is wrong: no type fits, an interface is not named, a pinned machine is another rack's
 */
export function placeMachines(site: MetalSite, specs: readonly MachineSpec[]): readonly Placed[] {
  const found = specs.map((spec) => ({ spec, placed: place(site, spec) }));
  const placed = found.flatMap((one) => (one.placed ? [one.placed] : []));
  const homeless = found.flatMap(({ spec, placed: one }) => (one ? [] : [noType(site, spec)]));
  refuse([...homeless, ...placed.flatMap((one) => checkPlaced(site, one))]);
  return placed;
}

/** Machines of a rack that are of a type and that nobody has pinned. */
export function freeMachines(site: MetalSite, type: string, half?: Half): string[] {
  const pinned = new Set(Object.values(site.settings.pinned ?? {}));
  const machines = Object.entries(site.settings.machines).filter(
    ([hostname, machine]) => machine.type === type && !pinned.has(hostname) && (!half || machine.rack === half),
  );
  return machines.map(([hostname]) => hostname).sort();
}

function place<T extends MachineDemand>(site: MetalSite, spec: T): Placed<T> | undefined {
  const hostname = site.settings.pinned?.[spec.name];
  const found = typeOf(site, spec);
  if (!found) return undefined;
  const [typeName, type] = found;
  return { spec, typeName, type, ...(hostname ? { hostname } : {}) };
}

function noType(site: MetalSite, { name, size, role }: MachineSpec): Problem {
  return {
    path: `sites.${site.id}.settings.machineTypes`,
    message: `no machine type gives ${name} its size`,
    value: size,
    bound: sizesOf(site, role),
    fix: 'Ask for less in the system, or add a type and its machines.',
  };
}

function sizesOf(site: MetalSite, role: string): string {
  const types = Object.entries(site.settings.machineTypes).filter(([, type]) => type.roles?.includes(role) ?? true);
  const sizes = types.map(
    ([name, t]) => `${name} ${t.vcpu} vCPU, ${t.memoryGiB} GiB, ${t.diskGiB} GiB disk, ${t.egressMbps} Mbit/s`,
  );
  return sizes.join('; ') || `none for role ${role}`;
}

/** What the racks lack for all machines of a site together; those that no type fits are refused where they are made. */
export function checkMachines(anySite: Site, machines: readonly MachineDemand[]): readonly Problem[] {
  const site = metalSite(anySite);
  const byType = groupBy(
    machines.flatMap((machine) => place(site, machine) ?? []).filter(({ hostname }) => !hostname),
    ({ typeName }) => typeName,
  );
  return [...byType].flatMap(([type, wanted]) =>
    halves.flatMap((half) => shortage(site, type, half, wanted.filter(({ spec }) => spec.half === half).length)),
  );
}

function shortage(site: MetalSite, type: string, half: Half, wanted: number): Problem[] {
  const stock = freeMachines(site, type, half).length;
  if (wanted <= stock) return [];
  const path = 'settings.machines';
  const message = `rack ${half} has too few machines of type ${type}`;
  const fix = 'Add machines to the rack, or ask for fewer.';
  return [{ path, message, value: wanted, bound: `${stock} in the rack`, fix }];
}

function checkPlaced(site: MetalSite, placed: Placed): Problem[] {
  return [...missingInterface(site, placed), ...(placed.hostname ? checkPin(site, placed, placed.hostname) : [])];
}

function missingInterface(site: MetalSite, { spec, typeName, type }: Placed): Problem[] {
  if (!spec.public || (type.interfaces.public && site.settings.public)) return [];
  const settings = `sites.${site.id}.settings`;
  const path = site.settings.public ? `${settings}.machineTypes.${typeName}.interfaces.public` : `${settings}.public`;
  const message = `${spec.name} has a public address and no interface for it`;
  return [{ path, message, fix: 'Name the public block with its VLAN, and the interface that is plugged into it.' }];
}

function checkPin(site: MetalSite, { spec, type }: Placed, hostname: string): Problem[] {
  const path = `sites.${site.id}.settings.pinned.${spec.name}`;
  const rack = site.settings.machines[hostname]?.rack;
  if (rack !== spec.half) {
    const message = `${spec.name} belongs to half ${spec.half} and ${hostname} stands in rack ${rack ?? ''}`;
    return [{ path, message, value: hostname, fix: `Pin a machine of rack ${spec.half}.` }];
  }
  if (fitsSize(type, spec.size)) return [];
  return [{ path, message: `${hostname} is too small for ${spec.name}`, value: spec.size, fix: 'Pin a larger one.' }];
}
