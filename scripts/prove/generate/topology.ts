import { exampleDns } from './dns';
import type { Draft } from './draft';
import { applyFault } from './faults';
import { adapterAt } from './links';
import { pickSiteNames, pickSystemNames, platformName } from './names';
import { type Random, randomOf } from './random';
import { addSite, kinds } from './sites';
import { fillRacks } from './racks';
import { addSystem } from './systems';

/** How large a generated platform may be. Small ones take less time to deploy, so they are many, yet not most. */
interface Scale {
  readonly sites: readonly [number, number];
  readonly shards: readonly [number, number];
}
const scales: Readonly<Record<'tiny' | 'small' | 'middle' | 'large', Scale>> = {
  tiny: { sites: [1, 1], shards: [1, 2] },
  small: { sites: [2, 2], shards: [1, 4] },
  middle: { sites: [3, 4], shards: [1, 10] },
  large: { sites: [5, 8], shards: [5, 40] },
};

export function scaleOf(seed: number): keyof typeof scales {
  const place = seed % 20;
  return place === 0 ? 'large' : place <= 2 ? 'middle' : place <= 10 ? 'small' : 'tiny';
}

/** Of how many in a hundred topologies something is spoilt on purpose, beside what is too tight by chance. */
const faultyPercent = 30;

/** A topology that is right, or wrong in a way that people are wrong. The same for a seed, always. */
export function generateTopology(seed: number): Draft {
  const random = randomOf(seed);
  const scale = scales[scaleOf(seed)];
  const draft = emptyDraft(random, seed);
  placeSites(random, draft, random.int(...scale.sites));
  placeSystems(random, draft, random.int(...scale.shards));
  if (random.chance(50)) draft.dns = exampleDns(random, Object.keys(draft.stores));
  fillRacks(random, draft);
  if (random.chance(faultyPercent)) applyFault(random, draft);
  return draft;
}

function emptyDraft(random: Random, seed: number): Draft {
  return {
    name: platformName(random, seed),
    owner: random.pick(['o', 'streaming', 'o'.repeat(63), '0_9-z']),
    cost: random.pick(['c', 'live', 'c'.repeat(63)]),
    domain: random.pick(['example.com', 'a.io', `${'long'.repeat(15)}.${'domain'.repeat(10)}.example.com`]),
    addresses: { internal: '10.64.0.0/10', ...(random.chance(50) ? { reserved: ['10.0.0.0/16'] } : {}) },
    operators: { sshAuthority: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLE operators', prefixes: ['10.0.0.0/16'] },
    stores: storesOf(random),
    sites: {},
    links: {},
    systems: {},
  };
}

function storesOf(random: Random): Draft['stores'] {
  const all: Draft['stores'] = {
    bucket: { kind: 's3', bucket: 'states', region: 'ap-northeast-3', failureDomain: 'far-a', adopted: true },
    g: { kind: 'gcs', bucket: 'states-too', failureDomain: 'far-b', adopted: true },
    'a-store-of-twenty-ch': {
      kind: 'http',
      address: 'https://s.example.org/st',
      failureDomain: 'far-c',
      adopted: true,
    },
  };
  const names = random.shuffle(Object.keys(all)).slice(0, random.int(1, 3));
  return Object.fromEntries(names.map((name) => [name, all[name] ?? {}]));
}

function placeSites(random: Random, draft: Draft, count: number): void {
  const numbers = random.shuffle(Array.from({ length: 63 }, (_, index) => index + 1));
  // Small numbers are the usual ones, and the only ones that a narrow adopted network has room for.
  const low = random.chance(60) ? numbers.filter((number) => number <= 8) : numbers;
  pickSiteNames(random, count).forEach((id, index) => addSite(random, draft, id, low[index] ?? 1, random.pick(kinds)));
  const ids = Object.keys(draft.sites);
  if (ids.length > 2 && random.chance(25)) (draft.sites[ids[0] ?? ''] as { retired?: boolean }).retired = true;
  if (ids.length > 2 && random.chance(20)) shareDomain(draft, ids);
}

/** Two sites in one building: allowed, as long as neither is said to replace the other. */
function shareDomain(draft: Draft, [one, other]: readonly string[]): void {
  Object.assign(draft.sites[one ?? ''] ?? {}, { failureDomain: draft.sites[other ?? '']?.failureDomain });
}

/** A site without links has a system for itself; the others share one or two. */
function placeSystems(random: Random, draft: Draft, shards: number): void {
  const standing = Object.keys(draft.sites).filter((site) => !draft.sites[site]?.retired);
  const lonely = standing.filter((site) => Object.keys(adapterAt(draft, site).facts.paths).length === 0);
  const others = standing.filter((site) => !lonely.includes(site));
  const groups = [...lonely.map((site) => [site]), ...splitOften(random, others)].filter((group) => group.length > 0);
  const names = pickSystemNames(random, groups.length);
  groups.slice(0, names.length).forEach((group, index) => {
    if (random.chance(4)) return;
    const origins = random.shuffle(group).slice(0, random.int(1, 3));
    const edges = random.shuffle(group).slice(0, random.int(group.length > 1 ? 1 : 0, 3));
    const own = Math.max(1, Math.round(shards / groups.length));
    addSystem(random, draft, names[index] ?? 'live', { origins, edges, shards: own });
  });
}

function splitOften(random: Random, sites: readonly string[]): string[][] {
  if (sites.length < 3 || random.chance(60)) return [[...sites]];
  const at = random.int(1, sites.length - 1);
  return [sites.slice(0, at), sites.slice(at)];
}
