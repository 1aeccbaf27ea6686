import { ComputeExternalVpnGateway } from '@cdktf/provider-google/lib/compute-external-vpn-gateway';
import { ComputeVpnTunnel } from '@cdktf/provider-google/lib/compute-vpn-tunnel';
import type { Construct } from 'constructs';
import type { LinkEndSpec, Tunnel, VpnPath } from '../../contract/link';
import { type Problem, refuse } from '../../contract/problem';
import { labelsOf, nameOf } from './names';
import { providerOf } from './provider';
import { bgpSession } from './session';
import { gcpSite } from './settings';

/** By number of addresses of the peer: https://cloud.google.com/network-connectivity/docs/vpn/concepts/topologies, read 2026-11-20. */
const redundancyTypes: Readonly<Record<number, string>> = {
  1: 'SINGLE_IP_INTERNALLY_REDUNDANT',
  2: 'TWO_IPS_REDUNDANCY',
  4: 'FOUR_IPS_REDUNDANCY',
};

/** HA VPN: tunnels to the peer's addresses, or to the peer's gateway where that is HA VPN too. */
export function vpnPath(scope: Construct, spec: LinkEndSpec, path: VpnPath, peers: readonly string[]): void {
  const far = farGateway(scope, spec, path, peers);
  for (const tunnel of path.tunnels) {
    const vpnTunnel = new ComputeVpnTunnel(scope, `tunnel-${tunnel.id}`, {
      provider: providerOf(scope, spec.site),
      name: nameOf(spec.site, [spec.link, tunnel.id]),
      region: gcpSite(spec.site).settings.region,
      vpnGateway: spec.network['vpn-gateway'],
      vpnGatewayInterface: tunnel.endpoint,
      ...far(tunnel),
      sharedSecret: tunnel.preSharedKey,
      ikeVersion: 2,
      router: spec.network['router'],
      labels: labelsOf(spec.site),
    });
    bgpSession(scope, spec, {
      id: tunnel.id,
      local: `${tunnel.inside}/30`,
      remote: tunnel.peerInside,
      over: { vpnTunnel: vpnTunnel.name },
      preference: path.preference,
      bfd: false,
    });
  }
}

type Far = { peerGcpGateway: string } | { peerExternalGateway: string; peerExternalGatewayInterface: number };

function farGateway(
  scope: Construct,
  spec: LinkEndSpec,
  path: VpnPath,
  peers: readonly string[],
): (tunnel: Tunnel) => Far {
  const peerGateway = googlePeer(spec);
  if (peerGateway !== undefined) return () => ({ peerGcpGateway: peerGateway });
  refuse(countProblems(spec, path, peers));
  const external = new ComputeExternalVpnGateway(scope, `peer-${path.id}`, {
    provider: providerOf(scope, spec.site),
    name: nameOf(spec.site, [spec.link, path.id]),
    redundancyType: redundancyTypes[peers.length],
    interface: peers.map((ipAddress, id) => ({ id, ipAddress })),
    labels: labelsOf(spec.site),
  });
  return (tunnel) => ({
    peerExternalGateway: external.selfLink,
    peerExternalGatewayInterface: tunnel.peerEndpoint,
  });
}

/** The peer's gateway, where it is on Google Cloud: an external gateway may not have an address of Cloud VPN. */
function googlePeer(spec: LinkEndSpec): string | undefined {
  return spec.peer.provider === 'gcp' ? spec.peer.network?.['vpn-gateway'] : undefined;
}

function countProblems(spec: LinkEndSpec, path: VpnPath, peers: readonly string[]): Problem[] {
  if (redundancyTypes[peers.length] !== undefined) return [];
  return [
    {
      path: `links.${spec.link}.${path.id}`,
      message: `HA VPN cannot have this number of outside addresses at ${spec.peer.site}`,
      value: peers.length,
      bound: '1, 2 or 4 addresses',
      fix: 'Give the far end two addresses.',
    },
  ];
}

/** Between two HA VPN gateways interface 0 meets 0, and 1 meets 1. */
export function vpnProblems(spec: LinkEndSpec, path: VpnPath): Problem[] {
  const crossed = spec.peer.provider === 'gcp' && path.tunnels.some((one) => one.endpoint !== one.peerEndpoint);
  const outside = path.tunnels.filter((tunnel) => tunnel.endpoint > 1);
  return [
    ...(crossed
      ? [
          {
            path: `links.${spec.link}.${path.id}`,
            message: 'Two HA VPN gateways join equal interfaces only',
            value: path.tunnels.map((tunnel) => `${tunnel.endpoint}-${tunnel.peerEndpoint}`),
            fix: 'Use two tunnels, 0 to 0 and 1 to 1.',
          },
        ]
      : []),
    ...outside.map((tunnel) => ({
      path: `links.${spec.link}.${path.id}`,
      message: 'An HA VPN gateway has two outside addresses',
      value: tunnel.endpoint,
      bound: '0 or 1',
      fix: 'Lay the tunnel from one of the two.',
    })),
  ];
}
