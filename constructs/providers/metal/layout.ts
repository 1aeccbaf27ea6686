import { type Tier, tiers } from '../../contract/plan';
import type { Half } from '../../contract/site';
import { addressAt, parseCidr } from '../../util/cidr';
import { type BalancersSettings, type MetalSite } from './settings';

/** Slots of the transit tier that every site keeps for its routing hub: the router pair's floating address, then the switches. */
const transitSlots = { router: 1, a: 2, b: 3 } as const;
/** The router pair's machines stand on the first machine slot of the transit tier, one in each half. */
const routerMachineSlot = 1;

/** Devices stand at the end of a shared quarter, counted backwards, because services count up from its start. */
const placesFromEnd = { switch: { a: 0, b: 1 }, box: { a: 2, b: 3 }, floating: 4 } as const;
/** The same in the public block, where the switches have no address. */
const publicPlacesFromEnd = { box: { a: 0, b: 1 }, floating: 2 } as const;
/** Below the broadcast address and the one before it, which the address plan leaves free. */
const tail = 3;

/** VRRP group of the switches in every VLAN; machines that speak VRRP there use lower numbers. */
export const switchVrrpGroup = 254;

export const prefixLength = (cidr: string): number => parseCidr(cidr).prefix;
export const withPrefix = (address: string, cidr: string): string => `${address}/${prefixLength(cidr)}`;
export const withoutPrefix = (address: string): string => address.split('/')[0] ?? address;

function fromEnd(cidr: string, place: number): string {
  const block = parseCidr(cidr);
  return addressAt(cidr, block.last - block.first + 1 - tail - place);
}

/** The switch's own address in a tier; the tier's gateway is the VRRP address of both. */
export function switchAddress(site: MetalSite, half: Half, tier: Tier): string {
  if (tier === 'transit') return site.plan.shared('transit', transitSlots[half]);
  return fromEnd(site.plan.tiers[tier].shared, placesFromEnd.switch[half]);
}

/** Where everything that leaves the site goes: the floating address of the self-hosted router pair. */
export function routerFloatingAddress(site: MetalSite): string {
  return site.plan.shared('transit', transitSlots.router);
}

export function routerAddress(site: MetalSite, half: Half): string {
  return site.plan.machine('transit', half, routerMachineSlot);
}

/** A VLAN in which the balancer pair has addresses, and which. */
export interface BalancerVlan {
  readonly name: 'balancer' | 'public';
  readonly vlan: number;
  readonly interface: string;
  readonly cidr: string;
  readonly gateway: string;
  readonly self: Readonly<Record<Half, string>>;
  readonly floating: string;
}

/** VLANs of the balancer pair: the members' side, and the public one where the site has a public block. */
export function balancerVlans(site: MetalSite, balancers: BalancersSettings): BalancerVlan[] {
  const tier = site.plan.tiers.balancer;
  const inside: BalancerVlan = {
    name: 'balancer',
    vlan: tier.vlan,
    interface: balancers.interfaces.balancer,
    cidr: tier.cidr,
    gateway: tier.gateway,
    self: { a: fromEnd(tier.shared, placesFromEnd.box.a), b: fromEnd(tier.shared, placesFromEnd.box.b) },
    floating: fromEnd(tier.shared, placesFromEnd.floating),
  };
  const outside = publicVlan(site, balancers);
  return outside ? [inside, outside] : [inside];
}

function publicVlan(site: MetalSite, balancers: BalancersSettings): BalancerVlan | undefined {
  const block = site.settings.public;
  if (!block) return undefined;
  return {
    name: 'public',
    vlan: block.vlan,
    interface: balancers.interfaces.public ?? balancers.interfaces.balancer,
    cidr: block.cidr,
    gateway: block.gateway,
    self: { a: fromEnd(block.cidr, publicPlacesFromEnd.box.a), b: fromEnd(block.cidr, publicPlacesFromEnd.box.b) },
    floating: fromEnd(block.cidr, publicPlacesFromEnd.floating),
  };
}

/** Every address that a device of the site has for itself: no service may be given one. */
export function deviceAddresses(site: MetalSite): Set<string> {
  const switches = tiers.flatMap((tier) => [switchAddress(site, 'a', tier), switchAddress(site, 'b', tier)]);
  const boxes = site.settings.balancers ? balancerVlans(site, site.settings.balancers) : [];
  const own = boxes.flatMap(({ self, floating }) => [self.a, self.b, floating]);
  return new Set([
    ...switches,
    ...own,
    routerFloatingAddress(site),
    ...(site.settings.public ? [site.settings.public.gateway] : []),
  ]);
}
