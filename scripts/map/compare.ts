import type { DescribedLink, DescribedPath, PlatformDescription } from '../../stacks/description/description';
import type { InventoryEntry } from '../../stacks/inventory';
import { type ChangeMarks, type MarkDetail, type Marked, keys } from './marks';

/** What is compared of a thing: in words, and as text. */
type Words<T> = Readonly<Record<string, (one: T) => string>>;

/**
 * What differs between two descriptions, as marks. They tell what the topology says, not what a provider makes of it: whether
 * a change replaces a machine is known from a plan alone.
 */
export function marksBetween(base: PlatformDescription, head: PlatformDescription): ChangeMarks {
  return {
    sites: compare(base.sites, head.sites, keys.site, siteWords),
    systems: compare(systemsOf(base), systemsOf(head), keys.system, {}),
    machines: withMoves(base, head, compare(base.machines, head.machines, keys.machine, machineWords)),
    devices: compare(base.devices, head.devices, keys.device, { half: ({ half }) => half }),
    balancers: compare(base.balancers, head.balancers, keys.balancer, {
      kind: ({ kind }) => kind,
      members: ({ members }) => members.join(', '),
      shards: ({ shards }) => shards.join(', '),
    }),
    links: compare(base.links, head.links, keys.link, {
      ends: ({ ends }) => ends.join(', '),
      layer: ({ layer }) => String(layer),
      paths: ({ paths }) => paths.map(({ id }) => id).join(', '),
    }),
    paths: compare(pathsOf(base), pathsOf(head), ({ link, id }) => keys.path(link, id), pathWords),
    names: compare(base.names, head.names, keys.name, {
      sites: ({ sites }) => sites.join(', '),
      address: ({ address }) => address ?? '',
    }),
    stacks: compare(base.stacks, head.stacks, keys.stack, {
      'state store': ({ store }) => store.id,
      content: ({ empty }) => (empty ? 'empty' : 'something'),
    }),
  };
}

const siteWords: Words<PlatformDescription['sites'][number]> = {
  label: ({ label }) => label,
  provider: ({ provider, profile }) => `${provider}, ${profile}`,
  number: ({ number }) => String(number),
  network: ({ cidr }) => cidr,
  'AS number': ({ asn }) => String(asn),
  'failure domain': ({ failureDomain }) => failureDomain,
  retired: ({ retired }) => yesOrNo(retired),
  transit: ({ transit }) => yesOrNo(transit),
};

const machineWords: Words<InventoryEntry> = {
  'machine type': ({ machineType }) => machineType,
  count: ({ min, max }) => (min === max ? String(min) : `${min} to ${max}`),
  address: ({ address }) => address ?? '',
  half: ({ half }) => half,
  shard: ({ shard }) => shard ?? '',
  stack: ({ stack }) => stack,
  'Mbit/s to viewers': ({ servesMbps }) => String(servesMbps ?? ''),
};

const pathWords: Words<DescribedPath> = {
  kind: ({ kind }) => kind,
  MTU: ({ mtu }) => String(mtu),
  parts: ({ parts }) => parts.map(({ id, half }) => (half ? `${id} (${half})` : id)).join(', '),
};

const yesOrNo = (value: boolean): string => (value ? 'yes' : 'no');

function compare<T>(base: readonly T[], head: readonly T[], key: (one: T) => string, words: Words<T>): Marked {
  const before = new Map(base.map((one) => [key(one), one]));
  const after = new Map(head.map((one) => [key(one), one]));
  const marked: Record<string, MarkDetail> = {};
  for (const name of before.keys()) if (!after.has(name)) marked[name] = { mark: 'removed', reasons: [] };
  for (const [name, now] of after) {
    const former = before.get(name);
    const reasons = former === undefined ? [] : differences(former, now, words);
    if (former === undefined) marked[name] = { mark: 'added', reasons };
    else if (reasons.length > 0) marked[name] = { mark: 'changed', reasons };
  }
  return marked;
}

function differences<T>(former: T, now: T, words: Words<T>): string[] {
  return Object.entries(words).flatMap(([word, read]) => {
    const [from, to] = [read(former), read(now)];
    return from === to ? [] : [`${word}: ${from || 'none'} → ${to || 'none'}`];
  });
}

/** The origins of a shard that stands at another site now say where it went. */
function withMoves(base: PlatformDescription, head: PlatformDescription, marked: Marked): Marked {
  const moved = (from: PlatformDescription, other: PlatformDescription, word: string): [string, MarkDetail][] =>
    from.machines.flatMap((machine) => {
      const mark = marked[keys.machine(machine)];
      const site = mark && mark.mark !== 'changed' && siteOfShard(other, machine);
      if (!mark || !site || site === machine.site) return [];
      return [[keys.machine(machine), { ...mark, reasons: [`shard ${machine.shard} ${word} ${site}`] }]];
    });
  return Object.fromEntries([
    ...Object.entries(marked),
    ...moved(base, head, 'moves to'),
    ...moved(head, base, 'comes from'),
  ]);
}

function siteOfShard({ machines }: PlatformDescription, { system, shard, half }: InventoryEntry): string | undefined {
  if (shard === undefined) return undefined;
  return machines.find((one) => one.system === system && one.shard === shard && one.half === half)?.site;
}

const systemsOf = ({ machines, balancers }: PlatformDescription) =>
  [...machines, ...balancers].flatMap(({ site, system }) => (system === undefined ? [] : [{ site, system }]));

const pathsOf = ({ links }: PlatformDescription) =>
  links.flatMap(({ id: link, paths }: DescribedLink) => paths.map((path) => ({ ...path, link })));
