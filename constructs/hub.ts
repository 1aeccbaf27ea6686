import type { Route } from './contract/configuration';
import type { Place } from './contract/place';
import type { Half } from './contract/site';

/** Slots of the transit tier that every site keeps for its routing hub. */
const floatingSlot = 1;
const nativeSlots: Readonly<Record<Half, number>> = { a: 2, b: 3 };
export const routerSlot = 1;

/** The address that stays reachable when one router of the pair is gone. */
export function hubFloatingAddress(place: Place): string {
  return place.site.plan.shared('transit', floatingSlot);
}

/** Both routers of the hub: the pair's machines, or the site's own (switches) in the transit tier. */
export function hubAddress(place: Place, half: Half): string {
  return place.adapter.facts.hub.kind === 'self-hosted'
    ? routerAddress(place, half)
    : place.site.plan.shared('transit', nativeSlots[half]);
}

/** The router pair's own address: it is the hub where the hub is self-hosted, and stands beside the switches elsewhere. */
export function routerAddress(place: Place, half: Half): string {
  return place.site.plan.machine('transit', half, routerSlot);
}

/**
 * Whom the gateways of links speak BGP with. A router pair takes sessions from the whole transit range and passes
 * routes on to the switches; switches alone would have to know each gateway.
 */
export function gatewayHub(place: Place, half: Half): string {
  return needsRouterPair(place) ? routerAddress(place, half) : hubAddress(place, half);
}

/** Where the network itself does not know the way to other sites, hosts do. */
export function hubRoutes(place: Place): Route[] {
  return place.adapter.facts.hub.kind === 'self-hosted'
    ? [{ cidr: place.site.supernet, via: hubFloatingAddress(place) }]
    : [];
}

/** A router pair of machines stands where the hub or the way to the internet is self-hosted. */
export function needsRouterPair(place: Place): boolean {
  return place.adapter.facts.hub.kind === 'self-hosted' || place.adapter.facts.egress === 'self-hosted';
}
