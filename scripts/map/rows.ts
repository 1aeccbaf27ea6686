import { groupBy } from '../../constructs/util/group';
import type { DescribedBalancer, DescribedDevice } from '../../stacks/description/description';
import type { InventoryEntry } from '../../stacks/inventory';
import { type Cell, deviceCell, machineCell, nativeCell } from './cells';
import { type ChangeMarks, type MarkDetail, keys } from './marks';
import type { Detail } from './placed';
import { inOrder } from './text';

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

/** What may be a member of a balancer at a site, and its marks. */
export interface Members {
  readonly machines: readonly InventoryEntry[];
  readonly devices: readonly DescribedDevice[];
  readonly marks: ChangeMarks;
}

export function balancerRow(balancer: DescribedBalancer, { machines, devices, marks }: Members): Row {
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

/** Machines of one system by role, those of a pair in their halves. */
export function fleets(site: string, machines: readonly InventoryEntry[], marks: ChangeMarks): Row[] {
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

export function otherDevices(
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
