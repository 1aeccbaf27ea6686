import { balancerPairs, liveAtSite } from '../live/model';
import { shardNumber } from '../live/placement';
import { type Problem, ProblemsError } from '../../constructs/contract/problem';
import { groupBy } from '../../constructs/util/group';
import type { LiveInput } from '../topology/schema';
import type { Topology } from '../topology/topology';
import { checkSizes } from './check-sizes';
import { checkWays } from './check-ways';
import type { Platform } from './platform';

type Live = Topology['systems'][string];

/** What is wrong with placements: sites, capabilities, limits, ways. */
export function checkSystems(platform: Platform): Problem[] {
  const systems = Object.entries(platform.topology.systems);
  return [
    ...systems.flatMap(([name, live]) => [
      ...checkPlacement(platform, name, live),
      ...checkEdges(platform, name, live),
      ...checkWeights(name, live),
      ...checkShards(platform, name, live),
    ]),
    ...checkSizes(platform),
    ...checkWays(platform),
    ...checkSharedSlots(platform.topology),
    ...checkSharedPairs(platform),
    ...checkAddresses(platform),
  ];
}

function placements(live: Live): { at: string; site: string }[] {
  return [
    ...Object.entries(live.shards).map(([shard, { site }]) => ({ at: `shards.${shard}.site`, site: String(site) })),
    ...Object.keys(live.edges).map((site) => ({ at: `edges.${site}`, site })),
  ];
}

function checkPlacement(platform: Platform, name: string, live: Live): Problem[] {
  return placements(live).flatMap(({ at, site }) => {
    const path = `systems.${name}.${at}`;
    if (!live.sites.includes(site))
      return [
        {
          path,
          message: `system "${name}" has no stacks at this site`,
          value: site,
          bound: live.sites.join(', '),
          fix: `Add "${site}" to systems.${name}.sites.`,
        },
      ];
    return platform.places[site]?.retired
      ? [{ path, message: 'this site is retired', value: site, fix: 'Place it on another site.' }]
      : [];
  });
}

const mostShards = 64;
function checkShards({ topology }: Platform, name: string, live: Live): Problem[] {
  return Object.keys(live.shards)
    .filter((shard) => shardNumber(shard) > mostShards)
    .map((shard, index) => ({
      path: `systems.${name}.shards.${shard}`,
      message: 'is beyond the address plan',
      value: shard,
      bound: `s1 to s${mostShards}`,
      fix: `${useFree(freeShards(topology)[index])}.`,
    }));
}

/** Numbers that no system has anywhere, so that they are free at every site; the lowest first. */
function freeShards({ systems }: Topology): string[] {
  const taken = Object.values(systems).flatMap(({ shards }) => Object.keys(shards));
  return Array.from({ length: mostShards }, (_, index) => `s${index + 1}`).filter((name) => !taken.includes(name));
}

const useFree = (free: string | undefined): string =>
  free ? `Use ${free}, which is free` : 'Use a number that no system has at the site';

function checkEdges(platform: Platform, name: string, live: Live): Problem[] {
  return Object.entries(live.edges).flatMap(([site, fleet]) => {
    const place = platform.places[site];
    const path = `systems.${name}.edges.${site}`;
    if (!place || !fleet || 'elastic' in fleet) return [];
    if (!place.adapter.elastic)
      return [
        {
          path,
          message: `${place.site.provider} (profile ${place.site.profile}) cannot autoscale`,
          value: fleet,
          bound: 'capability elastic',
          fix: `Write { elastic: "peak", count: N } to ask for a fixed fleet sized at the peak, or place the edges elsewhere.`,
        },
      ];
    const most = place.adapter.facts.limits.drainSeconds;
    const wrong: Problem[] = [];
    if (fleet.min > fleet.max)
      wrong.push({ path, message: 'min is above max', value: fleet, bound: 'min <= max', fix: 'Swap them.' });
    if (most && live.edge.drainSeconds > most.value)
      wrong.push({
        path: `systems.${name}.edge.drainSeconds`,
        message: `site "${site}" cannot drain that long (${most.source})`,
        value: live.edge.drainSeconds,
        bound: `at most ${most.value} s`,
        fix: 'Lower it, or place these edges elsewhere.',
      });
    return wrong;
  });
}

