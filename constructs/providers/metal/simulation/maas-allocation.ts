import type { SimulatedError, SimulatedObject, SimulationContext } from '../../../contract/simulation';
import { badRequest, conflict } from './maas-errors';

/**
 * How MAAS gives a machine away: the first free one, in order of cost, that fits every constraint (canonical/maas 3.7,
 * api/machines.py `allocate` and node_constraint_filter_forms.py `AcquireNodeForm`).
 */

/** Type of the seeds that tell of the machines: `hostname`, `zone`, `pool`, `cpu_count`, `memory` in MiB; the id is the system id. */
export const machineType = 'maas_machine';

/** What is absent is not known, and fits whatever is asked. */
export interface Machine {
  readonly hostname: string;
  readonly systemId?: string;
  readonly zone?: string;
  readonly pool?: string;
  readonly cpus?: number;
  readonly memoryMiB?: number;
  readonly tags: readonly string[];
}

/** The machine that an instance is given, or has; undefined when no free one fits. */
export function machineFor(self: SimulatedObject, context: SimulationContext): Machine | undefined {
  const others = context.list('maas_instance').filter(({ id }) => id !== self.id);
  const taken = new Set(others.map((other) => other.text('hostname')));
  const wanted = constraintsOf(self);
  const free = machinesOf(self, context).filter((machine) => !taken.has(machine.hostname) && fits(machine, wanted));
  return free.sort(byCost)[0];
}

/** Hostnames and system ids that a tag or a disk may name; undefined where no seed tells of the machines. */
export function knownMachines(context: SimulationContext): ReadonlySet<string> | undefined {
  const told = context.list(machineType);
  return told.length > 0 ? new Set(told.flatMap((machine) => [machine.id, machine.text('hostname')])) : undefined;
}

/** A MAAS of which no seed tells has every machine that a tag or an instance names, wherever it is looked for. */
function machinesOf(self: SimulatedObject, context: SimulationContext): Machine[] {
  const tags = context.list('maas_tag');
  const tagsOf = (names: readonly string[]): string[] =>
    tags
      .filter((tag) => tag.all('machines').some((name) => names.includes(String(name))))
      .map((tag) => tag.text('name'));
  const told = context.list(machineType);
  if (told.length > 0)
    return told.map((seed) => ({ ...machineOf(seed), tags: tagsOf([seed.id, seed.text('hostname')]) }));
  const own = self.text('allocate_params.hostname') || self.text('allocate_params.system_id');
  const named = tags.flatMap((tag) => tag.all('machines').map(String));
  return [...new Set(own ? [own, ...named] : named)].map((hostname) => ({ hostname, tags: tagsOf([hostname]) }));
}

function machineOf(seed: SimulatedObject): Omit<Machine, 'tags'> {
  return {
    hostname: seed.text('hostname'),
    systemId: seed.id,
    zone: seed.text('zone'),
    pool: seed.text('pool'),
    cpus: seed.number('cpu_count'),
    memoryMiB: seed.number('memory'),
  };
}

/** What an instance asks for, by the names of MAAS's form. */
interface Constraints {
  readonly cpu_count: number;
  readonly mem: number;
  readonly name: string;
  readonly pool: string;
  readonly system_id: string;
  readonly tags: readonly string[];
  readonly zone: string;
}

function constraintsOf(self: SimulatedObject): Constraints {
  const text = (name: string): string => self.text(`allocate_params.${name}`);
  return {
    cpu_count: self.number('allocate_params.min_cpu_count'),
    mem: self.number('allocate_params.min_memory'),
    name: text('hostname'),
    pool: text('pool'),
    system_id: text('system_id'),
    tags: self.all('allocate_params.tags').map(String).sort(),
    zone: text('zone'),
  };
}

function fits(machine: Machine, wanted: Constraints): boolean {
  const isOne = (asked: string, is: string | undefined): boolean => asked === '' || is === undefined || asked === is;
  return (
    isOne(wanted.name, machine.hostname) &&
    isOne(wanted.system_id, machine.systemId) &&
    isOne(wanted.zone, machine.zone) &&
    isOne(wanted.pool, machine.pool) &&
    wanted.cpu_count <= (machine.cpus ?? Infinity) &&
    wanted.mem <= (machine.memoryMiB ?? Infinity) &&
    wanted.tags.every((tag) => machine.tags.includes(tag))
  );
}

/** Of machines that cost the same MAAS takes any: here the first by name. */
function byCost(one: Machine, other: Machine): number {
  const cost = ({ cpus = 0, memoryMiB = 0 }: Machine): number => cpus + memoryMiB / 1024;
  return cost(one) - cost(other) || (one.hostname < other.hostname ? -1 : 1);
}

/** Why MAAS gives no machine: a zone or pool that it does not have, or none that is free and fits. */
export function allocationErrors(self: SimulatedObject, context: SimulationContext): readonly SimulatedError[] {
  const { zone, pool } = constraintsOf(self);
  const told = context.list(machineType);
  const exists = (attribute: string, name: string): boolean =>
    name === '' || told.length === 0 || name === 'default' || told.some((seed) => seed.text(attribute) === name);
  const unknown = {
    ...(exists('zone', zone) ? {} : { zone: `No such zone(s): ${zone}.` }),
    ...(exists('pool', pool) ? {} : { pool: `No such pool(s): ${pool}.` }),
  };
  if (Object.keys(unknown).length > 0) return [badRequest(unknown, 'allocate_params')];
  return machineFor(self, context) ? [] : [noMachine(self)];
}

/** api/machines.py: what was asked, as Python writes a list of tuples, and what was made of it. */
export function noMachine(self: SimulatedObject): SimulatedError {
  const wanted = constraintsOf(self);
  const asked = Object.entries(wanted).flatMap(([name, value]) => askedOf(name, value as string | number | string[]));
  if (asked.length === 0) return conflict('No machine available.');
  if (wanted.system_id !== '') return conflict(`No machine with system ID ${wanted.system_id} available.`);
  const input = asked.map(({ name, texts }) => `('${name}', [${texts.map((text) => `'${text}'`).join(', ')}])`);
  const resolved = asked.map(({ name, texts }) => `${name}=${texts.map((text) => decimal(name, text)).join(',')}`);
  return conflict(
    `No available machine matches constraints: [${input.join(', ')}] (resolved to "${resolved.join(' ')}")`,
  );
}

/** The client leaves out what is empty or 0, and sends the rest in the order of the alphabet. */
function askedOf(name: string, value: string | number | readonly string[]): { name: string; texts: string[] }[] {
  const texts = (typeof value === 'object' ? [...value] : [String(value)]).filter(
    (text) => text !== '' && text !== '0',
  );
  return texts.length > 0 ? [{ name, texts }] : [];
}

/** The form reads both amounts as numbers with decimals. */
const decimal = (name: string, text: string): string => (name === 'cpu_count' || name === 'mem' ? `${text}.0` : text);
