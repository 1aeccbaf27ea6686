import { needsRouterPair } from '../../constructs/hub';
import type { Place } from '../../constructs/contract/place';
import { type Half, halves } from '../../constructs/contract/site';
import type { StackSpec } from '../../constructs/contract/stack';
import type { Platform } from '../platform/platform';
import { routerMachine } from './router';

export const networkStackId = (site: string): string => `${site}-network`;

/** Stacks that a site has whatever is placed there: its network, its devices, its router pair. */
export function siteStacks(platform: Platform, place: Place): StackSpec[] {
  return [networkStack(platform, place), ...deviceStacks(platform, place), ...routerStacks(platform, place)];
}

const storeOf = (platform: Platform, place: Place): string => platform.topology.sites[place.site.id]?.store ?? '';

/** Everything in a network that takes one writer at a time: switches and hardware balancers of the site. */
export function sharedDevices(place: Place): string[] {
  return place.adapter.devices || place.adapter.facts.paths.segment === 'native' ? [`devices of ${place.site.id}`] : [];
}

function networkStack(platform: Platform, place: Place): StackSpec {
  const { site, adapter } = place;
  return {
    id: networkStackId(site.id),
    kind: 'network',
    title: `network of ${site.id}`,
    sites: [site.id],
    store: storeOf(platform, place),
    dependsOn: [],
    after: [],
    devices: sharedDevices(place),
    handleKeys: place.retired ? [] : adapter.networkHandles(site),
    empty: place.retired,
    build: (stack) => {
      adapter.configure(stack, site);
      if (place.retired) return {};
      const handles = adapter.network(stack, site);
      adapter.access?.(stack, 'access', site, handles);
      return handles;
    },
  };
}

function deviceStacks(platform: Platform, place: Place): StackSpec[] {
  const { site, adapter } = place;
  return (adapter.devices?.(site) ?? []).map((device) => ({
    id: `${site.id}-${device.id}`,
    kind: 'device',
    title: `${device.id} of ${site.id}`,
    sites: [site.id],
    half: device.half,
    store: storeOf(platform, place),
    dependsOn: [networkStackId(site.id)],
    after: [],
    devices: sharedDevices(place),
    handleKeys: [],
    empty: place.retired,
    build: (stack, read) => {
      adapter.configure(stack, site);
      if (!place.retired) device.build(stack, read(networkStackId(site.id)));
      return {};
    },
  }));
}

function routerStacks(platform: Platform, place: Place): StackSpec[] {
  if (!needsRouterPair(place)) return [];
  return halves.map((half) => routerStack(platform, place, half));
}

function routerStack(platform: Platform, place: Place, half: Half): StackSpec {
  const { site, adapter } = place;
  const network = networkStackId(site.id);
  return {
    id: `${site.id}-gateway-${half}`,
    kind: 'gateway',
    title: `router ${half} of ${site.id}`,
    sites: [site.id],
    half,
    store: storeOf(platform, place),
    // The standby first: half a changes only after half b stands again.
    dependsOn: half === 'a' ? [network, `${site.id}-gateway-b`] : [network],
    after: [],
    devices: [],
    handleKeys: [],
    empty: place.retired,
    build: (stack, read) => {
      adapter.configure(stack, site);
      if (!place.retired)
        adapter.machines(stack, 'router', {
          site,
          network: read(network),
          machines: [routerMachine(platform, place, half)],
        });
      return {};
    },
  };
}
