import type { Construct } from 'constructs';
import type { LinkPathKind } from '../../constructs/contract/link';
import type { Handles } from '../../constructs/contract/site';
import type { StackSpec } from '../../constructs/contract/stack';
import { type Enrolled, type Names, exampleSite } from './example-site';
import { dnsSpec, linkSpec, peerOutside, routerSpec } from './example-specs';

/** Stacks for what `live` at one site does not use: a machine with a public address, an end of a link, names, a state store. */
export function restOf(entry: Enrolled, names: Names, before: readonly StackSpec[]): StackSpec[] {
  return [
    gatewayStack(entry, names),
    ...linkStack(entry, names, before),
    ...dnsStack(entry, names),
    ...storeStack(entry, names),
  ];
}

function stack(id: string, names: Names, build: StackSpec['build'], more: Partial<StackSpec> = {}): StackSpec {
  const none = { dependsOn: [], after: [], devices: [], handleKeys: [], empty: false };
  return { ...none, id, kind: 'global', title: id, sites: [names.site], store: 'elsewhere', build, ...more };
}

/** A gateway beside the router pair, on the segment where machines of our own carry those. */
function gatewayStack(entry: Enrolled, names: Names): StackSpec {
  const { adapter, example } = entry;
  const network = `${names.site}-network`;
  const build = (scope: Construct, read: (id: string) => Handles): Handles => {
    const site = exampleSite(entry, names);
    const address = site.plan.machine('transit', 'a', gatewaySlot);
    const onSegment = adapter.facts.paths.segment === 'self-hosted';
    const segment = { address: '10.64.0.17', cidr: '10.64.0.16/28', vlan: 700, end: example.segment };
    const place = { name: 'gateway-there-a', address, publicAddressSlot: publicSlot };
    const machine = { ...routerSpec(site, 'a'), ...place, ...(onSegment ? { segment } : {}) };
    adapter.configure(scope, site);
    adapter.machines(scope, 'gateways', { site, network: read(network), machines: [machine] });
    return {};
  };
  return stack(`${names.site}-gateway`, names, build, { dependsOn: [network] });
}

/** Behind the places of the router pair. */
const gatewaySlot = 5;
/** Behind the places of shards. */
const publicSlot = 100;

function linkStack(entry: Enrolled, names: Names, before: readonly StackSpec[]): StackSpec[] {
  const { adapter } = entry;
  const all = Object.entries(adapter.facts.paths) as [LinkPathKind, string][];
  const kinds = all.filter(([, by]) => by === 'native').map(([kind]) => kind);
  if (kinds.length === 0) return [];
  const network = `${names.site}-network`;
  const build = (scope: Construct, read: (id: string) => Handles): Handles => {
    const site = exampleSite(entry, names);
    adapter.configure(scope, site);
    const end = adapter.link(scope, 'end', { ...linkSpec(scope, entry, read(network), inOrder(kinds)), site });
    end.connect(kinds.includes('vpn') ? peerOutside : []);
    return {};
  };
  // Devices take one writer at a time.
  return [stack(`link-${names.site}`, names, build, { dependsOn: [network], after: before.map(({ id }) => id) })];
}

/** An ordered line is the better path where there is one. */
const rank: readonly LinkPathKind[] = ['circuit', 'segment', 'vpn'];
const inOrder = (kinds: readonly LinkPathKind[]): LinkPathKind[] =>
  [...kinds].sort((one, other) => rank.indexOf(one) - rank.indexOf(other));

function dnsStack(entry: Enrolled, names: Names): StackSpec[] {
  const { dns } = entry.adapter;
  if (!dns) return [];
  const build = (scope: Construct): Handles => {
    const spec = { ...dnsSpec(entry), platform: names.platform, labels: exampleSite(entry, names).labels };
    dns.configure(scope, spec);
    dns.records(scope, 'records', spec);
    return {};
  };
  return [stack('dns', names, build)];
}

/** Holds states, so it refuses to be taken down. */
export const storeId = 'store';

function storeStack(entry: Enrolled, names: Names): StackSpec[] {
  const { stateStore } = entry.adapter;
  if (!stateStore) return [];
  const build = (scope: Construct): Handles => {
    const settings = entry.example.stateStore;
    const { labels } = exampleSite(entry, names);
    stateStore.configure(scope, settings);
    stateStore.bucket(scope, 'states', { name: `${names.platform}-states`, settings, labels });
    return {};
  };
  return [stack(storeId, names, build)];
}
