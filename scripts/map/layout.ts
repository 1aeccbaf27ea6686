import type { DescribedLink, DescribedSite, PlatformDescription } from '../../stacks/description/description';
import { placeBand } from './place-band';
import { placeLink } from './place-link';
import { placeSite } from './place-site';
import { type ChangeMarks, keys, noMarks } from './marks';
import { type Box, type Column, type Line, type PlacedMap, mapFormat } from './placed';
import { type Routed, route } from './route';
import { sizes } from './sizes';
import { inOrder } from './text';
import { unionOf } from './union';

/** What is drawn: a platform, or a change of one. */
export interface MapInput {
  readonly description: PlatformDescription;
  /** The platform before the change: what it alone has is drawn too, so that nothing jumps. */
  readonly base?: PlatformDescription;
  /** What becomes of what; from plans, or from `marksBetween`. @default none: not a change */
  readonly marks?: ChangeMarks;
}

/** Gives everything a place. The same input gives the same places. */
export async function layOut({ description: head, base, marks = noMarks }: MapInput): Promise<PlacedMap> {
  const description = base ? unionOf(base, head) : head;
  const sites = [...description.sites].sort((one, other) => one.number - other.number || (one.id < other.id ? -1 : 1));
  const placed = sites.map((site) => placeSite(description, marks, site, columnOf(site)));
  const outer = stackDown(placed.flatMap(([site]) => site ?? []));
  const linked = placeLinks(
    description.links.map((link) => ({ link, box: placeLink(link, marks) })),
    outer,
  );
  const groups = [...placed, ...linked.map((box) => [box])];
  const routed = await route([...outer, ...linked], description.links);
  const change = marks !== noMarks;
  const band = placeBand(description, marks, { width: routed.width, change });
  return {
    ...{ format: mapFormat, topology: description.topology, change },
    ...{ width: routed.width, height: routed.height + band.height },
    boxes: [...band.boxes, ...groups.flatMap((group) => move(group, routed, band.height))],
    lines: routed.lines.map((line) => moveLine(line, marks, band.height)),
  };
}

/** Odd numbers left, even ones right: a site's number never changes. */
const columnOf = ({ number }: DescribedSite): Column => (number % 2 === 1 ? 'left' : 'right');

/** Each below those of its column that come before it, and no higher than it wants. */
function stackDown(boxes: readonly Box[]): Box[] {
  const bottoms = new Map<Column, number>();
  return boxes.map((box) => {
    const y = Math.max(box.y, bottoms.get(box.column) ?? 0);
    bottoms.set(box.column, y + box.height + sizes.gap);
    return { ...box, y };
  });
}

/**
 * A link stands about where its sites do: halfway between the middles of both, or below the link before it. Their order comes
 * from the order of sites alone, so that nothing that grows in a site turns it round.
 */
function placeLinks(
  links: readonly { readonly link: DescribedLink; readonly box: Box }[],
  sites: readonly Box[],
): Box[] {
  const middles = new Map(sites.map(({ id, y, height }) => [id, y + height / 2]));
  const ranks = new Map(sites.map(({ id, column }) => [id, rankIn(sites, column, id)]));
  const sum = (values: ReadonlyMap<string, number>, { ends }: DescribedLink): number =>
    ends.reduce((total, end) => total + (values.get(`site:${end}`) ?? 0), 0);
  const wanted = inOrder(links, ({ link }) => link.id)
    .sort((one, other) => sum(ranks, one.link) - sum(ranks, other.link))
    .map(({ link, box }) => ({ ...box, y: Math.max(0, (sum(middles, link) - box.height) / 2) }));
  return stackDown(wanted);
}

const rankIn = (sites: readonly Box[], column: Column, id: string): number =>
  sites.filter((site) => site.column === column).findIndex((site) => site.id === id);

function move(group: readonly Box[], { corners }: Routed, down: number): Box[] {
  const [outer] = group;
  const corner = corners.get(outer?.id ?? '') ?? { x: 0, y: 0 };
  return group.map((box) => ({ ...box, x: box.x + corner.x, y: box.y - (outer?.y ?? 0) + corner.y + down }));
}

function moveLine(line: Omit<Line, 'mark'>, marks: ChangeMarks, down: number): Line {
  const link = line.link.replace(/^link:/, '');
  const mark = marks.paths[keys.path(link, line.path)] ?? marks.links[link];
  return { ...line, points: line.points.map(([x, y]) => [x, y + down] as const), ...(mark ? { mark } : {}) };
}
