import type { Half } from '../../../constructs/contract/site';
import type { DescribedStack, PlatformDescription } from '../../../stacks/description/description';
import type { InventoryEntry } from '../../../stacks/inventory';
import type { ResourcePlace } from '../report';

/** What is known of a resource besides its plan. */
export interface PlaceSubject {
  readonly stack: DescribedStack;
  /** Construct path, with the stack in front. */
  readonly path: string | undefined;
  /** As the configuration names it: `junos.cage-a`. */
  readonly provider: string | undefined;
}

/**
 * Where a resource is in the topology: by its stack, by the ids of sites, machines and shards that its construct path has, and
 * by the device whose provider makes it. What neither says stays open; nothing is read out of names of resources.
 */
export function placeOf({ stack, path, provider }: PlaceSubject, platform: PlatformDescription): ResourcePlace {
  const words = wordsOf(path, stack.id);
  const machine = machineIn(words, stack, platform);
  const shard = machine?.shard ?? shardIn(words, stack, platform);
  const sites = machine ? [machine.site] : sitesIn(words, provider, stack);
  const half = machine?.half ?? stack.half ?? halfOfDevice(provider, platform);
  const system = machine?.system ?? stack.system;
  const role = machine?.role ?? roleOf(stack, words, platform);
  return {
    sites: [...sites],
    ...(system === undefined ? {} : { system }),
    ...(role === undefined ? {} : { role }),
    ...(shard === undefined ? {} : { shard }),
    ...(half === undefined ? {} : { half }),
    ...(machine === undefined ? {} : { machine: machine.name }),
    ...(stack.kind === 'link' ? { link: stack.id.replace(/^link-/, '') } : {}),
  };
}

/** `cage-live/ingest-s1-pool`: ingest, s1, pool. Ids hold hyphens themselves, so they are compared word by word. */
function wordsOf(path: string | undefined, stack: string): string[] {
  const inside = path?.startsWith(`${stack}/`) ? path.slice(stack.length + 1) : (path ?? '');
  return inside.split(/[/-]/).filter(Boolean);
}

function has(words: readonly string[], id: string): boolean {
  const wanted = id.split('-');
  return words.some((_, start) => wanted.every((word, index) => words[start + index] === word));
}

/** The machine that the path names; where several do, the one with the longest name. */
function machineIn(
  words: readonly string[],
  stack: DescribedStack,
  { machines }: PlatformDescription,
): InventoryEntry | undefined {
  const here = machines.filter(({ site }) => stack.sites.includes(site));
  const fixed = here.filter(({ name, half }) => half !== 'all' && has(words, name));
  const [longest] = fixed.sort((a, b) => b.name.length - a.name.length || rank(a, words) - rank(b, words));
  return longest ?? here.find((fleet) => fleet.half === 'all' && fleet.stack === stack.id && words[0] === fleetScope);
}

/** Two sites at the ends of a link may have machines of one name: the site's own id decides. */
const rank = ({ site }: InventoryEntry, words: readonly string[]): number => (has(words, site) ? 0 : 1);

/** Construct in which a system makes its elastic fleet. */
const fleetScope = 'edges';

function shardIn(words: readonly string[], stack: DescribedStack, platform: PlatformDescription): string | undefined {
  const shards = platform.balancers.filter((balancer) => balancer.stack === stack.id).flatMap((one) => one.shards);
  const named = platform.names.flatMap(({ shard }) => (stack.kind === 'global' && shard ? [shard] : []));
  return [...new Set([...shards, ...named])].find((shard) => words.some((word) => word.split('.').includes(shard)));
}

function sitesIn(words: readonly string[], provider: string | undefined, { sites }: DescribedStack): readonly string[] {
  if (sites.length < 2) return sites;
  const alias = provider?.split('.')[1];
  const byDevice = sites.filter((site) => alias === site || alias?.startsWith(`${site}-`));
  const byPath = sites.filter((site) => words[1] === site);
  return [byDevice, byPath].find((found) => found.length === 1) ?? sites;
}

/** Switches and hardware balancers of a half are providers of their own, `cage-a` and `cage-b`. */
function halfOfDevice(provider: string | undefined, { sites }: PlatformDescription): Half | undefined {
  const alias = provider?.split('.')[1] ?? '';
  for (const half of ['a', 'b'] as const) {
    if (sites.some(({ id }) => alias === `${id}-${half}`)) return half;
  }
  return undefined;
}

function roleOf(stack: DescribedStack, words: readonly string[], platform: PlatformDescription): string | undefined {
  const balancer = platform.balancers.find((one) => one.stack === stack.id && words[0] === one.role);
  if (balancer) return `${balancer.role} balancer`;
  if (stack.kind === 'network' || stack.kind === 'link' || stack.kind === 'device') return stack.kind;
  return stack.kind === 'global' ? 'names' : undefined;
}
