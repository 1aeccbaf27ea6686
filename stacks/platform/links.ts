import type { LinkPath, Tunnel } from '../../constructs/contract/link';
import type { Place } from '../../constructs/contract/place';
import { addressAt, formatCidr, toNumber } from '../../constructs/util/cidr';
import { sortedEntries } from '../../constructs/util/group';
import type { LinkInput, LinkPathInput } from '../topology/schema';
import type { Topology } from '../topology/topology';

/** A link with both views of it computed from one description, so that its ends always agree. */
export interface PlatformLink {
  /** Both site ids, sorted: `cage-gcp`. */
  readonly id: string;
  /** Key in the topology. */
  readonly key: string;
  readonly ends: readonly [string, string];
  readonly layer: 2 | 3;
  readonly store: string;
  /** A site at one end is being taken down, and this link with it. */
  readonly retired: boolean;
  /** Each path as each end sees it; the tunnels' keys are filled in by the stack. */
  readonly paths: Readonly<Record<string, readonly LinkPath[]>>;
  readonly input: LinkInput;
}

/** Links of a site whose end here is made by gateways of our own, each with the site at its other end. */
export function linksOfGateways(
  links: readonly PlatformLink[],
  { site: { id }, adapter }: Place,
): { readonly link: PlatformLink; readonly peer: string }[] {
  const own = links.filter(
    ({ retired, paths }) =>
      !retired && (paths[id] ?? []).some((path) => adapter.facts.paths[path.kind] === 'self-hosted'),
  );
  return own.map((link) => ({ link, peer: link.ends.find((end) => end !== id) ?? '' }));
}

type PathId = 'primary' | 'backup';

/** BGP local preference by path: the primary wins at both ends. */
const preference: Readonly<Record<PathId, number>> = { primary: 200, backup: 100 };
/** Inner MTU of an IPsec tunnel over a 1500-byte path: AWS 1436 with AES-128-SHA1, GCP 1390 with AES-GCM; the smaller serves both. */
const vpnMtu = 1390;

export function planLinks(topology: Topology, places: Readonly<Record<string, Place>>): PlatformLink[] {
  return sortedEntries(topology.links).flatMap(([key, input]) => {
    const known = input.ends.every((end) => places[end] !== undefined) && input.ends[0] !== input.ends[1];
    return known ? [planLink(key, input as LinkInput, places)] : [];
  });
}

function planLink(key: string, input: LinkInput, places: Readonly<Record<string, Place>>): PlatformLink {
  const ends = [...input.ends].sort() as [string, string];
  const views = ends.map((end, index) => [end, pathsOf(input, ends, index as 0 | 1, places)] as const);
  return {
    id: ends.join('-'),
    key,
    ends,
    layer: input.layer,
    store: input.store,
    retired: ends.some((end) => places[end]?.retired),
    paths: Object.fromEntries(views),
    input,
  };
}

function pathsOf(
  input: LinkInput,
  ends: readonly [string, string],
  own: 0 | 1,
  places: Readonly<Record<string, Place>>,
): LinkPath[] {
  const inputs: [PathId, LinkPathInput | undefined][] = [
    ['primary', input.primary],
    ['backup', input.backup],
  ];
  return inputs.flatMap(([id, path]) => (path ? [planPath(id, path, ends, own, places)] : []));
}

function planPath(
  id: PathId,
  path: LinkPathInput,
  ends: readonly [string, string],
  own: 0 | 1,
  places: Readonly<Record<string, Place>>,
): LinkPath {
  const common = { id, preference: preference[id] };
  const [self, peer] = [ends[own], ends[1 - own]] as [string, string];
  if (path.kind === 'vpn')
    return { ...common, kind: 'vpn', mtu: path.mtu ?? vpnMtu, tunnels: planTunnels(id, ends, own, places) };
  if (path.kind === 'circuit')
    return { ...common, kind: 'circuit', mtu: path.mtu, bfd: path.bfd, circuits: planCircuits(path, self, peer) };
  const cidr = segmentCidr(ends, places);
  const routers = (offset: number): string[] => [addressAt(cidr, offset), addressAt(cidr, offset + 1)];
  const [local, remote] = own === 0 ? [routers(1), routers(3)] : [routers(3), routers(1)];
  return { ...common, kind: 'segment', mtu: path.mtu, vlan: path.vlan, cidr, local, remote, end: path.ends[self] };
}

