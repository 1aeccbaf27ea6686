import type { Half } from './site';

/** Tiers of a site's network. The place in this list is the tier's slot in the address plan: append, never reorder. */
export const tiers = ['transit', 'balancer', 'origin', 'edge'] as const;
export type Tier = (typeof tiers)[number];

/** Zones of a site. Halves live in `a` and `b`; the third exists where the provider has three zones. */
export const zones = ['a', 'b', 'c'] as const;
export type Zone = (typeof zones)[number];

export interface TierPlan {
  /** The tier's whole range. */
  readonly cidr: string;
  /** The part of the range in each zone: the subnet of a zonal provider, a range of the one subnet elsewhere. */
  readonly zones: Readonly<Record<Zone, string>>;
  /** The last quarter: addresses of services and devices that no single machine owns. */
  readonly shared: string;
  /** First usable address: the router of the tier where the site's network has one of its own. */
  readonly gateway: string;
  /** VLAN id, 2 to 4094, where tiers are VLANs. */
  readonly vlan: number;
}

/** Computed addresses of one site: a pure function of the topology. Nothing here is allocated by a provider. */
export interface SitePlan {
  /** The site's permanent number in the topology, 1 to 63. */
  readonly number: number;
  readonly cidr: string;
  /** True where the range belongs to an adopted network: tiers are then ranges of that one network. */
  readonly adopted: boolean;
  readonly tiers: Readonly<Record<Tier, TierPlan>>;
  /**
   * Address of a fixed machine.
   * @param slot from 1; permanent for the machine (its shard's number, its place in a fixed fleet)
   * @throws ProblemsError when the zone's range has no such slot
   */
  machine(tier: Tier, half: Half, slot: number): string;
  /**
   * Address of a service or device that no machine owns (a floating address, a switch, a balancer's own address).
   * @param slot from 1
   */
  shared(tier: Tier, slot: number): string;
  /**
   * Address in the site's own public block; absent where the provider allocates public addresses.
   * @param slot from 1
   */
  public?(slot: number): string;
}
