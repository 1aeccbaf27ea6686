import { ComputeRouterInterface } from '@cdktf/provider-google/lib/compute-router-interface';
import { ComputeRouterPeer, type ComputeRouterPeerBfd } from '@cdktf/provider-google/lib/compute-router-peer';
import type { Construct } from 'constructs';
import type { LinkEndSpec } from '../../contract/link';
import { nameOf } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';

export interface Session {
  /** Permanent, unique in the link: the tunnel's or the circuit's id. */
  readonly id: string;
  /** With prefix length. */
  readonly local: string;
  readonly remote: string;
  readonly over: { readonly vpnTunnel: string } | { readonly interconnectAttachment: string };
  readonly preference: number;
  readonly bfd: boolean;
}

/** The shortest that Cloud Router takes: 1 s, five times. https://cloud.google.com/network-connectivity/docs/router/concepts/bfd, read 2026-11-20. */
export const bfd = {
  sessionInitializationMode: 'ACTIVE',
  minTransmitInterval: 1000,
  minReceiveInterval: 1000,
  multiplier: 5,
} satisfies ComputeRouterPeerBfd;

/**
 * An interface of the Cloud Router and its BGP peer. Cloud Router knows no local preference: it announces one as MED, where
 * the lower wins, and takes the peer's MED as its own choice.
 */
export function bgpSession(scope: Construct, spec: LinkEndSpec, session: Session): void {
  const place = {
    provider: providerOf(scope, spec.site),
    name: nameOf(spec.site, [spec.link, session.id]),
    router: spec.network['router'] ?? '',
    region: gcpSite(spec.site).settings.region,
  };
  const face = new ComputeRouterInterface(scope, `interface-${session.id}`, {
    ...place,
    ipRange: session.local,
    ...session.over,
  });
  new ComputeRouterPeer(scope, `peer-${session.id}`, {
    ...place,
    interface: face.name,
    peerAsn: spec.peer.asn,
    peerIpAddress: session.remote,
    advertisedRoutePriority: medOf(session.preference),
    bfd: session.bfd ? bfd : undefined,
  });
}

/** MED for a local preference: the higher preference is the lower MED. */
export function medOf(preference: number): number {
  return Math.max(0, 1000 - preference);
}
