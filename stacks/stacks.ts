import type { DnsMember, Provider } from '../constructs/contract/adapter';
import { type Problem, refuse } from '../constructs/contract/problem';
import type { StackSpec } from '../constructs/contract/stack';
import { groupBy } from '../constructs/util/group';
import { dnsStacks } from './dns/dns';
import { linkStacks } from './link/link';
import { liveStacks } from './live/stacks';
import type { Platform } from './platform/platform';
import { siteStacks } from './site/network';
import type { LiveInput } from './topology/schema';

/**
 * Every stack of a platform, each after those that it depends on; stacks that share a device are chained.
 * @throws ProblemsError when two of them would have one name
 */
export function planStacks(platform: Platform, providers: Readonly<Record<string, Provider>>): StackSpec[] {
  const specs = [
    ...Object.values(platform.places).flatMap((place) => siteStacks(platform, place)),
    ...linkStacks(platform),
    ...Object.entries(platform.topology.systems)
      .sort(byKey)
      .flatMap(([name, live]) => liveStacks(platform, name, live as LiveInput)),
    ...dnsStacks(platform, dnsMember(platform, providers)),
  ];
  refuse(sameIds(specs));
  return inOrder(chainDevices(specs));
}

/** An id is the name of a state: two stacks of one name would overwrite each other. */
function sameIds(specs: readonly StackSpec[]): Problem[] {
  return [...groupBy(specs, ({ id }) => id).values()].flatMap((same) => {
    const [other, spec] = [...same].sort((a, b) => Number(isSystem(a)) - Number(isSystem(b)));
    return spec && other ? [sameId(spec, other)] : [];
  });
}

const isSystem = ({ kind }: StackSpec): boolean => kind === 'half' || kind === 'system';

function sameId(spec: StackSpec, other: StackSpec): Problem {
  const [site = ''] = spec.sites;
  const suffix = spec.kind === 'half' ? `-${spec.half ?? ''}` : '';
  return {
    path: `systems.${spec.id.slice(site.length + 1, spec.id.length - suffix.length)}`,
    message: `its stack "${spec.id}" (${spec.title}) is the name of another stack (${other.title})`,
    bound: 'each name once: site and system, with -a and -b for the halves',
    fix: 'Give the system another name.',
  };
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function dnsMember(platform: Platform, providers: Readonly<Record<string, Provider>>): DnsMember | undefined {
  const provider = providers[platform.topology.dns?.provider ?? ''];
  return Object.values(provider?.profiles ?? {}).find((adapter) => adapter.dns)?.dns;
}

/**
 * One writer at a time: each stack waits for all those before it that write to the same device, and not only for the
 * last of them, which may be blocked, or not selected, while another still writes.
 */
function chainDevices(specs: readonly StackSpec[]): StackSpec[] {
  const writers = new Map<string, readonly string[]>();
  return specs.map((spec) => {
    const before = spec.devices.flatMap((device) => writers.get(device) ?? []);
    for (const device of spec.devices) writers.set(device, [...(writers.get(device) ?? []), spec.id]);
    return { ...spec, after: [...new Set(before)].filter((id) => !spec.dependsOn.includes(id)) };
  });
}

/** Kahn's order, stable: among those that are ready, the first as planned. */
function inOrder(specs: readonly StackSpec[]): StackSpec[] {
  const done = new Set<string>();
  const ordered: StackSpec[] = [];
  let waiting = [...specs];
  while (waiting.length > 0) {
    const ready = waiting.filter((spec) => [...spec.dependsOn, ...spec.after].every((id) => done.has(id)));
    if (ready.length === 0) throw new Error(`stacks wait for each other: ${waiting.map((spec) => spec.id).join(', ')}`);
    for (const spec of ready) done.add(spec.id);
    ordered.push(...ready);
    waiting = waiting.filter((spec) => !done.has(spec.id));
  }
  return ordered;
}
