import type { Place } from '../../constructs/contract/place';
import type { Problem } from '../../constructs/contract/problem';
import { groupBy } from '../../constructs/util/group';
import { either, kindsBetween, kindsOf } from './link-kinds';
import type { Platform } from './platform';
import { edgeOriginPairs, findRoute } from './reachability';

/** An edge fleet without a way to origins of its system. */
interface Gap {
  readonly platform: Platform;
  readonly system: string;
  readonly edge: Place;
  readonly origin: Place;
  readonly shards: readonly string[];
}

/** Edge fleets that cannot reach origins, each with what would make a way, as far as the ends can have it. */
export function checkWays(platform: Platform): Problem[] {
  const pairs = groupBy(edgeOriginPairs(platform), ({ system, edge, origin }) => `${system} ${edge} ${origin}`);
  return [...pairs.values()].flatMap((group) => {
    const [{ system, edge: from, origin: to }] = group as [(typeof group)[number]];
    const [edge, origin] = [platform.places[from], platform.places[to]];
    if (!edge || !origin || edge.retired || origin.retired || hasWay(platform, from, to)) return [];
    return [noWay({ platform, system, edge, origin, shards: group.map(({ shard }) => shard) })];
  });
}

const hasWay = (platform: Platform, one: string, other: string): boolean =>
  findRoute(platform, one, other) !== undefined && findRoute(platform, other, one) !== undefined;

function noWay(gap: Gap): Problem {
  const { system, edge, origin, shards } = gap;
  const [from, to] = [edge.site.id, origin.site.id];
  const ways = [...directLink(gap), ...transits(gap)];
  return {
    path: `systems.${system}.edges.${from}`,
    message: `the edges at "${from}" have no way to the origins of ${shards.join(', ')} at "${to}"`,
    value: from,
    bound: ways.length > 0 ? 'a link, or links to a site with transit: true' : noneBecause(edge, origin),
    fix: sentence(ways.length > 0 ? ways : otherPlaces(gap)),
  };
}

function sentence(ways: readonly string[]): string {
  const text = ways.join('; or ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const linkOf = (one: Place, other: Place): string =>
  `a link between ${one.site.id} and ${other.site.id} (${either(kindsBetween(one, other))})`;

function directLink({ edge, origin }: Gap): string[] {
  return kindsBetween(edge, origin).length > 0 ? [`add ${linkOf(edge, origin)}`] : [];
}

/** The site between the two that asks for the fewest new links, if there is one that can be a transit. */
function transits({ platform, edge, origin }: Gap): string[] {
  const able = Object.values(platform.places).filter(
    (place) => place !== edge && place !== origin && !place.retired && place.adapter.facts.hub.transit,
  );
  const possible = able.flatMap((place) => {
    const missing = [edge, origin].filter((end) => !isLinked(platform, place, end));
    return missing.every((end) => kindsBetween(place, end).length > 0) ? [{ place, missing }] : [];
  });
  const [best] = possible.sort((one, other) => one.missing.length - other.missing.length);
  return best ? [describeTransit(best.place, best.missing)] : [];
}

const isLinked = ({ links }: Platform, one: Place, other: Place): boolean =>
  links.some(({ ends, retired }) => !retired && ends.includes(one.site.id) && ends.includes(other.site.id));

function describeTransit(place: Place, missing: readonly Place[]): string {
  const declare = place.transit ? [] : [`write transit: true at sites.${place.site.id}`];
  const links = missing.map((end) => linkOf(place, end));
  const add = links.length > 0 ? [`add ${links.join(' and ')}`] : [];
  const both = links.length > 0 ? '' : ', which has links with both';
  return `${[...declare, ...add].join(' and ')}${both}`;
}

function noneBecause(edge: Place, origin: Place): string {
  const lone = [edge, origin].filter((place) => kindsOf(place).length === 0);
  const named = (place: Place): string => `"${place.site.id}" (${place.site.provider}, profile ${place.site.profile})`;
  if (lone.length > 0) return `${lone.map(named).join(' and ')} can have no links`;
  return [edge, origin].map((place) => `${named(place)} has links of kind ${either(kindsOf(place))}`).join('; ');
}

/** Where nothing can join the two: sites from which, or to which, there is a way as things are. */
function otherPlaces({ platform, system, edge, shards }: Gap): string[] {
  const live = platform.topology.systems[system];
  const edges = Object.keys(live?.edges ?? {});
  const origins = Object.values(live?.shards ?? {}).map(({ site }) => String(site));
  const standing = Object.values(platform.places).filter(({ retired }) => !retired);
  const reached = (from: string, to: readonly string[]): boolean => to.every((site) => hasWay(platform, from, site));
  const ids = standing.map(({ site }) => site.id).filter((id) => id !== edge.site.id);
  const forEdges = ids.filter((id) => !edges.includes(id) && reached(id, origins));
  const forShards = [edge.site.id, ...ids].filter((id) => reached(id, edges));
  return [
    ...(forEdges.length > 0 ? [`place the edges at ${either(forEdges)}`] : []),
    ...(forShards.length > 0 ? [`place ${shards.join(', ')} at ${either(forShards)}`] : []),
    `leave the edges at ${edge.site.id} out, or give ${edge.site.id} a system of its own`,
  ];
}
