import type { ConfigurationFile, MachineConfiguration } from '../contract/configuration';
import type { LinkPeer, SegmentPath, Tunnel, VpnPath } from '../contract/link';
import { firewallFolder, outermost } from '../host-firewall';
import { baseFirewall, rule, type MachineBase } from '../machine-base';
import { frrFiles, routerSettings } from './frr';
import { renderGatewayFrr } from './gateway-frr';
import { segmentUnit } from './segment';
import { ipsecParts } from './ipsec';
import { processHealth } from './process-health';

/** One tunnel that ends on this machine. */
export interface GatewayTunnel {
  readonly path: Pick<VpnPath, 'id' | 'preference' | 'mtu'>;
  readonly tunnel: Tunnel;
  /** The peer's outside address. May be a token. */
  readonly peerOutside: string;
}

/** A stretched segment that this machine has an interface in. */
export interface GatewaySegment {
  readonly path: Pick<SegmentPath, 'id' | 'preference' | 'mtu' | 'cidr' | 'remote'>;
  readonly address: string;
}

export interface GatewayInput {
  readonly base: MachineBase;
  readonly asn: number;
  /** Planned address in the transit range. */
  readonly address: string;
  /** Public address as the peer sees it; the identity of this end. May be a token. Absent without tunnels. */
  readonly outside?: string;
  /** Both machines of the site's hub. */
  readonly hubs: readonly string[];
  /** Prefixes of this site. */
  readonly prefixes: readonly string[];
  /** Prefixes of other sites that the topology lets through this one to the peer. */
  readonly transitPrefixes: readonly string[];
  readonly peer: LinkPeer;
  readonly tunnels: readonly GatewayTunnel[];
  readonly segment?: GatewaySegment;
  /** Where both ends can: AWS and GCP do not speak BFD over VPN tunnels. */
  readonly bfd: boolean;
  /** Smallest MTU of all paths that traffic of this site may take, in bytes. */
  readonly smallestMtu: number;
}

/** One machine of the pair that ends one link: IPsec tunnels or a stretched segment, with BGP over each. */
export function gatewayConfiguration(input: GatewayInput): MachineConfiguration {
  const ipsec = input.tunnels.length > 0 ? ipsecParts(input.outside ?? input.address, input.tunnels) : undefined;
  const health = processHealth(['bgpd', 'zebra', ...(ipsec ? ['charon-systemd'] : [])]);
  return {
    hostname: input.base.hostname,
    files: [
      ...frrFiles(renderGatewayFrr(input), { bfd: true }),
      forwardFile(input),
      ...(ipsec?.files ?? []),
      ...health.files,
    ],
    units: [
      ...(input.segment ? [segmentUnit(input.address, input.segment)] : []),
      ...(ipsec?.units ?? []),
      { name: 'frr.service' },
      ...health.units,
    ],
    sysctl: routerSettings,
    firewall: [...baseFirewall(input.base), ...routingRules(input), ...(ipsec?.firewall ?? [])],
    routes: input.base.routes,
    sshAuthority: input.base.sshAuthority,
    commands: [],
  };
}

function routingRules(input: GatewayInput): MachineConfiguration['firewall'] {
  const peers = [
    ...input.hubs,
    ...input.tunnels.map(({ tunnel }) => tunnel.peerInside),
    ...(input.segment?.path.remote ?? []),
  ];
  const from = peers.map((address) => `${address}/32`);
  return [
    ...rule({ protocol: 'tcp', ports: [179], from, why: 'BGP' }),
    ...rule({ protocol: 'udp', ports: [3784, 3785], from, why: 'BFD' }),
  ];
}

/**
 * Only sources of this site, of those that it carries and of the peer are forwarded; 169.254.0.0/16 are the insides of
 * tunnels. TCP over IPv4 has 40 bytes of headers (RFC 9293, 3.7.1); the kernel only ever lowers the option.
 */
function forwardFile(input: GatewayInput): ConfigurationFile {
  const sources = [...input.prefixes, ...input.transitPrefixes, ...input.peer.prefixes, '169.254.0.0/16'];
  return {
    path: `${firewallFolder}/forward.nft`,
    mode: '0644',
    content: `table ip watari-forward
delete table ip watari-forward
table ip watari-forward {
  chain forward {
    type filter hook forward priority mangle;
    ip saddr != { ${outermost(sources).join(', ')} } drop
    tcp flags syn tcp option maxseg size set ${input.smallestMtu - 40}
  }
}
`,
  };
}
