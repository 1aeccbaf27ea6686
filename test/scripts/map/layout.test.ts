import { layOut } from '../../../scripts/map/layout';
import { changesTable } from '../../../scripts/map/page-changes';
import type { Box, PlacedMap } from '../../../scripts/map/placed';
import { renderSvg } from '../../../scripts/map/render-svg';
import { generateTopology } from '../../../scripts/prove/generate/topology';
import type { PlatformDescription } from '../../../stacks/description/description';
import { describe as describePlatform, loadPlatform } from '../../../stacks/main';
import { attempt } from '../../support/attempt';
import { type Editable, live, site } from '../../support/topologies';
import { boxOf, described, manyMachines } from './maps';

const shown = ({ boxes }: PlacedMap): Box[] => boxes.filter(({ hiddenIn }) => hiddenIn === undefined);

describe('a map', () => {
  it('is the same each time, whatever was drawn in between', async () => {
    const first = await layOut({ description: described() });
    await layOut({ description: described(manyMachines) });
    expect(await layOut({ description: described() })).toEqual(first);
  });

  it('folds the large fleets of 500 machines, so that it is no larger than that of 50', async () => {
    const description = described(manyMachines);
    expect(description.machines.length).toBeGreaterThan(450);
    const [many, few] = [await layOut({ description }), await layOut({ description: described() })];
    expect(many.height).toBeLessThan(few.height * 1.2);
    expect(boxOf(many, 'fleet:gcp/live/origin').fold).toEqual({ by: expect.any(Number), hides: 64, marked: 0 });
  });

  it('shows a marked machine of a folded fleet', async () => {
    const map = await layOut({ description: described(manyMachines), marks: marksOn('gcp/live-origin-s31-a') });
    expect(boxOf(map, 'machine:gcp/live-origin-s31-a').hiddenIn).toBeUndefined();
    expect(boxOf(map, 'fleet:gcp/live/origin').fold?.hides).toBe(63);
  });

  it('stays small when all machines of a fleet are marked, and counts them', async () => {
    const names = Array.from({ length: 80 }, (_, index) => `gcp/live-edge-${index + 1}`);
    const description = described(manyMachines);
    const [map, plain] = [await layOut({ description, marks: marksOn(...names) }), await layOut({ description })];
    expect(map.height).toBeLessThan(plain.height + 50);
    const fleet = boxOf(map, 'fleet:gcp/live/edge');
    expect(fleet.fold).toEqual({ by: expect.any(Number), hides: 80, marked: 80 });
    expect(fleet.lines[1]?.text).toBe('80: 40 in half a, 40 in b, ±80');
    expect(renderSvg(map)).toContain('<g class="box fleet replaced"');
    expect(changesTable(map)).toContain('edges of live at gcp: 80');
  });

  it('cuts what has no room, and keeps the whole of it for those who ask', async () => {
    const label = 'A label that is longer than any box, '.repeat(4);
    const map = await layOut({
      description: described((topology) => (site(topology, 'gcp')['label'] = label)),
    });
    const box = boxOf(map, 'site:gcp');
    expect(box.lines[0]?.text).toMatch(/^gcp: A label .*…$/);
    expect(box.details).toContainEqual(['label', label]);
  });
});

describe('whatever the platform is', () => {
  /** Every twentieth is a large one, which is refused more often than not. */
  const seeds = [1, 2, 3, 11, 15, 17, 21, ...Array.from({ length: 8 }, (_, index) => index * 20)];
  const accepted = seeds.flatMap((seed) => {
    const description = attempt(() => describePlatform(loadPlatform(generateTopology(seed))));
    return description === 'refused' ? [] : [{ seed, description }];
  });

  it('some of the generated ones are accepted, large ones too', () => {
    expect(accepted.length).toBeGreaterThan(4);
    expect(Math.max(...accepted.map(({ description }) => description.machines.length))).toBeGreaterThan(50);
  });

  it.each([...accepted, { seed: 'many', description: described(manyMachines) }])(
    'each machine, link and site of platform $seed stands somewhere, once, inside what holds it and beside the others',
    async ({ description }) => {
      const map = await layOut({ description });
      expect(missing(map, description)).toEqual([]);
      expect(new Set(map.boxes.map(({ id }) => id)).size).toBe(map.boxes.length);
      expect(overlaps(map)).toEqual([]);
      expect(outside(map)).toEqual([]);
      for (const { points } of map.lines) expect(points.length).toBeGreaterThan(1);
    },
  );
});

