import type { ImageReference } from './image';
import type { Handles, Half, Site } from './site';
import type { Tier } from './plan';

/** What a machine must be able to do; the adapter takes its smallest type that can. */
export interface MachineSize {
  readonly vcpu: number;
  readonly memoryGiB: number;
  readonly diskGiB: number;
  /** Sustained egress in Mbit/s that the machine type must be able to give. */
  readonly egressMbps: number;
}

/** One named machine with a planned address. */
export interface MachineSpec {
  /** Unique at its site and permanent: `live-origin-s1-a`. */
  readonly name: string;
  readonly role: string;
  readonly half: Half;
  readonly tier: Tier;
  readonly address: string;
  readonly size: MachineSize;
  readonly image: ImageReference;
  /** Rendered for the first boot, plain text, within the adapter's limit (checked before). May hold tokens. */
  readonly userData: string;
  /** Members of a group never share a host, where the provider can promise it. */
  readonly antiAffinity: string;
  /** Holds data that is lost with it: protected from deletion. */
  readonly stateful: boolean;
  /** Has a public address of its own; `publicAddressSlot` names it where the site owns its public block. */
  readonly public: boolean;
  readonly publicAddressSlot?: number;
  /** Forwards packets that are not its own: source/destination checks off. */
  readonly router: boolean;
  /** A further interface, into an adopted segment of a link. */
  readonly segment?: SegmentInterface;
}

/** A machine before it has an address, an image and a configuration: what a site must have room for. */
export type MachineDemand = Pick<MachineSpec, 'name' | 'role' | 'half' | 'size'>;

export interface SegmentInterface {
  readonly address: string;
  readonly cidr: string;
  readonly vlan: number;
  /** The adapter's own end of the segment, as its `circuitEnd` schema describes it. */
  readonly end: unknown;
}

export interface MachinesSpec {
  readonly site: Site;
  readonly network: Handles;
  readonly machines: readonly MachineSpec[];
}

export interface Machine {
  readonly name: string;
  readonly address: string;
  /** Allocated or planned; absent where the machine has none. May be a token. */
  readonly publicAddress?: string;
  /** What the adapter's balancer needs to know of it; keys without the machine's name. */
  readonly handles: Handles;
}
