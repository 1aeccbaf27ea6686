import { groupBy } from '../../constructs/util/group';
import type { DescribedBalancer, DescribedDevice, PlatformDescription } from '../../stacks/description/description';
import type { InventoryEntry } from '../../stacks/inventory';
import { deviceDetails, machineDetails } from './details';
import { type ChangeMarks, type MarkDetail, keys } from './marks';
import type { BoxKind, Detail } from './placed';
import { inOrder } from './text';

/** One machine, device or elastic fleet: the smallest thing that is drawn. */
export interface Cell {
  readonly id: string;
  readonly kind: BoxKind;
  readonly text: string;
  readonly label: string;
  readonly half: 'a' | 'b' | 'all';
  readonly details: readonly Detail[];
  readonly mark?: MarkDetail | undefined;
}

/** Like cells under one caption, half a left and half b right. */
export interface Row {
  readonly id: string;
  readonly kind: 'fleet' | 'balancer';
  readonly caption: string;
  readonly label: string;
  readonly details: readonly Detail[];
  readonly cells: readonly Cell[];
  readonly mark?: MarkDetail | undefined;
}

export interface SystemContent {
  readonly id: string;
  readonly name: string;
  readonly rows: readonly Row[];
  readonly mark?: MarkDetail | undefined;
}

export interface SiteContent {
  readonly systems: readonly SystemContent[];
  /** What serves the site as a whole: routers, gateways. */
  readonly own: readonly Row[];
}

/** What stands at a site, in an order that depends on nothing but names. */
export function contentOf(description: PlatformDescription, marks: ChangeMarks, site: string): SiteContent {
  const here = <T extends { readonly site: string }>(all: readonly T[]): T[] => all.filter((one) => one.site === site);
  const machines = here(description.machines);
  const devices = here(description.devices);
  const balancers = here(description.balancers);
  const members = new Set(balancers.flatMap((balancer) => balancer.members));
  const others = machines.filter(({ name }) => !members.has(name));
  const systems = new Set([...machines, ...balancers].flatMap(({ system }) => (system === undefined ? [] : [system])));
  const cells = { machines, devices, marks };
  return {
    systems: inOrder([...systems], String).map((name) => ({
      id: `system:${site}/${name}`,
      name,
      mark: marks.systems[keys.system({ site, system: name })],
      rows: rowsOfSystem(
        name,
        balancers.filter(({ system }) => system === name),
        others,
        cells,
      ),
    })),
    own: [
      ...fleets(
        site,
        others.filter(({ system }) => system === undefined),
        marks,
      ),
      ...otherDevices(site, devices, members, marks),
    ],
  };
}

interface Cells {
  readonly machines: readonly InventoryEntry[];
  readonly devices: readonly DescribedDevice[];
  readonly marks: ChangeMarks;
}

function rowsOfSystem(
  system: string,
  balancers: readonly DescribedBalancer[],
  machines: readonly InventoryEntry[],
  cells: Cells,
): Row[] {
  const [first] = [...machines, ...balancers];
  const all = fleets(
    first?.site ?? '',
    machines.filter((machine) => machine.system === system),
    cells.marks,
  );
  const inFront = (role: string): Row[] =>
    balancers.filter((balancer) => balancer.role === role).map((balancer) => balancerRow(balancer, cells));
  const isOf = (role: string) => (row: Row) => row.id.endsWith(`/${role}`);
  return [
    ...inFront('ingest'),
    ...all.filter(isOf('origin')),
    ...inFront('viewers'),
    ...all.filter((row) => !isOf('origin')(row)),
  ];
}

function balancerRow(balancer: DescribedBalancer, { machines, devices, marks }: Cells): Row {
  const { site, system, role, kind, members, shards, stack } = balancer;
  const key = keys.balancer(balancer);
  const own = members.flatMap((name) => [
    ...machines.filter((machine) => machine.name === name).map((machine) => machineCell(machine, marks)),
    ...devices.filter(({ id }) => id === name).map((device) => deviceCell(device, marks, `:${system}/${role}`)),
  ]);
  const details: Detail[] = [
    ['site', site],
    ['system', system],
    ['for', role === 'ingest' ? 'publishers' : 'viewers'],
    ['made of', kind === 'native' ? 'what the provider or the site has' : 'machines of our own'],
    ['members', members.join(', ')],
    ['shards', shards.join(', ')],
    ['stack', stack],
  ];
  return {
    ...{ id: `balancer:${key}`, kind: 'balancer', caption: role, mark: marks.balancers[key] },
    label: `${role} balancer of ${system} at ${site}`,
    details: details.filter(([, value]) => value !== ''),
    cells: own.length > 0 ? own : [nativeCell(balancer, key)],
  };
}

