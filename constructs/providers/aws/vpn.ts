import { CustomerGateway } from '@cdktf/provider-aws/lib/customer-gateway';
import { VpnConnection, type VpnConnectionConfig } from '@cdktf/provider-aws/lib/vpn-connection';
import { Lazy } from 'cdktf';
import type { Construct } from 'constructs';
import type { LinkEndSpec, Tunnel } from '../../contract/link';
import { joinHub } from './hub';
import { nameTag } from './naming';
import { providerOf } from './provider';
import { handleOf } from './settings';

/** Connections by the peer's endpoint; empty until `connect`. */
export type Connections = Map<number, VpnConnection>;

/** Above this a number goes into an argument of its own: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCustomerGateway.html */
const largestPlainAsn = 2147483647;
/** Seconds without an answer until a tunnel is dead: the shortest that AWS takes. */
export const deadPeerSeconds = 30;

/** One customer gateway and one connection for each outside address of the peer. */
export function makeConnections(
  own: Construct,
  spec: LinkEndSpec,
  tunnels: readonly Tunnel[],
  peerAddresses: readonly string[],
  connections: Connections,
): void {
  for (const endpoint of endpointsOf(tunnels)) {
    const connection = makeConnection(own, spec, endpoint, tunnelsTo(tunnels, endpoint), peerAddresses[endpoint]);
    joinHub(own, `vpn-${endpoint}-hub`, spec.site, spec.network, connection.transitGatewayAttachmentId);
    connections.set(endpoint, connection);
  }
}

/** AWS gives a connection two addresses, the lower endpoint the first of them. */
export function outsideAddress(connections: Connections, tunnels: readonly Tunnel[], tunnel: Tunnel): string {
  return Lazy.stringValue({
    produce: () => {
      const connection = connections.get(tunnel.peerEndpoint);
      if (!connection) throw new Error(`connect was not called before the address of ${tunnel.id} was needed`);
      const first = tunnelsTo(tunnels, tunnel.peerEndpoint)[0] === tunnel;
      return first ? connection.tunnel1Address : connection.tunnel2Address;
    },
  });
}

function makeConnection(
  own: Construct,
  spec: LinkEndSpec,
  endpoint: number,
  tunnels: readonly Tunnel[],
  peerAddress: string | undefined,
): VpnConnection {
  if (peerAddress === undefined) throw new Error(`the peer of ${spec.link} has no outside address ${endpoint}`);
  const provider = providerOf(own, spec.site.id);
  const tags = nameTag(spec.site, spec.link, `vpn-${endpoint}`);
  const gateway = new CustomerGateway(own, `customer-gateway-${endpoint}`, {
    provider,
    type: 'ipsec.1',
    ipAddress: peerAddress,
    ...asnArgument(spec.peer.asn),
    tags,
  });
  return new VpnConnection(own, `vpn-${endpoint}`, {
    provider,
    type: 'ipsec.1',
    customerGatewayId: gateway.id,
    transitGatewayId: handleOf(spec.network, 'transit-gateway'),
    staticRoutesOnly: false,
    ...tunnel1(tunnels[0]),
    ...tunnel2(tunnels[1]),
    tags,
  });
}

function asnArgument(asn: number): { bgpAsn: string } | { bgpAsnExtended: string } {
  return asn > largestPlainAsn ? { bgpAsnExtended: String(asn) } : { bgpAsn: String(asn) };
}

/** What both ends speak; GCP takes these too: https://cloud.google.com/network-connectivity/docs/vpn/concepts/supported-ike-ciphers */
const ciphers = {
  versions: ['ikev2'],
  encryption: ['AES256', 'AES256-GCM-16'],
  integrity: ['SHA2-256', 'SHA2-384', 'SHA2-512'],
  groups: [14, 16, 19, 20],
};

type TunnelArguments = Partial<VpnConnectionConfig>;

function tunnel1(tunnel: Tunnel | undefined): TunnelArguments {
  if (!tunnel) return {};
  return {
    tunnel1InsideCidr: tunnel.insideCidr,
    tunnel1PresharedKey: tunnel.preSharedKey,
    tunnel1IkeVersions: ciphers.versions,
    tunnel1Phase1EncryptionAlgorithms: ciphers.encryption,
    tunnel1Phase1IntegrityAlgorithms: ciphers.integrity,
    tunnel1Phase1DhGroupNumbers: ciphers.groups,
    tunnel1Phase2EncryptionAlgorithms: ciphers.encryption,
    tunnel1Phase2IntegrityAlgorithms: ciphers.integrity,
    tunnel1Phase2DhGroupNumbers: ciphers.groups,
    tunnel1DpdTimeoutSeconds: deadPeerSeconds,
    tunnel1DpdTimeoutAction: 'restart',
    tunnel1StartupAction: 'start',
  };
}

function tunnel2(tunnel: Tunnel | undefined): TunnelArguments {
  if (!tunnel) return {};
  return {
    tunnel2InsideCidr: tunnel.insideCidr,
    tunnel2PresharedKey: tunnel.preSharedKey,
    tunnel2IkeVersions: ciphers.versions,
    tunnel2Phase1EncryptionAlgorithms: ciphers.encryption,
    tunnel2Phase1IntegrityAlgorithms: ciphers.integrity,
    tunnel2Phase1DhGroupNumbers: ciphers.groups,
    tunnel2Phase2EncryptionAlgorithms: ciphers.encryption,
    tunnel2Phase2IntegrityAlgorithms: ciphers.integrity,
    tunnel2Phase2DhGroupNumbers: ciphers.groups,
    tunnel2DpdTimeoutSeconds: deadPeerSeconds,
    tunnel2DpdTimeoutAction: 'restart',
    tunnel2StartupAction: 'start',
  };
}

function endpointsOf(tunnels: readonly Tunnel[]): number[] {
  return [...new Set(tunnels.map((tunnel) => tunnel.peerEndpoint))].sort((a, b) => a - b);
}

function tunnelsTo(tunnels: readonly Tunnel[], endpoint: number): Tunnel[] {
  return tunnels.filter((tunnel) => tunnel.peerEndpoint === endpoint).sort((a, b) => a.endpoint - b.endpoint);
}
