import type { BalancerMode } from './balancer';
import type { CpuLevel } from './image';
import type { LinkPathKind } from './link';

/** A number or statement of the world with where and when it was read. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
  readonly read: string;
}

export interface Prerequisite {
  /** Permanent: `compute-api`. The sandbox withholds it by this id. */
  readonly id: string;
  readonly kind:
    'api' | 'role' | 'quota' | 'grant' | 'offering' | 'image' | 'credential' | 'order' | 'network' | 'device';
  readonly what: string;
  /** The command that provides it, or the person. */
  readonly how: string;
  readonly source: string;
}

export interface MachineType {
  readonly name: string;
  readonly vcpu: number;
  readonly memoryGiB: number;
  /** Absent where a disk of any size can be had with it. */
  readonly diskGiB?: number;
  /** Sustained egress in Mbit/s. */
  readonly egressMbps: number;
  /** What every processor runs that a machine of this type may come with: it decides which image fits. */
  readonly cpu: CpuLevel;
  /** Roles that may have it. @default all */
  readonly roles?: readonly string[];
}

export type ChosenType = Pick<MachineType, 'name' | 'cpu'>;

/** What a site has to choose from for machines of one role. */
export interface MachineChoice {
  readonly types: readonly MachineType[];
  /** What to write below the site for another type, as a clause: `add a type to settings.machineTypes`. @default nothing helps */
  readonly more?: string;
}

export type AddressSetting = 'adoptedNetwork' | 'asn' | 'publicBlock' | 'vlanBase';

/** What is true of a provider (and profile), as data; every number carries its source. */
export interface AdapterFacts {
  readonly limits: {
    /** Bytes of user data, before any encoding that the adapter adds. */
    readonly userDataBytes: Sourced<number>;
    /** Characters of a machine's name. */
    readonly nameLength: Sourced<number>;
    /** Seconds that a leaving elastic machine can be given; absent without the `elastic` member. */
    readonly drainSeconds?: Sourced<number>;
  };
  /** Fields of `sites.<id>` about addresses that mean something here; the others are refused. */
  readonly addressSettings: readonly AddressSetting[];
  /** Blocks that no planned prefix may overlap. */
  readonly reservedBlocks: Sourced<readonly string[]>;
  /** Where the health checks of the adapter's own balancer come from; empty: from inside the site. */
  readonly healthCheckSources: Sourced<readonly string[]>;
  readonly identity: 'native' | 'bootstrap-token' | 'none';
  readonly antiAffinity: 'native' | 'operator' | 'unknown';
  /** Zones in which a site spreads: 3 in a cloud region, 2 racks. */
  readonly zones: 1 | 2 | 3;
  readonly balancer: {
    /** Modes of the adapter's own balancer; the self-hosted pair serves the others. */
    readonly modes: readonly BalancerMode[];
    /** Protocols that its health checks know; `none` where members are never checked over HTTP. */
    readonly healthChecks: readonly ('http' | 'tcp')[];
    /** Public addresses come from the site's own block (planned) or from the provider (outputs). */
    readonly publicAddresses: 'planned' | 'allocated';
  };
  readonly hub: {
    /** `native`: the network's own router speaks BGP; `self-hosted`: a router pair does; `none`: no routed links here. */
    readonly kind: 'native' | 'self-hosted' | 'none';
    /** Carries traffic between two of its links, where the topology declares the site a transit. */
    readonly transit: boolean;
  };
  /** Internet egress of machines without a public address. */
  readonly egress: 'native' | 'self-hosted';
  /** Link paths by who makes this end; an absent kind is refused. */
  readonly paths: Readonly<Partial<Record<LinkPathKind, 'native' | 'self-hosted'>>>;
  readonly vpn: {
    /** Tunnels that each pair of outside addresses carries. AWS: 2 per connection. */
    readonly tunnelsPerPeerAddress: 1 | 2;
    /** `hub`: known before the peer is; `connection`: allocated with the tunnel. Two `connection` ends cannot meet. */
    readonly outsideAddresses: 'hub' | 'connection';
  };
  /** Milliseconds until this end alone would notice that a path is dead; those of circuits are `circuitTimers`. */
  readonly detectionMs: Readonly<Partial<Record<Exclude<LinkPathKind, 'circuit'>, Sourced<number>>>>;
  /** Present where circuits are native. */
  readonly circuitTimers?: CircuitTimers;
  /** How an elastic machine learns that it is to go; absent where it is simply shut down. */
  readonly terminationNotice?: TerminationNotice;
  readonly prerequisites: readonly Prerequisite[];
}

/** What one end proposes for the BGP sessions of its circuits; what counts comes of both ends. */
export interface CircuitTimers {
  /** BFD, where the topology asks for it. */
  readonly bfd: Sourced<BfdTimers>;
  /** BGP's own hold time in milliseconds, which counts without BFD. */
  readonly holdMs: Sourced<number>;
}

export interface BfdTimers {
  readonly intervalMs: number;
  /** Packets in a row that may be lost. */
  readonly multiplier: number;
}

/** A page of the provider's metadata service that tells a machine of its end. */
export interface TerminationNotice {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole text of the page once the machine is to go. */
  readonly equals: string;
  /** A token to fetch first (PUT) and to send in a header of this name. */
  readonly token?: {
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly header: string;
  };
}
