import type { Draft, DraftSize, DraftSystem } from './draft';
import { adapterAt, addLink, joined, kindsBetween } from './links';
import type { Random } from './random';

/** Sizes that the example of every provider has a machine type for. */
const sizes: readonly DraftSize[] = [
  { vcpu: 1, memoryGiB: 1, diskGiB: 10, egressMbps: 100 },
  { vcpu: 2, memoryGiB: 4, diskGiB: 20, egressMbps: 500 },
  { vcpu: 4, memoryGiB: 8, diskGiB: 50, egressMbps: 2000 },
];

/** What a system may take: nothing else stands in these places yet. */
export interface SystemRoom {
  readonly origins: readonly string[];
  readonly edges: readonly string[];
  readonly shards: number;
}

/** A live system on some of the sites, with the links that its edges need. */
export function addSystem(random: Random, draft: Draft, name: string, room: SystemRoom): void {
  const shards = placeShards(random, room);
  const origins = [...new Set(Object.values(shards).map(({ site }) => site))];
  const edgeSites = room.edges.filter((edge) => origins.every((origin) => makeWay(random, draft, edge, origin)));
  const edges = Object.fromEntries(edgeSites.map((site) => [site, edgeFleet(random, draft, site)]));
  const spare = random.chance(15) ? room.edges.filter((site) => !edgeSites.includes(site)) : [];
  draft.systems[name] = {
    kind: 'live',
    sites: random.shuffle([...new Set([...origins, ...edgeSites, ...spare])]),
    origin: { size: { ...random.pick(sizes) } },
    shards,
    edge: {
      size: { ...random.pick(sizes) },
      egressMbps: random.int(1, 2000),
      drainSeconds: random.pick([0, 1, 300, 600, 3600]),
      ...(random.chance(30) ? { bootSeconds: random.int(1, 3600) } : {}),
    },
    edges,
    ...(random.chance(30) ? { failback: random.pick(['hold', 'drop']) } : {}),
  };
}

/** Numbers with gaps, as they are after years. */
function placeShards(random: Random, { origins, shards }: SystemRoom): DraftSystem['shards'] {
  const numbers = random.chance(80)
    ? Array.from({ length: shards }, (_, index) => index + 1)
    : random.shuffle(Array.from({ length: 64 }, (_, index) => index + 1)).slice(0, shards);
  return Object.fromEntries(numbers.map((number) => [`s${number}`, { site: random.pick(origins) }]));
}

function edgeFleet(random: Random, draft: Draft, site: string): Record<string, unknown> {
  const weight = random.chance(20) ? { weight: random.int(0, 255) } : {};
  if (!adapterAt(draft, site).elastic || random.chance(20))
    return { elastic: 'peak', count: random.pick([1, 2, 2, 3, 4, 5]), ...weight };
  const min = random.int(1, 5);
  return { min, max: min + random.pick([0, 1, 10, 100]), ...weight };
}

/** A link, or a transit between the two that has links with both. @returns whether there is a way now */
export function makeWay(random: Random, draft: Draft, one: string, other: string): boolean {
  if (one === other || joined(draft, one, other)) return true;
  const transits = Object.keys(draft.sites).filter((site) => canCarry(draft, site, one, other));
  const direct = kindsBetween(draft, one, other).length > 0;
  if (direct && (transits.length === 0 || random.chance(80))) return addLink(random, draft, one, other);
  if (transits.length === 0) return false;
  const transit = random.pick(transits);
  const site = draft.sites[transit];
  if (site) site.transit = true;
  return addLink(random, draft, one, transit) && addLink(random, draft, transit, other);
}

function canCarry(draft: Draft, site: string, one: string, other: string): boolean {
  if (site === one || site === other || draft.sites[site]?.retired) return false;
  const ends = [one, other].every((end) => kindsBetween(draft, site, end).length > 0);
  return ends && adapterAt(draft, site).facts.hub.transit;
}
