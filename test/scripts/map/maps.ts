import { marksBetween } from '../../../scripts/map/compare';
import { layOut } from '../../../scripts/map/layout';
import type { Box, PlacedMap } from '../../../scripts/map/placed';
import type { PlatformDescription } from '../../../stacks/description/description';
import { describe as describePlatform } from '../../../stacks/main';
import { type Editable, live, platformOf } from '../../support/topologies';

/** The reference platform after an edit, as data. */
export const described = (edit?: (topology: Editable) => void): PlatformDescription =>
  describePlatform(platformOf(edit));

/** The reference with some 500 machines. */
export function manyMachines(topology: Editable): void {
  const shards = (count: number, sites: readonly string[]) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`s${index + 1}`, { site: sites[index % sites.length] ?? '' }]),
    );
  live(topology).shards = shards(64, ['gcp', 'aws']);
  const peak = (count: number) => ({ elastic: 'peak', count });
  live(topology).edges = { idcf: peak(100), gcp: peak(80), aws: peak(60) };
  (topology.systems['live-dev'] as ReturnType<typeof live>).shards = shards(50, ['dev']);
}

/** One of each mark that a description can show. */
export function someChanges(topology: Editable): void {
  live(topology).shards['s2'] = { site: 'idcf' };
  Reflect.deleteProperty(live(topology).shards, 's4');
  live(topology).edges['gcp'] = { min: 5, max: 30 };
  topology.links['cage-aws'] = { ...topology.links['cage-aws'], backup: undefined, single: true };
}

export function changeOf(base: PlatformDescription, head: PlatformDescription): Promise<PlacedMap> {
  return layOut({ base, description: head, marks: marksBetween(base, head) });
}

export const boxOf = ({ boxes }: PlacedMap, id: string): Box => boxes.find((box) => box.id === id) as Box;
