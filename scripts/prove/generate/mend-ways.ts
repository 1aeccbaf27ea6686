import type { Problem } from '../../../constructs/contract/problem';
import type { Draft, DraftSystem } from './draft';
import { addLink } from './links';
import { randomOf } from './random';

/** Takes the first of the ways that the fix names: links, with a transit between them, or another place. */
export function makeWay(draft: Draft, system: DraftSystem, { fix, value }: Problem): void {
  const [way = ''] = fix.split('; or ');
  const [, transit = ''] = /transit: true at sites\.(\w+)/.exec(way) ?? [];
  Object.assign(draft.sites[transit] ?? {}, { transit: true });
  for (const [, one = '', other = ''] of way.matchAll(/a link between (\w+) and (\w+) \(/g))
    addLink(randomOf(one.length), draft, one, other);
  const [, edgeSite] = /^Place the edges at (\w+)/.exec(way) ?? [];
  const [, shards = '', originSite] = /^Place (s\d.*) at (\w+)/.exec(way) ?? [];
  if (edgeSite) moveEdges(system, String(value), edgeSite);
  if (originSite) moveShards(system, shards.split(', '), originSite);
  if (way.startsWith('Leave the edges')) Reflect.deleteProperty(system.edges, String(value));
}

function moveEdges(system: DraftSystem, from: string, to: string): void {
  system.edges[to] = system.edges[from] ?? {};
  Reflect.deleteProperty(system.edges, from);
  if (!system.sites.includes(to)) system.sites.push(to);
}

function moveShards(system: DraftSystem, shards: readonly string[], to: string): void {
  for (const shard of shards) system.shards[shard] = { site: to };
  if (!system.sites.includes(to)) system.sites.push(to);
}