/** Systems of one kind share the tiers of a site: a shard's number is its address, so it may be used once at each site. */
function checkSharedSlots(topology: Topology): Problem[] {
  const systems = Object.entries(topology.systems);
  const shards = systems.flatMap(([name, live]) =>
    Object.entries(live.shards).map(([shard, { site }]) => ({
      key: `${String(site)} ${shard}`,
      path: `systems.${name}.shards.${shard}`,
    })),
  );
  const fleets = systems.flatMap(([name, live]) =>
    Object.keys(live.edges).map((site) => ({ key: site, path: `systems.${name}.edges.${site}` })),
  );
  const free = freeShards(topology);
  return [
    ...sharedSlots(shards, (index) => `${useFree(free[index])}, or place the shard at another site.`),
    ...sharedSlots(fleets, () => 'Place these edges at another site, or make both systems one.'),
  ];
}

function sharedSlots(
  uses: readonly { readonly key: string; readonly path: string }[],
  fix: (index: number) => string,
): Problem[] {
  const later = [...groupBy(uses, ({ key }) => key).values()].flatMap(([first, ...others]) =>
    others.map(({ path }) => ({ path, first: first?.path })),
  );
  return later.map(({ path, first }, index) => ({
    path,
    message: `its machines would have the same addresses as those of ${first}`,
    bound: 'at each site each shard number once, and one edge fleet, over all systems',
    fix: fix(index),
  }));
}

/** Viewers are spread by weight: without any, nobody is sent anywhere. */
function checkWeights(name: string, { edges }: Live): Problem[] {
  const weights = Object.values(edges).map((fleet) => fleet?.weight);
  if (weights.length === 0 || weights.some((weight) => weight !== 0)) return [];
  return [
    {
      path: `systems.${name}.edges`,
      message: 'every edge fleet has weight 0, so that no viewer is sent anywhere',
      value: weights,
      bound: 'at least one weight above 0',
      fix: 'Give one of them a weight, or leave it out for a share by capacity.',
    },
  ];
}

/** A site has one place for each pair of balancers: two systems cannot both bring one. */
function checkSharedPairs(platform: Platform): Problem[] {
  const pairs = Object.entries(platform.topology.systems).flatMap(([name, input]) =>
    Object.values(platform.places)
      .filter(({ site }) => input.sites.includes(site.id))
      .flatMap((place) => {
        const pair = balancerPairs(liveAtSite(name, input as LiveInput, place, '', ''));
        return pair.map(({ role }) => ({ key: `${place.site.id} ${role}`, name, site: place.site.id, role }));
      }),
  );
  return [...groupBy(pairs, ({ key }) => key).values()].flatMap(([first, ...others]) =>
    others.map(({ name, site, role }) => ({
      path: `systems.${name}.${role === 'ingest' ? 'shards' : `edges.${site}`}`,
      message: `would stand on the ${role} balancer pair of another system, "${first?.name}", at this site`,
      value: site,
      bound: 'one self-hosted balancer pair of each role at a site',
      fix: 'Make both one system, or place one of them at another site.',
    })),
  );
}

/** Addresses that the plan cannot give, found by asking for each that a placement uses. */
function checkAddresses(platform: Platform): Problem[] {
  return Object.entries(platform.topology.systems).flatMap(([name, live]) => [
    ...Object.entries(live.shards).flatMap(([shard, { site }]) =>
      misplaced(`systems.${name}.shards.${shard}`, () =>
        platform.places[String(site)]?.site.plan.machine('origin', 'a', shardNumber(shard)),
      ),
    ),
    ...Object.entries(live.edges).flatMap(([site, fleet]) => {
      if (!fleet || !('elastic' in fleet)) return [];
      const slot = Math.ceil(fleet.count / 2);
      return misplaced(`systems.${name}.edges.${site}.count`, () =>
        platform.places[site]?.site.plan.machine('edge', 'a', slot),
      );
    }),
  ]);
}

/** What the plan says to an address, with the place that asks for it. Both halves have as many: one is asked. */
function misplaced(path: string, ask: () => unknown): Problem[] {
  try {
    ask();
    return [];
  } catch (error) {
    if (error instanceof ProblemsError)
      return error.problems.map((problem) => ({ ...problem, path, message: `${problem.message} (${problem.path})` }));
    throw error;
  }
}
