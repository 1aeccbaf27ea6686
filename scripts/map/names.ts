import { groupBy } from '../../constructs/util/group';
import type { PlatformDescription } from '../../stacks/description/description';
import { type ChangeMarks, type MarkCounts, type MarkDetail, countMarks, keys } from './marks';
import type { Detail } from './placed';
import { inOrder } from './text';

/** What publishers and viewers of a system ask for, and which sites answer. */
export interface NamesOfSystem {
  readonly system: string;
  readonly text: string;
  readonly details: readonly Detail[];
  readonly mark?: MarkDetail | undefined;
  readonly counts: MarkCounts;
}

/** More shards than these at one site are counted. */
const shownShards = 6;
/** More names than these are counted in what is said of a change. */
const shownReasons = 6;

export function namesOf({ names, domain }: PlatformDescription, marks: ChangeMarks): NamesOfSystem[] {
  const bySystem = groupBy(names, ({ system }) => system);
  return inOrder([...bySystem], ([system]) => system).map(([system, list]) => {
    const byName = inOrder(list, ({ name }) => name);
    const sorted = inOrder(byName, ({ shard }) => shard ?? '');
    const viewers = list.filter(({ use }) => use === 'viewers');
    const publishers = describeShards(sorted.filter(({ use }) => use === 'ingest'));
    const parts = [
      ...(publishers ? [`publishers to SHARD.ingest.${system}.${domain} (${publishers})`] : []),
      ...viewers.map(({ name, sites }) => `viewers to ${name} (${sites.join(', ')})`),
    ];
    return {
      system,
      text: `${system}: ${parts.join(', ')}`,
      details: sorted.map(({ name, sites, address }) => [name, [sites.join(', '), address ?? ''].join(' ').trim()]),
      mark: markOf(sorted, marks),
      counts: countMarks(sorted.map((name) => marks.names[keys.name(name)]?.mark)),
    };
  });
}

/** That of all its names where they have the same; else it is changed by those that have one. */
function markOf(names: PlatformDescription['names'], { names: marked }: ChangeMarks): MarkDetail | undefined {
  const own = names.flatMap((one) => {
    const detail = marked[keys.name(one)];
    return detail ? [{ name: one.name, ...detail }] : [];
  });
  const [first] = own;
  if (!first) return undefined;
  const isWhole = own.length === names.length && own.every(({ mark }) => mark === first.mark);
  const reasons = own.map(({ name, mark, reasons: why }) => `${name} ${[mark, ...why].join(', ')}`);
  const rest = reasons.length - shownReasons;
  return {
    mark: isWhole ? first.mark : 'changed',
    reasons: [...reasons.slice(0, shownReasons), ...(rest > 0 ? [`and ${rest} more`] : [])],
  };
}

/** `s1, s2 at cage; 12 shards at gcp`. */
function describeShards(names: PlatformDescription['names']): string {
  const bySite = groupBy(names, ({ sites }) => sites.join(', '));
  return [...bySite]
    .map(([site, list]) => {
      const shards = list.flatMap(({ shard }) => shard ?? []);
      return `${shards.length > shownShards ? `${shards.length} shards` : shards.join(', ')} at ${site}`;
    })
    .join('; ');
}
