import type { GatewayInput } from './gateway';

/** BGP keepalives every 3 s, and a peer is given up after three that are missing (RFC 4271, 4.4). */
export const gatewayHoldMilliseconds = 9000;

interface Session {
  readonly address: string;
  readonly path: { readonly id: 'primary' | 'backup'; readonly preference: number };
  readonly description: string;
}

/**
 * FRR for one end of a link. The preferred path is preferred both ways: local preference on what comes in, MED (1000
 * less the preference) and, for a backup path, two more hops on what goes out. Only the site's own prefixes, those that
 * it carries by declaration, and those of the peer pass.
 */
export function renderGatewayFrr(input: GatewayInput): string {
  const peers = sessions(input);
  const paths = new Map(peers.map((session) => [session.path.id, session.path]));
  return `frr defaults traditional
log syslog warnings
service integrated-vtysh-config
${prefixList('site', [...input.prefixes, ...input.transitPrefixes])}${prefixList('peer', input.peer.prefixes)}${[...paths.values()].map((path) => routeMaps(input.asn, path)).join('')}route-map to-hub permit 10
 match ip address prefix-list peer
exit
router bgp ${input.asn}
 bgp router-id ${input.address}
 no bgp network import-check
${peers.map((session) => neighbor(session.address, input.peer.asn, session.description, input.bfd)).join('')}${input.hubs.map((hub) => neighbor(hub, input.asn, 'hub', true)).join('')} address-family ipv4 unicast
${input.prefixes.map((prefix) => `  network ${prefix}\n`).join('')}${peers.map(policies).join('')}${input.hubs.map((hub) => `  neighbor ${hub} next-hop-self\n  neighbor ${hub} route-map to-hub out\n`).join('')}  maximum-paths 4
 exit-address-family
exit
`;
}

function sessions(input: GatewayInput): readonly Session[] {
  const tunnels = input.tunnels.map(({ tunnel, path }) => ({
    address: tunnel.peerInside,
    path,
    description: tunnel.id,
  }));
  const segment = input.segment;
  const routers = segment?.path.remote.map((address) => ({ address, path: segment.path, description: 'segment' }));
  return [...tunnels, ...(routers ?? [])];
}

/** Keepalive and hold time in seconds; the lower hold time of both ends counts (RFC 4271, 4.2). */
function neighbor(address: string, asn: number, description: string, bfd: boolean): string {
  const lines = [
    `remote-as ${asn}`,
    `description ${description}`,
    `timers 3 ${gatewayHoldMilliseconds / 1000}`,
    'timers connect 5',
    ...(bfd ? ['bfd'] : []),
  ];
  return lines.map((line) => ` neighbor ${address} ${line}\n`).join('');
}

function policies(session: Session): string {
  const { address, path } = session;
  return `  neighbor ${address} route-map ${path.id}-in in\n  neighbor ${address} route-map ${path.id}-out out\n`;
}

/** A peer may announce its subnets instead of the whole. */
function prefixList(name: string, prefixes: readonly string[]): string {
  return prefixes
    .map((prefix, index) => `ip prefix-list ${name} seq ${(index + 1) * 5} permit ${prefix} le 28\n`)
    .join('');
}

function routeMaps(asn: number, path: Session['path']): string {
  const prepend = path.id === 'backup' ? ` set as-path prepend ${asn} ${asn}\n` : '';
  return `route-map ${path.id}-in permit 10
 match ip address prefix-list peer
 set local-preference ${path.preference}
exit
route-map ${path.id}-out permit 10
 match ip address prefix-list site
 set metric ${Math.max(0, 1000 - path.preference)}
${prepend}exit
`;
}
