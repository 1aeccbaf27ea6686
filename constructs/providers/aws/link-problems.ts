import type { CircuitPath, LinkEndSpec, VpnPath } from '../../contract/link';
import type { Problem } from '../../contract/problem';
import { addressAt } from '../../util/cidr';
import { groupBy } from '../../util/group';
import type { AwsCircuitEnd } from './settings';

/** Tunnels of one VPN connection: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
export const tunnelsPerConnection = 2;
/** Inside blocks that AWS keeps (same page). */
export const reservedInsideBlocks: readonly string[] = [
  '169.254.0.0/30',
  '169.254.1.0/30',
  '169.254.2.0/30',
  '169.254.3.0/30',
  '169.254.4.0/30',
  '169.254.5.0/30',
  '169.254.169.252/30',
];

export function circuitProblems(path: string, spec: LinkEndSpec): Problem[] {
  const circuits = spec.paths.filter((each): each is CircuitPath => each.kind === 'circuit');
  const asns = new Set(circuits.flatMap((each) => each.circuits.map((circuit) => (circuit.end as AwsCircuitEnd).asn)));
  return [...sameAsn(path, spec, asns), ...severalAsns(path, asns), ...vpnBeforeCircuit(path, spec)];
}

function sameAsn(path: string, { site }: LinkEndSpec, asns: ReadonlySet<number>): Problem[] {
  if (!asns.has(site.asn)) return [];
  return [
    {
      path: `${path}.circuits.ends.${site.id}.asn`,
      message: 'the Direct Connect gateway has the number of the site',
      value: site.asn,
      bound: 'different numbers: AWS refuses to associate two gateways that share one',
      fix: 'Give the Direct Connect gateway another private number, 4200000000 + the site number for instance.',
    },
  ];
}

function severalAsns(path: string, asns: ReadonlySet<number>): Problem[] {
  if (asns.size < 2) return [];
  return [
    {
      path: `${path}.circuits`,
      message: 'the circuits of one link end on one Direct Connect gateway, which has one number',
      value: [...asns],
      fix: 'Write the same asn at every circuit.',
    },
  ];
}

/** A transit gateway takes Direct Connect before any VPN: https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html */
function vpnBeforeCircuit(path: string, spec: LinkEndSpec): Problem[] {
  const [first, second] = [...spec.paths].sort((one, other) => other.preference - one.preference);
  if (first?.kind !== 'vpn' || second?.kind !== 'circuit') return [];
  return [
    {
      path: `${path}.primary`,
      message: 'AWS always prefers Direct Connect to a VPN for the same prefix',
      value: 'vpn',
      bound: 'primary circuit with a backup vpn, or vpn alone',
      fix: 'Make the circuit the primary path.',
    },
  ];
}

export function vpnProblems(path: string, spec: LinkEndSpec): Problem[] {
  const paths = spec.paths.filter((each): each is VpnPath => each.kind === 'vpn');
  const tunnels = paths.flatMap((each) => each.tunnels);
  const crowded = [...groupBy(tunnels, (tunnel) => String(tunnel.peerEndpoint))];
  return [
    ...crowded
      .filter(([, members]) => members.length > tunnelsPerConnection)
      .map(([peer, members]) => ({
        path,
        message: `too many tunnels to address ${peer} of ${spec.peer.site}`,
        value: members.length,
        bound: `${tunnelsPerConnection} for each address of the peer`,
        fix: 'Spread the tunnels over more addresses of the peer.',
      })),
    ...tunnels
      .filter((tunnel) => reservedInsideBlocks.includes(tunnel.insideCidr))
      .map((tunnel) => ({
        path: `${path}.${tunnel.id}`,
        message: 'AWS keeps this block for itself',
        value: tunnel.insideCidr,
        fix: 'Use another block of 169.254.0.0/16.',
      })),
    ...tunnels
      .filter((tunnel) => tunnel.inside !== addressAt(tunnel.insideCidr, 1))
      .map((tunnel) => ({
        path: `${path}.${tunnel.id}`,
        message: 'AWS takes the first address inside a tunnel',
        value: tunnel.inside,
        bound: addressAt(tunnel.insideCidr, 1),
        fix: 'Give the second one to the peer.',
      })),
  ];
}
