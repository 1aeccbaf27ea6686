import type { LinkPath } from '../../constructs/contract/link';
import type { PlatformLink } from '../../stacks/platform/links';
import { type PlacedSite, right } from './layout';
import { label, path, uprightLabel } from './svg';

/** Links between the columns cross the middle; links within a column run in lanes beside it. */
export function drawLinks(links: readonly PlatformLink[], placed: readonly PlacedSite[]): string[] {
  const spread = portSpread(links, placed);
  const across = links.filter((link) => isAcross(link, placed)).sort((a, b) => lowest(a, placed) - lowest(b, placed));
  const within = links.filter((link) => !across.includes(link)).sort((a, b) => span(a, placed) - span(b, placed));
  return [
    ...across.flatMap((link, index) => drawAcross(link, placed, spread, index, across.length)),
    ...within.flatMap((link, index) => drawWithin(link, placed, spread, index)),
  ];
}

type Spread = (link: PlatformLink, site: string, side: 'left' | 'right') => number;

/** Where a link meets a site's box: each has a height of its own. */
function portSpread(links: readonly PlatformLink[], placed: readonly PlacedSite[]): Spread {
  return (link, site, side) => {
    const { place } = find(placed, site);
    const same = links.filter((other) => other.ends.includes(site) && sideOf(other, site, placed) === side);
    const ordered = [...same].sort((a, b) => rank(a, site, placed) - rank(b, site, placed));
    return place.y + (place.height * (ordered.indexOf(link) + 1)) / (ordered.length + 1);
  };
}

const find = (placed: readonly PlacedSite[], id: string): PlacedSite =>
  placed.find(({ site }) => site.id === id) as PlacedSite;
const isAcross = (link: PlatformLink, placed: readonly PlacedSite[]): boolean =>
  find(placed, link.ends[0]).place.x !== find(placed, link.ends[1]).place.x;
const peerOf = (link: PlatformLink, site: string): string => (link.ends[0] === site ? link.ends[1] : link.ends[0]);
const heightOf = (site: string, placed: readonly PlacedSite[]): number => find(placed, site).place.y;
const lowest = (link: PlatformLink, placed: readonly PlacedSite[]): number =>
  Math.max(...link.ends.map((end) => heightOf(end, placed)));
const span = (link: PlatformLink, placed: readonly PlacedSite[]): number =>
  Math.abs(heightOf(link.ends[0], placed) - heightOf(link.ends[1], placed));

/** The order of links at one site, from above, in which no lane crosses another. */
function rank(link: PlatformLink, site: string, placed: readonly PlacedSite[]): number {
  const distance = heightOf(peerOf(link, site), placed) - heightOf(site, placed);
  if (isAcross(link, placed)) return distance;
  return 1 / distance;
}

function sideOf(link: PlatformLink, site: string, placed: readonly PlacedSite[]): 'left' | 'right' {
  return isAcross(link, placed) && find(placed, site).place.x === right.x ? 'left' : 'right';
}

function drawAcross(
  link: PlatformLink,
  placed: readonly PlacedSite[],
  spread: Spread,
  index: number,
  count: number,
): string[] {
  const [one, other] = [...link.ends].sort((a, b) => find(placed, a).place.x - find(placed, b).place.x) as [
    string,
    string,
  ];
  const from = find(placed, one).place;
  const start = { x: from.x + from.width, y: spread(link, one, 'right') };
  const end = { x: right.x, y: spread(link, other, 'left') };
  // The lowest turns first, so that none crosses another.
  const turn = start.x + 16 + (count - 1 - index) * laneWidth;
  const text = start.x + 8 + count * laneWidth;
  const paths = pathsOf(link);
  return [
    ...paths.map((one, shift) =>
      drawPath(one, [
        [start.x, start.y + shift * 6],
        [turn - shift * 6, start.y + shift * 6],
        [turn - shift * 6, end.y + shift * 6],
        [end.x, end.y + shift * 6],
      ]),
    ),
    label(text, end.y - 8, `${link.id}: ${describe(paths[0])}`, ''),
    label(text, end.y + 22, paths[1] ? `backup: ${describe(paths[1])}` : 'no backup path', 'small'),
  ];
}

function drawWithin(link: PlatformLink, placed: readonly PlacedSite[], spread: Spread, index: number): string[] {
  const [one, other] = link.ends;
  const x = find(placed, one).place.x + find(placed, one).place.width;
  const lane = x + 20 + index * 32;
  const [from, to] = [spread(link, one, 'right'), spread(link, other, 'right')];
  const [path] = pathsOf(link);
  const text = `${link.id}: ${describe(path)}`;
  return [
    drawPath(path, [
      [x, from],
      [lane, from],
      [lane, to],
      [x, to],
    ]),
    uprightLabel(lane + 14, (from + to) / 2, text, 'small'),
  ];
}

const laneWidth = 18;
const pathsOf = (link: PlatformLink): readonly LinkPath[] => link.paths[link.ends[0]] ?? [];

function drawPath(drawn: LinkPath | undefined, points: readonly (readonly [number, number])[]): string {
  return path(points, `${drawn?.kind ?? ''}${drawn?.id === 'backup' ? ' backup' : ''}`);
}

function describe(described: LinkPath | undefined): string {
  if (!described) return '';
  if (described.kind === 'vpn') return `VPN, ${described.tunnels.length} tunnels`;
  if (described.kind === 'circuit') return `${described.circuits.length} circuits${described.bfd ? ', BFD' : ''}`;
  return `layer 2, VLAN ${described.vlan}`;
}