/** A far end with a gateway of its own on the circuit (Direct Connect) has a number of its own there. */
function farAsn(end: unknown): { peerAsn?: number } {
  const asn = (end as { asn?: number } | undefined)?.asn;
  return asn === undefined ? {} : { peerAsn: asn };
}

function planCircuits(path: Extract<LinkPathInput, { kind: 'circuit' }>, self: string, peer: string) {
  return sortedEntries(path.circuits).map(([id, circuit]) => ({
    id,
    half: circuit.half,
    vlan: circuit.vlan,
    local: circuit.addresses[self] ?? '',
    remote: circuit.addresses[peer] ?? '',
    ...farAsn(circuit.ends[peer]),
    end: circuit.ends[self],
  }));
}

/**
 * Two tunnels, one on each gateway of both ends; four where an end carries two on each pair of addresses (AWS).
 * An end that allocates its outside addresses with the connection has one for each tunnel.
 */
function planTunnels(
  path: PathId,
  ends: readonly [string, string],
  own: 0 | 1,
  places: Readonly<Record<string, Place>>,
): Tunnel[] {
  const vpn = ends.map((end) => places[end]?.adapter.facts.vpn);
  const perPair = Math.max(...vpn.map((facts) => facts?.tunnelsPerPeerAddress ?? 1));
  const endpoint = (end: 0 | 1, tunnel: number): number =>
    vpn[end]?.outsideAddresses === 'connection' ? tunnel : Math.floor(tunnel / perPair);
  return Array.from({ length: 2 * perPair }, (_, tunnel) => {
    const insideCidr = tunnelBlock(ends, places, tunnel);
    const addresses = [addressAt(insideCidr, 1), addressAt(insideCidr, 2)] as const;
    const allocating = vpn[0]?.outsideAddresses === 'connection' ? 0 : 1;
    const inside = [addresses[allocating === 0 ? 0 : 1], addresses[allocating === 0 ? 1 : 0]] as const;
    return {
      id: `${path}-${tunnel + 1}`,
      endpoint: endpoint(own, tunnel),
      peerEndpoint: endpoint((1 - own) as 0 | 1, tunnel),
      insideCidr,
      inside: inside[own],
      peerInside: inside[1 - own] as string,
      preSharedKey: '',
    };
  });
}

/** Both numbers of a pair of sites as one number: permanent, because sites' numbers are. */
function pairIndex(ends: readonly [string, string], places: Readonly<Record<string, Place>>): number {
  const [low, high] = ends.map((end) => places[end]?.site.plan.number ?? 0).sort((a, b) => a - b) as [number, number];
  return ((high - 1) * (high - 2)) / 2 + (low - 1);
}

/**
 * The /30 of a tunnel. Every pair of sites owns a /27 of 169.254.0.0/16: 1,953 pairs of 63 sites. The blocks that clouds
 * keep are the first of a /24 (AWS: 169.254.0.0/30 to 169.254.5.0/30) or the last (169.254.169.252/30, with the metadata
 * address): the first and the last block of each /27 stay unused, so that no pair ever meets them. Six are left, and
 * the one VPN path of a link needs four at most.
 */
function tunnelBlock(ends: readonly [string, string], places: Readonly<Record<string, Place>>, tunnel: number): string {
  return formatCidr(toNumber('169.254.0.0') + pairIndex(ends, places) * 32 + (1 + tunnel) * 4, 30);
}

/** The range of a stretched segment: a /28 of the platform's first site block, number 0, which no site has. */
function segmentCidr(ends: readonly [string, string], places: Readonly<Record<string, Place>>): string {
  const supernet = places[ends[0]]?.site.supernet ?? '10.0.0.0/10';
  return formatCidr(toNumber(supernet.split('/')[0] ?? '') + pairIndex(ends, places) * 16, 28);
}
