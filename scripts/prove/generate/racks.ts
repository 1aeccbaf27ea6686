import type { Draft, DraftSystem } from './draft';
import type { Random } from './random';

type Half = 'a' | 'b';
type Machines = Record<string, { rack: Half; type: string }>;

/** Racks with as many machines as are asked for, sometimes with some to spare, now and then with one too few. */
export function fillRacks(random: Random, draft: Draft): void {
  for (const [id, site] of Object.entries(draft.sites)) {
    if (site.provider !== 'metal') continue;
    const spare = random.pick([0, 0, 1, 5]);
    const machines: Machines = {};
    for (const [role, count] of Object.entries(wanted(draft, id))) addMachines(machines, role, count + spare);
    if (random.chance(10)) Reflect.deleteProperty(machines, random.pick(Object.keys(machines)));
    site.settings.machines = machines;
  }
}

function addMachines(machines: Machines, role: string, count: number): void {
  for (const rack of ['a', 'b'] as const)
    for (let number = 1; number <= count; number++) machines[`${role}-${rack}${number}`] = { rack, type: `${role}-16` };
}

/** For each role, machines in one rack: at least one, so that every type is there. */
function wanted(draft: Draft, site: string): Readonly<Record<string, number>> {
  const systems = Object.values(draft.systems);
  const sum = (count: (system: DraftSystem) => number): number => systems.reduce((all, one) => all + count(one), 0);
  const links = Object.values(draft.links).filter(
    ({ ends, primary, backup }) => ends.includes(site) && [primary.kind, backup?.kind].includes('vpn'),
  );
  return {
    origin: Math.max(
      1,
      sum(({ shards }) => Object.values(shards).filter((shard) => shard.site === site).length),
    ),
    edge: Math.max(
      1,
      sum(({ edges }) => Math.ceil(Number(edges[site]?.count ?? 0) / 2)),
    ),
    gateway: 1 + links.length,
    balancer: 2,
  };
}