function nativeCell({ site, stack }: DescribedBalancer, key: string): Cell {
  return {
    ...{ id: `native:${key}`, kind: 'device', text: 'load balancer of the provider', half: 'all' },
    label: `load balancer of the provider at ${site}`,
    details: [
      ['site', site],
      ['stack', stack],
    ],
  };
}

/** Machines of one system by role, those of a pair in their halves. */
function fleets(site: string, machines: readonly InventoryEntry[], marks: ChangeMarks): Row[] {
  const sorted = inOrder(machines, ({ name }) => name.replace(/-[ab]$/, ''));
  const groups = groupBy(sorted, ({ system = 'site', role, peer }) => `${system}/${peer ? 'link-gateway' : role}`);
  return inOrder([...groups], ([group]) => group).map(([group, list]) => {
    const [{ system, role = '', peer } = {}] = list;
    const caption = peer ? 'gateways to' : (captions[role] ?? role);
    return {
      ...{ id: `fleet:${site}/${group}`, kind: 'fleet', caption },
      label: `${peer ? 'gateways' : caption}${system ? ` of ${system}` : ''} at ${site}`,
      details: fleetDetails(list),
      cells: list.map((machine) => machineCell(machine, marks)),
    };
  });
}

const captions: Readonly<Record<string, string>> = {
  origin: 'origins',
  edge: 'edges',
  gateway: 'routers',
  balancer: 'balancers',
};

function fleetDetails(list: readonly InventoryEntry[]): Detail[] {
  const [first] = list;
  const inHalf = (half: string): string => String(list.filter((machine) => machine.half === half).length);
  return [
    ['site', first?.site ?? ''],
    ...(first?.system ? [['system', first.system] as const] : []),
    ['machines in half a', inHalf('a')],
    ['machines in half b', inHalf('b')],
    ['autoscaled fleets', inHalf('all')],
    ['machine types', [...new Set(list.map(({ machineType }) => machineType))].join(', ')],
  ];
}

function otherDevices(
  site: string,
  devices: readonly DescribedDevice[],
  members: ReadonlySet<string>,
  marks: ChangeMarks,
): Row[] {
  const cells = devices.filter(({ id }) => !members.has(id)).map((device) => deviceCell(device, marks, ''));
  const label = `devices at ${site}`;
  return cells.length === 0
    ? []
    : [{ id: `fleet:${site}/devices`, kind: 'fleet', caption: 'devices', label, details: [['site', site]], cells }];
}

function machineCell(machine: InventoryEntry, marks: ChangeMarks): Cell {
  const key = keys.machine(machine);
  return {
    ...{ id: `machine:${key}`, kind: 'machine', half: machine.half, mark: marks.machines[key] },
    text: shortName(machine),
    label: `${machine.name} at ${machine.site}`,
    details: machineDetails(machine),
  };
}

/** A pair of devices may serve several balancers, each time as a box of its own. */
function deviceCell(device: DescribedDevice, marks: ChangeMarks, use: string): Cell {
  const key = keys.device(device);
  return {
    ...{ id: `device:${key}${use}`, kind: 'device', text: device.id, half: device.half, mark: marks.devices[key] },
    label: `${device.id} at ${device.site}`,
    details: deviceDetails(device),
  };
}

function shortName({ name, role, half, system, shard, peer, min, max, machineType }: InventoryEntry): string {
  if (half === 'all') return `${min === max ? min : `${min} to ${max}`} × ${machineType}`;
  if (shard !== undefined) return shard;
  if (peer !== undefined) return peer;
  const withoutSystem = system !== undefined && name.startsWith(`${system}-`) ? name.slice(system.length + 1) : name;
  return withoutSystem.startsWith(`${role}-`) ? withoutSystem.slice(role.length + 1) : withoutSystem;
}
