import { marksBetween } from '../../../scripts/map/compare';
import { live } from '../../support/topologies';
import { boxOf, changeOf, described, someChanges } from './maps';

const base = described();

describe('marks of a change', () => {
  const marks = marksBetween(base, described(someChanges));

  it('there are none where nothing changes', () => {
    expect(Object.values(marksBetween(base, described())).flatMap(Object.keys)).toEqual([]);
  });

  it('a shard that moves says where from and where to', () => {
    expect(marks.machines['cage/live-origin-s2-a']).toEqual({ mark: 'removed', reasons: ['shard s2 moves to idcf'] });
    expect(marks.machines['idcf/live-origin-s2-a']).toEqual({ mark: 'added', reasons: ['shard s2 comes from cage'] });
  });

  it('a shard that is given up says nothing more', () => {
    expect(marks.machines['cage/live-origin-s4-b']).toEqual({ mark: 'removed', reasons: [] });
  });

  it('counts, shards of balancers, names and paths of links tell their old and new value', () => {
    expect(marks.machines['gcp/live-edge']?.reasons).toEqual(['count: 3 to 30 → 5 to 30']);
    expect(marks.balancers['cage/live/ingest']?.reasons).toEqual(['shards: s1, s2, s3, s4 → s1, s3']);
    expect(marks.names['s2.ingest.live.example.com']?.reasons).toEqual(['sites: cage → idcf']);
    expect(marks.links['aws-cage']?.reasons).toEqual(['paths: primary, backup → primary']);
    expect(marks.paths['aws-cage/backup']).toEqual({ mark: 'removed', reasons: [] });
  });

  it('another size changes the machine type', () => {
    const head = described((topology) => (live(topology).edge.size['vcpu'] = 16));
    const { reasons = [] } = marksBetween(base, head).machines['gcp/live-edge'] ?? {};
    expect(reasons).toEqual([expect.stringMatching(/^machine type: \S+ → \S+$/)]);
  });
});

describe('the map of a change', () => {
  it('keeps what is removed in its place, and says so', async () => {
    const map = await changeOf(base, described(someChanges));
    const removed = boxOf(map, 'machine:cage/live-origin-s4-a');
    expect(removed.mark?.mark).toBe('removed');
    expect(removed.lines[0]?.text).toBe('− s4');
    expect(boxOf(map, 'site:cage').counts).toEqual({ removed: 6, changed: 1 });
  });

  it('keeps a site that is removed with all that stood there, and both paths of its links', async () => {
    const map = await changeOf(
      base,
      described((topology) => {
        Reflect.deleteProperty(topology.sites, 'dev');
        Reflect.deleteProperty(topology.systems, 'live-dev');
      }),
    );
    expect(boxOf(map, 'site:dev').mark?.mark).toBe('removed');
    expect(boxOf(map, 'machine:dev/live-dev-edge').mark?.mark).toBe('removed');
    expect(boxOf(map, 'names:live-dev').mark?.mark).toBe('removed');
  });

  it('shows each mark that it is given, also of a stack of which nothing else is marked', async () => {
    const { layOut } = await import('../../../scripts/map/layout');
    const replaced = { mark: 'replaced', reasons: ['image'] } as const;
    const marks = {
      ...marksBetween(base, base),
      ...{ sites: { gcp: replaced }, systems: { 'gcp/live': replaced }, devices: { 'cage/bigip-a': replaced } },
      stacks: { 'gcp-network': replaced, dns: replaced, 'link-aws-gcp': replaced, 'cage-live-a': replaced },
      machines: { 'cage/live-origin-s1-a': replaced },
    };
    const map = await layOut({ description: base, marks });
    expect(map.boxes.flatMap(({ id, mark }) => (mark ? [id] : [])).sort()).toEqual([
      'device:cage/bigip-a:live/ingest',
      'link:aws-gcp',
      'machine:cage/live-origin-s1-a',
      'site:gcp',
      'stack:dns',
      'stack:gcp-network',
      'system:gcp/live',
    ]);
  });
});
