import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk-api';
import type { DescribedLink } from '../../stacks/description/description';
import type { Box, Column, Line } from './placed';
import { sizes } from './sizes';

export interface Routed {
  readonly width: number;
  readonly height: number;
  /** Corners of the outer boxes. */
  readonly corners: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly lines: readonly Omit<Line, 'mark'>[];
}

/** A site or a link with its size, in the order of its column; `y` is the least that it is to have there. */
export type Outer = Pick<Box, 'id' | 'width' | 'height' | 'column' | 'y'>;

/**
 * Every node has its column and its place in the order of it, so that a small change moves little; ELK keeps nodes apart and
 * finds ways for the lines.
 */
const options: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.padding': `[top=0,left=${sizes.margin},bottom=${sizes.margin},right=${sizes.margin}]`,
  'elk.partitioning.activate': 'true',
  'elk.separateConnectedComponents': 'false',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.crossingMinimization.strategy': 'INTERACTIVE',
  'elk.layered.nodePlacement.strategy': 'INTERACTIVE',
  'elk.spacing.nodeNode': String(sizes.gap),
  'elk.spacing.edgeEdge': '8',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
};

const partitions: Readonly<Record<Column, string>> = { top: '0', left: '0', middle: '1', right: '2' };

export async function route(outer: readonly Outer[], links: readonly DescribedLink[]): Promise<Routed> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const columns = new Map(outer.map(({ id, column }) => [id, column]));
  const wires = links.flatMap((link) => wiresOf(link, columns));
  const children = outer.map((one): ElkNode => {
    const layoutOptions = { 'elk.partitioning.partition': partitions[one.column], 'elk.portConstraints': 'FIXED_SIDE' };
    const { id, y, width, height } = one;
    return { id, x: 0, y, width, height, layoutOptions, ports: portsOf(one, wires) };
  });
  const graph: ElkNode = { id: 'map', layoutOptions: options, children, edges: wires.map(toEdge) };
  const placed = await new Elk().layout(graph);
  const sections = new Map(
    (placed.edges as ElkExtendedEdge[]).map(({ id, sections: [section] = [] }) => [id, section]),
  );
  return {
    width: Math.max(sizes.leastWidth, Math.ceil(placed.width ?? 0)),
    height: Math.ceil(placed.height ?? 0),
    corners: new Map((placed.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: round(x), y: round(y) }])),
    lines: wires.map(({ isForward, ...wire }) => {
      const section = sections.get(wire.id);
      const points = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [];
      const pairs = points.map(({ x, y }) => [round(x), round(y)] as const);
      return { ...wire, points: isForward ? pairs : pairs.reverse() };
    }),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

interface Wire extends Omit<Line, 'points' | 'mark'> {
  /** Whether it runs from its site to its link as columns run, from left to right. */
  readonly isForward: boolean;
}

/** Two for each path, one to each end; one of its own kind where a retired link has none. */
function wiresOf(link: DescribedLink, columns: ReadonlyMap<string, Column>): Wire[] {
  const paths = link.paths.length > 0 ? link.paths : [{ id: 'none', kind: 'none' } as const];
  return link.ends.flatMap((site) =>
    paths.map((path) => ({
      ...{ id: `line:${link.id}/${path.id}/${site}`, link: `link:${link.id}`, site: `site:${site}` },
      ...{ path: path.id, kind: path.kind, isForward: columns.get(`site:${site}`) === 'left' },
    })),
  );
}

/** Lines leave sites towards the middle, and reach links from the side of their site. */
function portsOf({ id }: Outer, wires: readonly Wire[]): ElkPort[] {
  return wires.flatMap((wire) => {
    if (wire.site !== id && wire.link !== id) return [];
    const side = (wire.site === id) === wire.isForward ? 'EAST' : 'WEST';
    return [{ id: `${wire.id}@${id}`, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } }];
  });
}

function toEdge({ id, link, site, isForward }: Wire): ElkExtendedEdge {
  const [atSite, atLink] = [`${id}@${site}`, `${id}@${link}`];
  return isForward ? { id, sources: [atSite], targets: [atLink] } : { id, sources: [atLink], targets: [atSite] };
}
