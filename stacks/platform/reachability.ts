import type { Place } from '../../constructs/contract/place';
import { gatewayHoldMilliseconds } from '../../constructs/selfhosted/gateway-frr';
import type { LinkPath } from '../../constructs/contract/link';
import type { PlatformLink } from './links';
import type { Platform } from './platform';

/** How one site gets to another over the internal network. */
export interface Route {
  readonly from: string;
  readonly to: string;
  /** Links in order; empty within one site. */
  readonly hops: readonly Hop[];
  /** Smallest MTU on the primary and on the backup path, in bytes. */
  readonly mtu: number;
  /** True when every link of the way has a second path. */
  readonly hasBackup: boolean;
}

export interface Hop {
  readonly link: string;
  readonly from: string;
  readonly to: string;
  readonly primary: LinkPath;
  readonly backup?: LinkPath;
  /** Milliseconds until the end that sends notices that the primary path is dead. */
  readonly detectionMs: number;
}

/** Ethernet without tunnels. */
const siteMtu = 1500;

/** The way with the fewest links; only sites that are declared as transit (and can be) carry others' traffic. */
export function findRoute(platform: Platform, from: string, to: string): Route | undefined {
  const hops = search(platform, from, to);
  if (!hops) return undefined;
  const mtus = hops.flatMap((hop) => [hop.primary.mtu, hop.backup?.mtu ?? siteMtu]);
  return { from, to, hops, mtu: Math.min(siteMtu, ...mtus), hasBackup: hops.every((hop) => hop.backup !== undefined) };
}

function search(platform: Platform, from: string, to: string): Hop[] | undefined {
  const queue: { site: string; hops: Hop[] }[] = [{ site: from, hops: [] }];
  const seen = new Set([from]);
  for (let next = queue.shift(); next; next = queue.shift()) {
    if (next.site === to) return next.hops;
    // A transit announces the sites that it has links with, and not what these carry: one transit on the way at most.
    if (next.hops.length > 1) continue;
    if (next.site !== from && !carriesTransit(platform, next.site)) continue;
    for (const link of routedLinks(platform, next.site)) {
      const peer = link.ends[0] === next.site ? link.ends[1] : link.ends[0];
      if (seen.has(peer)) continue;
      seen.add(peer);
      queue.push({ site: peer, hops: [...next.hops, hopOf(platform, link, next.site, peer)] });
    }
  }
  return undefined;
}

function carriesTransit(platform: Platform, site: string): boolean {
  const place = platform.places[site];
  return place !== undefined && place.transit && place.adapter.facts.hub.transit;
}

function routedLinks(platform: Platform, site: string): PlatformLink[] {
  return platform.links.filter((link) => link.ends.includes(site) && !link.retired);
}

function hopOf(platform: Platform, link: PlatformLink, from: string, to: string): Hop {
  const [primary, backup] = link.paths[from] ?? [];
  if (!primary) throw new Error(`link ${link.id} has no path at ${from}`);
  const detectionMs = detectionOf(platform.places[from], platform.places[to], primary);
  return { link: link.id, from, to, primary, detectionMs, ...(backup ? { backup } : {}) };
}

/**
 * With BFD an end waits for as many packets as its peer says, at the slower of both intervals (RFC 5880, 6.8.4). Without,
 * the lower of both hold times ends the session for both (RFC 4271, 4.2).
 */
function detectionOf(own: Place | undefined, peer: Place | undefined, path: LinkPath): number {
  const [one, other] = [own, peer].map((place) => place?.adapter.facts.circuitTimers?.bfd.value);
  if (path.kind === 'circuit' && path.bfd)
    return one && other ? other.multiplier * Math.max(one.intervalMs, other.intervalMs) : 0;
  const known = [own, peer].flatMap((place) => silenceAt(place, path) ?? []);
  return known.length > 0 ? Math.min(...known) : 0;
}

/** Milliseconds of silence after which an end gives a session up; a gateway of ours does so by BGP's hold time. */
function silenceAt(place: Place | undefined, { kind }: LinkPath): number | undefined {
  const { paths, circuitTimers, detectionMs } = place?.adapter.facts ?? {};
  if (paths?.[kind] === 'self-hosted') return gatewayHoldMilliseconds;
  return kind === 'circuit' ? circuitTimers?.holdMs.value : detectionMs?.[kind]?.value;
}

/** Every pair of sites that must talk: each edge fleet with each shard's origins, there and back. */
export function edgeOriginPairs(platform: Platform): { system: string; edge: string; shard: string; origin: string }[] {
  return Object.entries(platform.topology.systems).flatMap(([system, live]) =>
    Object.keys(live.edges).flatMap((edge) =>
      Object.entries(live.shards).map(([shard, { site }]) => ({ system, edge, shard, origin: site })),
    ),
  );
}
