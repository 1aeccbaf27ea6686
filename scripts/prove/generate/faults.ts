import type { Draft, DraftSystem } from './draft';
import type { Random } from './random';

/** Something that people get wrong. @returns false where the topology has no place for it */
type Fault = (random: Random, draft: Draft) => boolean;

/** Does one thing wrong, where there is room for it. */
export function applyFault(random: Random, draft: Draft): void {
  random.shuffle(faults).find((fault) => fault(random, draft));
}

const systemsOf = (draft: Draft): DraftSystem[] => Object.values(draft.systems);
const withShards = (draft: Draft): DraftSystem[] => systemsOf(draft).filter(({ shards }) => Object.keys(shards).length);
const withEdges = (draft: Draft): DraftSystem[] => systemsOf(draft).filter(({ edges }) => Object.keys(edges).length);
const keyOf = (random: Random, record: object): string => random.pick(Object.keys(record));

function inSystem(
  choose: (draft: Draft) => DraftSystem[],
  spoil: (system: DraftSystem, random: Random, draft: Draft) => void,
): Fault {
  return (random, draft) => {
    const able = choose(draft);
    if (able.length > 0) spoil(random.pick(able), random, draft);
    return able.length > 0;
  };
}

function atSite(able: (site: Draft['sites'][string]) => boolean, spoil: (site: Draft['sites'][string]) => void): Fault {
  return (random, draft) => {
    const sites = Object.values(draft.sites).filter(able);
    if (sites.length > 0) spoil(random.pick(sites));
    return sites.length > 0;
  };
}

const faults: readonly Fault[] = [
  inSystem(withShards, ({ shards }, random) => (shards[keyOf(random, shards)] = { site: 'nowhere' })),
  inSystem(withEdges, ({ edges }) => (edges['nowhere'] = { min: 1, max: 2 })),
  inSystem(
    withEdges,
    (system, random) => (system.sites = system.sites.filter((id) => id !== keyOf(random, system.edges))),
  ),
  inSystem(withEdges, (system) => (system.edge.drainSeconds = 86400)),
  inSystem(withEdges, ({ edges }, random) => (edges[keyOf(random, edges)] = { min: 4, max: 2 })),
  inSystem(withShards, ({ shards }, random, draft) => (shards['s65'] = { site: keyOf(random, draft.sites) })),
  inSystem(withShards, (system) => (system.origin.size.vcpu = 500)),
  inSystem(withShards, ({ shards }, random, draft) => {
    const site = draft.sites[shards[keyOf(random, shards)]?.site ?? ''];
    if (site) site.retired = true;
  }),
  inSystem(withShards, (system, random, draft) => {
    const name = keyOf(random, draft.systems);
    draft.systems[`${name.slice(0, 12).replace(/-$/, '')}-two`] = { ...structuredClone(system), edges: {} };
  }),
  inSystem(withShards, (system, random, draft) => {
    const { shards, edges } = system;
    Reflect.deleteProperty(
      draft.systems,
      Object.keys(draft.systems).find((name) => draft.systems[name] === system) ?? '',
    );
    draft.systems[random.pick(['network', 'gateway', 'live-'])] = { ...system, shards, edges };
  }),
  atSite(
    () => true,
    (site) => (site['store'] = 'nowhere'),
  ),
  atSite(
    ({ provider }) => provider === 'gcp' || provider === 'aws',
    (site) => (site['asn'] = 3000),
  ),
  atSite(
    ({ adoptedNetwork }) => adoptedNetwork !== undefined,
    (site) => (site['adoptedNetwork'] = '172.30.0.0/20'),
  ),
  atSite(
    ({ publicBlock }) => publicBlock !== undefined,
    (site) => {
      const block = String(site['publicBlock']).replace(/\/.*/, '/29');
      site['publicBlock'] = block;
      (site.settings['public'] as { cidr: string }).cidr = block;
    },
  ),
  (random, draft) => {
    const [one, other] = random.shuffle(Object.values(draft.sites));
    if (one && other) one.number = other.number;
    return other !== undefined;
  },
  (random, draft) => {
    if (Object.keys(draft.links).length === 0) return false;
    Reflect.deleteProperty(draft.links, keyOf(random, draft.links));
    return true;
  },
  (_, draft) => {
    const link = Object.values(draft.links).find(({ single }) => single);
    if (link) delete link.single;
    return link !== undefined;
  },
  (random, draft) => {
    const link = Object.values(draft.links).find(({ ends }) => ends.some((end) => isCloud(draft, end)));
    if (!link) return false;
    Object.assign(link, { layer: 2, single: true });
    delete link.backup;
    link.primary = { kind: 'segment', vlan: random.int(2, 4094), mtu: 1450, ends: {} };
    return true;
  },
  (random, draft) => {
    const site = draft.sites[keyOf(random, draft.sites)];
    Object.assign(draft.stores[String(site?.['store'])] ?? {}, { failureDomain: site?.['failureDomain'] });
    return true;
  },
  (random, draft) => {
    const { number } = random.pick(Object.values(draft.sites));
    draft.addresses.reserved = [`10.${64 + number}.0.0/22`];
    return true;
  },
];

const isCloud = (draft: Draft, site: string): boolean => ['gcp', 'aws'].includes(draft.sites[site]?.provider ?? '');
