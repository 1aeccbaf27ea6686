import { groupBy } from '../../../constructs/util/group';
import type { PlatformDescription } from '../../../stacks/description/description';
import type { InventoryEntry } from '../../../stacks/inventory';
import type { Finding } from '../report';
import { finding, type ReviewContext } from './context';
import { isAway } from './halves';

/** What the edges of a site can serve, in Mbit/s, at the least and at the most that they may grow to. */
export interface Capacity {
  readonly least: number;
  readonly most: number;
}

/** Edges of each site. */
export function capacities({ machines }: PlatformDescription): Map<string, Capacity> {
  const edges = machines.filter(({ servesMbps }) => servesMbps !== undefined);
  return new Map([...groupBy(edges, ({ site }) => site)].map(([site, list]) => [site, sum(list)] as const));
}

function sum(edges: readonly InventoryEntry[]): Capacity {
  const total = (count: (edge: InventoryEntry) => number): number =>
    edges.reduce((all, edge) => all + count(edge) * (edge.servesMbps ?? 0), 0);
  return { least: total(({ min }) => min), most: total(({ max }) => max) };
}

/**
 * Capacity before, during and after the change, for each site where it differs. During it a half of a fixed fleet is away at a
 * time; an elastic fleet rolls within its bounds.
 */
export function capacityFindings({ platform, changes }: ReviewContext): Finding[] {
  if (!platform) return [];
  const [before, after] = [capacities(platform.base), capacities(platform.head)];
  const sites = [...new Set([...before.keys(), ...after.keys()])].sort();
  return sites.flatMap((site) => {
    const [from, to] = [before.get(site) ?? none, after.get(site) ?? none];
    const replaced = changes.filter(
      (change) => isAway(change) && change.place.role === 'edge' && change.place.sites.includes(site),
    );
    const away = awayAtOnce(
      replaced.flatMap(({ place }) => place.machine ?? []),
      platform.base,
      site,
    );
    const during = { least: Math.min(from.least - away, to.least), most: Math.min(from.most - away, to.most) };
    if (same(from, to) && away === 0) return [];
    const shrinks = to.most < from.most || during.most <= 0;
    return [
      finding(
        {
          rule: 'capacity',
          decision: shrinks,
          site,
          title: `Edges of ${site}: ${range(from)} before, ${range(during)} during, ${range(to)} after`,
          details: shrinks
            ? [`${range(to)} is less than before: viewers beyond that are sent elsewhere or refused.`]
            : [],
        },
        replaced,
      ),
    ];
  });
}

const none: Capacity = { least: 0, most: 0 };
const same = (a: Capacity, b: Capacity): boolean => a.least === b.least && a.most === b.most;

/** The larger of both halves: they are never away together. */
function awayAtOnce(names: readonly string[], { machines }: PlatformDescription, site: string): number {
  const gone = new Set(names);
  const edges = machines.filter((one) => one.site === site && gone.has(one.name) && one.half !== 'all');
  const halves = [...groupBy(edges, ({ half }) => half).values()];
  return Math.max(0, ...halves.map((list) => sum(list).most));
}

function range({ least, most }: Capacity): string {
  const text = (value: number): string => value.toLocaleString('en-US');
  return least === most ? `${text(most)} Mbit/s` : `${text(least)} to ${text(most)} Mbit/s`;
}
