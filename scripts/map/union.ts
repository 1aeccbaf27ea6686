import type { PlatformDescription } from '../../stacks/description/description';
import { keys } from './marks';

/** Everything that is in either, as the head has it where it has it: what a change removes stays to be seen. */
export function unionOf(base: PlatformDescription, head: PlatformDescription): PlatformDescription {
  return {
    ...head,
    sites: unite(base.sites, head.sites, keys.site),
    stacks: unite(base.stacks, head.stacks, keys.stack),
    machines: unite(base.machines, head.machines, keys.machine),
    devices: unite(base.devices, head.devices, keys.device),
    balancers: unite(base.balancers, head.balancers, keys.balancer),
    links: unite(base.links, head.links, keys.link).map((link) => withFormerPaths(link, base)),
    names: unite(base.names, head.names, keys.name),
  };
}

type Link = PlatformDescription['links'][number];

function withFormerPaths(link: Link, base: PlatformDescription): Link {
  const former = base.links.find(({ id }) => id === link.id)?.paths ?? [];
  return { ...link, paths: unite(former, link.paths, ({ id }) => id) };
}

function unite<T>(base: readonly T[], head: readonly T[], key: (one: T) => string): T[] {
  const kept = new Set(head.map(key));
  return [...head, ...base.filter((one) => !kept.has(key(one)))];
}
