import type { Platform } from '../../stacks/platform/platform';
import { edgeOriginPairs, findRoute, type Hop, type Route } from '../../stacks/platform/reachability';
import type { ShownRow, ShownView } from './view';

const columns = [
  'system',
  'edges at',
  'shard',
  'origins at',
  'way',
  'path',
  'transit',
  'backup',
  'noticed after',
  'smallest MTU',
] as const;

type Pair = ReturnType<typeof edgeOriginPairs>[number];

/** The way of each edge fleet to the origins of each shard, forward and back. */
export function reachability(platform: Platform): ShownView {
  const rows = edgeOriginPairs(platform).flatMap((pair) => [
    row(pair, 'forward', findRoute(platform, pair.edge, pair.origin)),
    row(pair, 'back', findRoute(platform, pair.origin, pair.edge)),
  ]);
  return { title: 'Reachability', columns, rows };
}

function row({ system, edge, shard, origin }: Pair, way: string, route: Route | undefined): ShownRow {
  const pair = { system, 'edges at': edge, shard, 'origins at': origin, way };
  if (!route) return { sites: [edge, origin], cells: { ...pair, path: 'none' } };
  const inside = route.hops.length === 0;
  return {
    sites: [route.from, route.to],
    cells: {
      ...pair,
      path: inside ? `within ${route.from}` : route.hops.map(describeHop).join(', then '),
      transit:
        route.hops
          .slice(1)
          .map(({ from }) => from)
          .join(', ') || 'none',
      backup: inside ? 'within the site' : describeBackup(route),
      'noticed after': inside
        ? ''
        : route.hops.map(({ detectionMs }) => (detectionMs > 0 ? `${detectionMs} ms` : 'unknown')).join(', '),
      'smallest MTU': String(route.mtu),
    },
  };
}

const describeHop = (hop: Hop): string => `${hop.link} (${hop.primary.kind})`;

function describeBackup(route: Route): string {
  return route.hops
    .map((hop) =>
      hop.backup ? hop.backup.kind : hop.primary.kind === 'vpn' ? 'none (tunnels on both gateways)' : 'none',
    )
    .join(', ');
}