describe('a small change moves little', () => {
  const withNewSite = (topology: Editable): void => {
    topology.sites['gcp2'] = { ...topology.sites['gcp'], number: 6, settings: topology.sites['gcp']?.settings ?? {} };
  };

  /** Pixels by which boxes that are in both maps may move, on average: less than a row of machines is high, twice that where two rows are new. */
  it.each([
    ['one more shard', 20, (topology) => (live(topology).shards['s5'] = { site: 'cage' })],
    ['one shard less', 20, (topology) => Reflect.deleteProperty(live(topology).shards, 's4')],
    ['a shard that moves to a site without any', 40, (topology) => (live(topology).shards['s2'] = { site: 'idcf' })],
    ['two more edges', 20, (topology) => (live(topology).edges['idcf'] = { elastic: 'peak', count: 6 })],
    ['one link less', 20, (topology) => Reflect.deleteProperty(topology.links, 'aws-gcp')],
    ['one more site', 20, withNewSite],
  ] as readonly (readonly [string, number, (topology: Editable) => void])[])('%s', async (_, bound, edit) => {
    const before = await layOut({ description: described() });
    const after = await layOut({ description: described(edit) });
    expect(averageMove(before, after)).toBeLessThan(bound);
    for (const column of ['left', 'middle', 'right'] as const)
      expect(orderIn(before, after, column)).toEqual(orderIn(after, before, column));
  });

  it('never takes a site to the other side', async () => {
    const before = await layOut({ description: described() });
    const after = await layOut({ description: described(withNewSite) });
    for (const { id, column } of before.boxes.filter(({ kind }) => kind === 'site'))
      expect([id, boxOf(after, id).column]).toEqual([id, column]);
  });
});

const marksOn = (...machines: readonly string[]) => ({
  ...{ sites: {}, systems: {}, devices: {}, balancers: {}, links: {}, paths: {}, names: {}, stacks: {} },
  machines: Object.fromEntries(machines.map((name) => [name, { mark: 'replaced' as const, reasons: ['image'] }])),
});

function missing({ boxes }: PlacedMap, { machines, links, sites, devices }: PlatformDescription): string[] {
  const drawn = new Set(boxes.map(({ id }) => id.split(':').slice(0, 2).join(':')));
  return [
    ...machines.map(({ site, name }) => `machine:${site}/${name}`),
    ...devices.map(({ site, id }) => `device:${site}/${id}`),
    ...links.map(({ id }) => `link:${id}`),
    ...sites.map(({ id }) => `site:${id}`),
  ].filter((id) => !drawn.has(id));
}

/** Boxes in one that stand on each other. */
function overlaps(map: PlacedMap): string[] {
  const boxes = shown(map);
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => other.parent === one.parent && isOn(one, other))
      .map((other) => `${one.id} and ${other.id}`),
  );
}

const isOn = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

function outside(map: PlacedMap): string[] {
  const page = { x: 0, y: 0, width: map.width, height: map.height };
  return shown(map)
    .filter((box) => {
      const { x, y, width, height } = box.parent === undefined ? page : boxOf(map, box.parent);
      return box.x < x || box.y < y || box.x + box.width > x + width || box.y + box.height > y + height;
    })
    .map(({ id }) => id);
}

function averageMove(before: PlacedMap, after: PlacedMap): number {
  const moves = shown(before).flatMap(({ id, x, y }) => {
    const now = after.boxes.find((box) => box.id === id);
    return now ? [Math.hypot(now.x - x, now.y - y)] : [];
  });
  return moves.reduce((sum, move) => sum + move, 0) / moves.length;
}

/** Sites or links of a column from top to bottom, those that the other has too. */
function orderIn(map: PlacedMap, other: PlacedMap, column: Box['column']): string[] {
  return map.boxes
    .filter((box) => box.column === column && box.parent === undefined && other.boxes.some(({ id }) => id === box.id))
    .sort((one, next) => one.y - next.y)
    .map(({ id }) => id);
}
