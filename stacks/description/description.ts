import type { Half } from '../../constructs/contract/site';
import type { StackSpec } from '../../constructs/contract/stack';
import type { SimulatedSeed } from '../../constructs/contract/simulation';
import type { NeededName } from '../dns/dns';
import type { InventoryEntry } from '../inventory';
import type { PlatformBilling } from './billing';

/**
 * What a platform is beyond its resources, as plain data that is written beside a synthesised topology: whoever reviews or
 * draws a platform reads this, whatever revision made it, and never runs that revision's code.
 */
export interface PlatformDescription {
  readonly format: typeof descriptionFormat;
  /** Name of the topology. */
  readonly topology: string;
  /** Zone of the public names. */
  readonly domain: string;
  readonly sites: readonly DescribedSite[];
  /** In the order of deployment. */
  readonly stacks: readonly DescribedStack[];
  /** Fixed machines and elastic fleets. */
  readonly machines: readonly InventoryEntry[];
  readonly devices: readonly DescribedDevice[];
  readonly balancers: readonly DescribedBalancer[];
  readonly links: readonly DescribedLink[];
  /** Names that publishers, edges and viewers resolve. */
  readonly names: readonly NeededName[];
  /** What is expected to be there at each site before anybody deploys, as the simulated cloud needs it. */
  readonly expected: Readonly<Record<string, readonly SimulatedSeed[]>>;
  /** What bills go by, beside the resources. */
  readonly billing: PlatformBilling;
}

/** Its name, beside `manifest.json`. */
export const descriptionFile = 'platform.json';

/** Raised when a reader of the former could misunderstand it. */
export const descriptionFormat = 1;

export interface DescribedSite {
  readonly id: string;
  readonly label: string;
  readonly provider: string;
  readonly profile: string;
  readonly number: number;
  readonly cidr: string;
  readonly asn: number;
  readonly failureDomain: string;
  readonly retired: boolean;
  readonly transit: boolean;
}

export interface DescribedStack extends Pick<
  StackSpec,
  'id' | 'kind' | 'title' | 'sites' | 'half' | 'dependsOn' | 'after' | 'handleKeys' | 'empty'
> {
  /** Name of the system that it is a part of. */
  readonly system?: string;
  /** Where its state is. */
  readonly store: { readonly id: string; readonly kind: string; readonly failureDomain: string };
}

/** A device with a configuration of its own: a hardware balancer. */
export interface DescribedDevice {
  readonly site: string;
  readonly id: string;
  readonly half: Half;
  readonly stack: string;
}

/** What publishers or viewers meet first at a site. */
export interface DescribedBalancer {
  readonly site: string;
  readonly system: string;
  readonly stack: string;
  readonly role: 'ingest' | 'viewers';
  /** Made by the provider, or by machines of our own; devices at the site make it `native` too. */
  readonly kind: 'native' | 'pair';
  /** Machines or devices that are it, halves in order; empty where the provider shows none. */
  readonly members: readonly string[];
  /** Shards whose origins are behind it. */
  readonly shards: readonly string[];
}

export interface DescribedLink {
  readonly id: string;
  readonly stack: string;
  readonly ends: readonly [string, string];
  readonly layer: 2 | 3;
  readonly paths: readonly DescribedPath[];
}

export interface DescribedPath {
  readonly id: 'primary' | 'backup';
  readonly kind: 'vpn' | 'circuit' | 'segment';
  readonly mtu: number;
  /** Tunnels or circuits, by permanent id. */
  readonly parts: readonly { readonly id: string; readonly half?: Half }[];
}
