import type { Handles, Half, Site } from './site';

/** What one end of a link knows of the other. */
export interface LinkPeer {
  readonly site: string;
  readonly asn: number;
  /** Prefixes that the peer announces: its own and nothing else. */
  readonly prefixes: readonly string[];
  /** Name of the peer's provider: two hubs of one provider may meet in a way of their own. */
  readonly provider?: string;
  /** Handles of the peer's network, for an adapter of the same provider. */
  readonly network?: Handles;
}

export interface Tunnel {
  /** Permanent: `primary-1`. */
  readonly id: string;
  /** Which of this end's outside addresses carries it, from 0. */
  readonly endpoint: number;
  /** Which of the peer's outside addresses it goes to, from 0. */
  readonly peerEndpoint: number;
  /** The /30 inside the tunnel, from 169.254.0.0/16, and both addresses in it. */
  readonly insideCidr: string;
  readonly inside: string;
  readonly peerInside: string;
  /** Sensitive variable. */
  readonly preSharedKey: string;
}

/** IPsec with IKEv2 over the internet, routed by BGP. */
export interface VpnPath {
  readonly kind: 'vpn';
  readonly id: 'primary' | 'backup';
  /** BGP local preference, applied at both ends: the higher wins. */
  readonly preference: number;
  readonly mtu: number;
  readonly tunnels: readonly Tunnel[];
}

/** An ordered line: Cloud Interconnect, Direct Connect, a cross-connect. Adopted: people order it. */
export interface Circuit {
  readonly id: string;
  readonly half: Half;
  readonly vlan: number;
  /** BGP addresses with prefix length, as ordered (the provider allocates them). */
  readonly local: string;
  readonly remote: string;
  /** The peer's autonomous system number on this circuit, where its end has one of its own (AWS: `asn` of the Direct Connect gateway). @default `peer.asn` */
  readonly peerAsn?: number;
  /** This end of the circuit, as the adapter's `circuitEnd` schema describes it. */
  readonly end: unknown;
}

export interface CircuitPath {
  readonly kind: 'circuit';
  readonly id: 'primary' | 'backup';
  readonly preference: number;
  readonly mtu: number;
  readonly bfd: boolean;
  readonly circuits: readonly Circuit[];
}

/** A stretched layer-2 segment with addresses of its own, and BGP across it. */
export interface SegmentPath {
  readonly kind: 'segment';
  readonly id: 'primary' | 'backup';
  readonly preference: number;
  readonly mtu: number;
  readonly vlan: number;
  readonly cidr: string;
  /** Routers of this end on the segment, halves in order, and those of the peer. */
  readonly local: readonly string[];
  readonly remote: readonly string[];
  readonly end: unknown;
}

export type LinkPath = VpnPath | CircuitPath | SegmentPath;
export type LinkPathKind = LinkPath['kind'];

export interface LinkEndSpec {
  /** `gcp-idcf`: both site ids, sorted. */
  readonly link: string;
  readonly site: Site;
  readonly network: Handles;
  readonly peer: LinkPeer;
  readonly paths: readonly LinkPath[];
  /** Prefixes of other sites that this end announces beside its own, where the site is a transit. @default none */
  readonly transitPrefixes?: readonly string[];
}

/** One end of a link, in two steps: what it can make alone, then what needs the peer's outside addresses. */
export interface LinkEnd {
  /** By endpoint, for the tunnels of VPN paths. Tokens; may resolve only after `connect`. */
  readonly outsideAddresses: readonly string[];
  connect(peerOutsideAddresses: readonly string[]): void;
}
