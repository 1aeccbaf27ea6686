import { Construct } from 'constructs';
import type { CircuitPath, LinkEnd, LinkEndSpec, LinkPath, VpnPath } from '../../contract/link';
import { type Problem, refuse } from '../../contract/problem';
import { makeCircuits } from './circuit';
import { circuitProblems, vpnProblems } from './link-problems';
import { type Connections, makeConnections, outsideAddress } from './vpn';

/**
 * One end of an interconnect. A VPN connection is made for a peer's address, and only then does AWS give it addresses
 * of its own: `outsideAddresses` are tokens that resolve once `connect` has been called.
 */
export function link(scope: Construct, id: string, spec: LinkEndSpec): LinkEnd {
  refuse(checkLink(`${scope.node.path}/${id}`, spec));
  const own = new Construct(scope, id);
  spec.paths.filter(isCircuit).forEach((path) => makeCircuits(own, spec, path));
  const tunnels = spec.paths.filter(isVpn).flatMap((path) => path.tunnels);
  const connections: Connections = new Map();
  return {
    outsideAddresses: [...tunnels]
      .sort((one, other) => one.endpoint - other.endpoint)
      .map((tunnel) => outsideAddress(connections, tunnels, tunnel)),
    connect(peerOutsideAddresses) {
      makeConnections(own, spec, tunnels, peerOutsideAddresses, connections);
    },
  };
}

export const isVpn = (path: LinkPath): path is VpnPath => path.kind === 'vpn';
export const isCircuit = (path: LinkPath): path is CircuitPath => path.kind === 'circuit';

function checkLink(path: string, spec: LinkEndSpec): Problem[] {
  const segments = spec.paths.filter((each) => each.kind === 'segment');
  return [
    ...segments.map(() => ({
      path,
      message: 'AWS stretches no layer-2 segment into a VPC',
      fix: 'Make it a layer-3 link: a circuit (Direct Connect) or a VPN.',
    })),
    ...circuitProblems(path, spec),
    ...vpnProblems(path, spec),
  ];
}
