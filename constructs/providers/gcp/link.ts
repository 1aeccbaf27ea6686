import { Construct } from 'constructs';
import type { CircuitPath, LinkEnd, LinkEndSpec, SegmentPath, VpnPath } from '../../contract/link';
import { type Problem, refuse } from '../../contract/problem';
import { circuitPath, circuitProblems } from './circuit';
import { vpnPath, vpnProblems } from './vpn';

/**
 * This end of a link on the site's Cloud Router: HA VPN tunnels and adopted VLAN attachments.
 * @throws ProblemsError for a stretched segment, a partner circuit on another number than 16550, two circuits of one domain
 */
export function link(scope: Construct, id: string, spec: LinkEndSpec): LinkEnd {
  const within = new Construct(scope, id);
  const circuits = spec.paths.filter((path): path is CircuitPath => path.kind === 'circuit');
  const tunnels = spec.paths.filter((path): path is VpnPath => path.kind === 'vpn');
  const segments = spec.paths.filter((path): path is SegmentPath => path.kind === 'segment');
  refuse([
    ...segments.map((path) => noSegment(spec, path)),
    ...circuits.flatMap((path) => circuitProblems(spec, path)),
    ...tunnels.flatMap((path) => vpnProblems(spec, path)),
  ]);
  for (const path of circuits) circuitPath(within, spec, path);
  return {
    outsideAddresses: [spec.network['vpn-address-0'] ?? '', spec.network['vpn-address-1'] ?? ''],
    connect: (peerOutsideAddresses) => {
      for (const path of tunnels) vpnPath(within, spec, path, peerOutsideAddresses);
    },
  };
}

function noSegment(spec: LinkEndSpec, path: SegmentPath): Problem {
  return {
    path: `links.${spec.link}.${path.id}`,
    message: 'Google Cloud has no stretched segments',
    value: path.kind,
    fix: 'Use a routed path: vpn or circuit.',
  };
}
