import type { MachineType } from '../../constructs/contract/facts';
import type { MachineSize } from '../../constructs/contract/machines';
import type { Place } from '../../constructs/contract/place';
import type { Problem } from '../../constructs/contract/problem';
import { needsRouterPair } from '../../constructs/hub';
import { gatewaySize } from '../../constructs/selfhosted/link-end';
import { balancerPairs, defaultBalancerSize, liveAtSite } from '../live/model';
import { routerSize } from '../site/router';
import type { LiveInput } from '../topology/schema';
import { linksOfGateways } from './links';
import type { Platform } from './platform';

/** A size that somebody asks of a site, and where it is written. */
interface Wish {
  readonly path: string;
  readonly place: Place;
  readonly role: string;
  readonly size: MachineSize;
  /** The size is Watari's own: nobody can lower it. */
  readonly fixed?: true;
}

/** Sizes that no machine type of a site gives: of origins, edges, balancer pairs, and of the gateways of a site. */
export function checkSizes(platform: Platform): Problem[] {
  const wishes = [
    ...Object.entries(platform.topology.systems).flatMap(([name, live]) =>
      systemWishes(platform, name, live as LiveInput),
    ),
    ...Object.values(platform.places).flatMap((place) => gatewayWishes(platform, place)),
  ];
  return wishes.flatMap((wish) =>
    wish.place.adapter.machineType(wish.place.site, wish.size, wish.role) === undefined ? [noType(wish)] : [],
  );
}

function systemWishes({ places }: Platform, name: string, input: LiveInput): Wish[] {
  const path = (part: string): string => `systems.${name}.${part}`;
  return Object.values(places).flatMap((place) => {
    const live = liveAtSite(name, input, place, '', '');
    const origins: Wish = { path: path('origin.size'), place, role: 'origin', size: input.origin.size };
    const edges: Wish = { path: path('edge.size'), place, role: 'edge', size: input.edge.size };
    const size = input.balancerSize ?? defaultBalancerSize;
    const pair: Wish = { path: path('balancerSize'), place, role: 'balancer', size };
    return [
      ...(live.shards.length > 0 ? [origins] : []),
      ...(live.edges ? [edges] : []),
      ...(balancerPairs(live).length > 0 ? [pair] : []),
    ];
  });
}

function gatewayWishes({ links }: Platform, place: Place): Wish[] {
  const { site, adapter, retired } = place;
  const own = linksOfGateways(links, place).length > 0;
  const sizes = [...(needsRouterPair(place) ? [routerSize] : []), ...(own ? [gatewaySize] : [])];
  const [size] = sizes.filter((each) => !adapter.machineType(site, each, 'gateway'));
  return retired || !size ? [] : [{ path: `sites.${site.id}.settings`, place, role: 'gateway', size, fixed: true }];
}

function noType({ path, place, role, size, fixed }: Wish): Problem {
  const { site, adapter } = place;
  const { types, more } = adapter.machineTypes(site, role);
  const nearest = [...types].sort((one, other) => shortfall(one, size) - shortfall(other, size));
  const able = nearest.find(({ roles }) => roles?.includes(role) ?? true);
  return {
    path,
    message: `site "${site.id}" (${site.provider}) has no machine type of this size for role ${role}`,
    value: size,
    bound: describeTypes(nearest),
    fix: fixOf({
      lower: able && !fixed ? `lower ${lowered(able, size)}: ${able.name} is the nearest` : undefined,
      more: more && `in sites.${site.id}, ${more}`,
      elsewhere: fixed ? undefined : 'place it at another site',
    }),
  };
}

/** How far a type falls short, in parts of what is asked, over all that it must have. */
function shortfall(type: MachineType, size: MachineSize): number {
  return lacking(type, size).reduce((sum, [, has, wanted]) => sum + 1 - has / wanted, 0);
}

function lacking(type: MachineType, size: MachineSize): [what: string, has: number, wanted: number][] {
  const pairs: [string, number, number][] = [
    ['vcpu', type.vcpu, size.vcpu],
    ['memoryGiB', type.memoryGiB, size.memoryGiB],
    ['diskGiB', type.diskGiB ?? Number.POSITIVE_INFINITY, size.diskGiB],
    ['egressMbps', type.egressMbps, size.egressMbps],
  ];
  return pairs.filter(([, has, wanted]) => has < wanted);
}

const lowered = (type: MachineType, size: MachineSize): string =>
  lacking(type, size)
    .map(([what, has]) => `${what} to ${has}`)
    .join(' and ');

function fixOf(ways: Readonly<Record<'lower' | 'more' | 'elsewhere', string | undefined>>): string {
  const text = [ways.lower, ways.more, ways.elsewhere].filter((way) => way !== undefined).join('; or ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A cloud has dozens of types: those that come nearest are enough to see what is lacking. */
const mostTypes = 6;

function describeTypes(types: readonly MachineType[]): string {
  if (types.length === 0) return 'the site has no machine type';
  const rest = types.length > mostTypes ? `; and ${types.length - mostTypes} more` : '';
  return `one of ${types.slice(0, mostTypes).map(describeType).join('; ')}${rest}`;
}

function describeType({ name, vcpu, memoryGiB, diskGiB, egressMbps, roles }: MachineType): string {
  const disk = diskGiB === undefined ? [] : [`${diskGiB} GiB disk`];
  const reserved = roles ? [`for ${roles.join(', ')} only`] : [];
  return `${name} (${[`${vcpu} vCPU`, `${memoryGiB} GiB`, ...disk, `${egressMbps} Mbit/s`, ...reserved].join(', ')})`;
}
