import type { DescribedBalancer, PlatformDescription } from '../../stacks/description/description';
import type { InventoryEntry } from '../../stacks/inventory';
import { type ChangeMarks, type MarkDetail, keys } from './marks';
import { type Members, type Row, balancerRow, fleets, otherDevices } from './rows';
import { inOrder } from './text';

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

function rowsOfSystem(
  system: string,
  balancers: readonly DescribedBalancer[],
  machines: readonly InventoryEntry[],
  cells: Members,
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
