import type { Adapter } from '../../constructs/contract/adapter';
import type { Platform } from '../../stacks/platform/platform';
import type { ShownView } from './view';

/** What each site does by its provider's own means, what machines of ours do there, and what it cannot do. */
export function capabilities(platform: Platform): ShownView {
  const places = Object.values(platform.places);
  const rows = Object.entries(described).map(([capability, describe]) => ({
    sites: [],
    cells: {
      capability,
      ...Object.fromEntries(places.map(({ site, adapter }) => [site.id, describe(adapter)])),
    },
  }));
  const providers = places.map(({ site }) => [site.id, `${site.provider}, ${site.profile}`]);
  return {
    title: 'Capabilities',
    columns: ['capability', ...places.map(({ site }) => site.id)],
    rows: [{ sites: [], cells: { capability: 'provider, profile', ...Object.fromEntries(providers) } }, ...rows],
  };
}

const present = (member: unknown): string => (member === undefined ? 'absent' : 'native');

const described: Readonly<Record<string, (adapter: Adapter) => string>> = {
  'balancer, active/standby': ({ facts }) => balancing(facts, 'active-standby'),
  'balancer, balanced': ({ facts }) => balancing(facts, 'balanced'),
  'autoscaled fleet': ({ elastic }) => (elastic ? 'native' : 'absent (elastic: "peak")'),
  'routing hub': ({ facts }) => facts.hub.kind,
  'transit between links': ({ facts }) => (facts.hub.transit ? 'can' : 'cannot'),
  'way to the internet': ({ facts }) => facts.egress,
  'link by circuit': ({ facts }) => facts.paths.circuit ?? 'refused',
  'link by VPN': ({ facts }) => facts.paths.vpn ?? 'refused',
  'link by stretched segment': ({ facts }) => facts.paths.segment ?? 'refused',
  'anti-affinity': ({ facts }) => facts.antiAffinity,
  'machine identity': ({ facts }) => facts.identity,
  zones: ({ facts }) => String(facts.zones),
  'user data': ({ facts }) => `${facts.limits.userDataBytes.value} bytes`,
  'longest drain': ({ facts }) => (facts.limits.drainSeconds ? `${facts.limits.drainSeconds.value} s` : ''),
  'global names': ({ dns }) => present(dns),
  'operators’ access': ({ access }) => (access ? 'native' : 'SSH certificates'),
  'state store': ({ stateStore }) => stateStore?.kind ?? 'absent',
};

function balancing(facts: Adapter['facts'], mode: 'active-standby' | 'balanced'): string {
  const own = facts.balancer.modes.includes(mode) && facts.balancer.healthChecks.includes('http');
  if (own) return 'native';
  return facts.balancer.modes.includes('balanced') ? 'HAProxy pair behind the provider’s own' : 'HAProxy pair, VRRP';
}
