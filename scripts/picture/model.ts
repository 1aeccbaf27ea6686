import type { Place } from '../../constructs/contract/place';
import { halves } from '../../constructs/contract/site';
import { groupBy } from '../../constructs/util/group';
import { inventory, type InventoryEntry } from '../../stacks/inventory';
import type { Platform } from '../../stacks/platform/platform';

/** One line in a site's box: what it is, then a cell for each half, or one cell over both. */
export interface PictureRow {
  readonly caption: string;
  readonly cells: readonly [string] | readonly [string, string];
}

export interface PictureSite {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly PictureRow[];
  /** Carries origins: drawn on the publishers' side. */
  readonly hasOrigins: boolean;
}

/** Sites with what stands there, in the topology's order, all read from what the topology amounts to. */
export function pictureSites(platform: Platform): PictureSite[] {
  const machines = groupBy(inventory(platform), ({ site }) => site);
  return Object.keys(platform.topology.sites).map((id) => {
    const place = platform.places[id] as Place;
    const { site } = place;
    const profile = site.profile === 'standard' ? '' : `, profile ${site.profile}`;
    return {
      id,
      title: `${id}: ${site.label}`,
      subtitle: `provider ${site.provider}${profile} · ${site.plan.cidr} · AS ${site.asn}`,
      rows: rowsOf(platform, place, machines.get(id) ?? []),
      hasOrigins: shardsAt(platform, id).length > 0,
    };
  });
}

function rowsOf(platform: Platform, place: Place, machines: readonly InventoryEntry[]): PictureRow[] {
  const { id } = place.site;
  const shards = shardsAt(platform, id);
  const isEdgeSite = Object.values(platform.topology.systems).some(({ edges }) => edges[id]);
  return [
    ...(shards.length > 0 ? [balancerRow(place, machines, 'ingest')] : []),
    ...halfRow('origins of', machines, 'origin'),
    ...(isEdgeSite ? [balancerRow(place, machines, 'viewers')] : []),
    ...edgeRow(machines),
    ...halfRow(
      'router pair',
      machines.filter(({ name }) => !name.startsWith('gateway-')),
      'gateway',
    ),
    ...halfRow(
      'gateways to',
      machines.filter(({ name }) => name.startsWith('gateway-')),
      'gateway',
    ),
  ];
}

function balancerRow(place: Place, machines: readonly InventoryEntry[], role: 'ingest' | 'viewers'): PictureRow {
  const caption = role === 'ingest' ? 'ingest balancer' : 'viewer balancer';
  const pair = machines.filter((machine) => machine.role === 'balancer' && machine.name.includes(`-${role}-`));
  const devices = (place.adapter.devices?.(place.site) ?? []).filter(({ id }) => /-[ab]$/.test(id));
  const words = halves.map(
    (half) => pair.find((machine) => machine.half === half)?.name ?? devices.find((device) => device.half === half)?.id,
  );
  const [a, b] = words;
  return { caption, cells: a && b ? [a, b] : ['load balancer of the provider'] };
}

function halfRow(caption: string, machines: readonly InventoryEntry[], role: string): PictureRow[] {
  const inHalf = (half: string): string =>
    machines
      .filter((machine) => machine.role === role && machine.half === half)
      .map(({ name }) => shortName(name))
      .join(', ');
  return inHalf('a') === '' ? [] : [{ caption, cells: [inHalf('a'), inHalf('b')] }];
}

function edgeRow(machines: readonly InventoryEntry[]): PictureRow[] {
  const elastic = machines.filter(({ role, half }) => role === 'edge' && half === 'all');
  const fixed = halfRow('edges, fixed', machines, 'edge');
  return [
    ...elastic.map(({ min, max, machineType }): PictureRow => ({
      caption: 'edges, autoscaled',
      cells: [`${min} to ${max} × ${machineType}, by egress`],
    })),
    ...fixed,
  ];
}

/** `live-origin-s1-a` is `s1`, `gateway-aws-a` is `aws`, `live-edge-3` is `3`. */
function shortName(name: string): string {
  const origin = /-origin-(s\d+)-[ab]$/.exec(name);
  const edge = /-edge-(\d+)$/.exec(name);
  const gateway = /^gateway-(.+)-[ab]$/.exec(name);
  return origin?.[1] ?? edge?.[1] ?? (gateway ? (gateway[1] ?? '') : name);
}

function shardsAt(platform: Platform, site: string): string[] {
  return Object.values(platform.topology.systems).flatMap(({ shards }) =>
    Object.entries(shards).flatMap(([shard, placement]) => (placement.site === site ? [shard] : [])),
  );
}
