import type { DeployReport } from '../../scripts/deploy/report';
import { removeObject } from '../../scripts/sandbox/control';
import reference from '../../stacks/topologies/reference';
import { changesOf, editedTopology, testRehearsal, timesOf } from '../support/rehearsal';
import { describeWith, requirement } from '../support/requirements';

const minutes = 60_000;

describeWith(requirement('terraform'), 'the reference platform, in the sandbox', () => {
  const { deploy, objects, tamper, watari, env } = testRehearsal();
  const namesOf = (type: string): string[] =>
    objects(reference).flatMap((object) => (object.type === type ? [object.name] : []));
  /** What a name resolves to: all answers, with their weights where there are several. */
  const resolve = (name: string): unknown => {
    const records = objects(reference).filter(({ type }) => type === 'google_dns_record_set');
    const { rrdatas, routing_policy: policy } = records.find((record) => record.name === `${name}.example.com.`)!
      .attributes as { rrdatas: string[] | null; routing_policy: { wrr: { weight: number; rrdatas: string[] }[] }[] };
    return rrdatas ?? Object.fromEntries(policy[0]!.wrr.map((answer) => [answer.weight, answer.rrdatas.length]));
  };

  it(
    'is deployed with all of its stacks, each site with its public addresses',
    async () => {
      const report = await deploy(reference);
      expect(report.stacks.map(({ stack }) => stack)).toEqual(
        expect.arrayContaining([
          'cage-bigip-pair',
          'idcf-gateway-b',
          'link-cage-idcf',
          'aws-live',
          'dev-live-dev',
          'dns',
        ]),
      );
      expect(report.stacks.filter(({ ok, changed }) => !ok || !changed)).toEqual([]);
      expect([...new Set(report.addresses.map(({ site }) => site))].sort()).toEqual([
        'aws',
        'cage',
        'dev',
        'gcp',
        'idcf',
      ]);
      expect(report.addresses).toContainEqual({ site: 'cage', service: 'live s1', addresses: '203.0.113.10' });
      expect(report).toMatchObject({ topology: 'reference', orphans: [], blocked: [] });
    },
    4 * minutes,
  );

  const changed = editedTopology(reference, ({ systems: { live, 'live-dev': dev } }) => {
    const edges = live!.edges as Record<string, unknown>;
    delete edges['gcp'];
    edges['aws'] = { min: 6, max: 60 };
    edges['idcf'] = { elastic: 'peak', count: 6 };
    const shards = live!.shards as Record<string, { site: string }>;
    shards['s2'] = { site: 'idcf' };
    shards['s5'] = { site: 'gcp' };
    dev!.edge.drainSeconds = 301;
  });
  let report: DeployReport;
  let changes: ReturnType<typeof changesOf>;

  it(
    'takes many changes at once, and touches no network, link or gateway for them, and no site without a part in them',
    async () => {
      const lost = objects(reference).find(
        (one) => one.type === 'maas_instance' && JSON.stringify(one).includes('hostname: cage-live-origin-s1-b'),
      );
      tamper(reference, (cloud) => removeObject(cloud, lost!.type, lost!.id));
      report = await deploy(changed);
      changes = changesOf(report);
      const halves = ['cage', 'gcp', 'idcf'].flatMap((site) => [`${site}-live-a`, `${site}-live-b`]);
      const systems = ['aws-live', 'cage-live', 'dev-live-dev', 'gcp-live', 'idcf-live'];
      expect(Object.keys(changes).sort()).toEqual([...halves, ...systems, 'dns'].sort());
    },
    2 * minutes,
  );

  it('puts back what was removed by hand', () => {
    expect(changes['cage-live-b']!['create']).toEqual([expect.stringMatching(/^maas_instance\..*origin-s1-b/)]);
  });

  it('scales in place, or by machines where a fleet is fixed, and leaves the pair before it alone', () => {
    expect(changes['aws-live']).toEqual({ update: [expect.stringContaining('autoscaling_group')] });
    expect(changes['idcf-live-a']!['create']).toContainEqual(expect.stringMatching(/instance.*edge-5/));
    expect(changes['idcf-live-b']!['create']).toContainEqual(expect.stringMatching(/instance.*edge-6/));
    // The pair before a fixed fleet knows its places already.
    for (const half of ['idcf-live-a', 'idcf-live-b']) expect(Object.keys(changes[half]!)).toEqual(['create']);
  });

  it('replaces what cannot be changed', () => {
    expect(changes['dev-live-dev']!['replace']).toContainEqual(expect.stringContaining('vm_profile'));
  });

  it('moves edges and a shard, and bursts a fifth shard into a cloud, one half after the other', () => {
    expect(changes['cage-live-a']).toEqual({ destroy: [expect.stringContaining('origin-s2-a')] });
    expect(changes['idcf-live-b']!['create']).toContainEqual(expect.stringMatching(/instance.*origin-s2-b/));
    expect(changes['gcp-live-b']!['create']).toContainEqual(expect.stringMatching(/instance.*origin-s5-b/));
    expect(changes['gcp-live']!['destroy']).toContainEqual(expect.stringContaining('autoscaler'));
    expect(changes['dns']!['update']).toContainEqual(expect.stringContaining('play'));
    expect(timesOf(report, 'idcf-live-a').begin).toBeGreaterThanOrEqual(timesOf(report, 'idcf-live-b').end);
  });

  it('lists the way of every edge-origin pair after the move, there and back', async () => {
    const file = `${env['WATARI_HOME']}/reference.json`;
    const { code, stdout } = await watari(['show', 'reachability', '--json', '--topology', file]);
    const { reachability } = JSON.parse(stdout) as { reachability: Record<string, string>[] };
    const pairs = reachability.map((row) => [row['edges at'], row['shard'], row['origins at'], row['way']].join(' '));
    expect(code).toBe(0);
    for (const edges of ['aws', 'idcf'])
      for (const shard of ['s1 cage', 's2 idcf', 's3 cage', 's4 cage', 's5 gcp'])
        for (const way of ['forward', 'back']) expect(pairs).toContain(`${edges} ${shard} ${way}`);
    expect(reachability.filter((row) => row['edges at'] === 'gcp' || row['path'] === 'none')).toEqual([]);
  });

  it('has the names follow the move', () => {
    expect(resolve('a.s2.origin.live')).toEqual([expect.stringMatching(/^10\.66\./)]);
    expect(resolve('b.s5.origin.live')).toEqual([expect.stringMatching(/^10\.67\./)]);
    expect(resolve('s5.ingest.live')).toEqual([expect.stringMatching(/^34\./)]);
    // By capacity: 60 edges behind three addresses on AWS, 6 behind one at IDCF.
    expect(resolve('play.live')).toEqual({ 60: 3, 6: 1 });
  });

  it('leaves nothing behind where it moved from', () => {
    expect(namesOf('google_compute_region_instance_group_manager')).toEqual([]);
    expect(namesOf('google_compute_region_autoscaler')).toEqual([]);
    const atOldPlace = objects(reference).filter(({ owner, attributes }) =>
      owner.startsWith('cage-live') ? /origin-s2|ingest-s2/.test(JSON.stringify(attributes)) : false,
    );
    expect(atOldPlace).toEqual([]);
  });

  it(
    'has nothing to change afterwards',
    async () => {
      expect(changesOf(await deploy(changed))).toEqual({});
    },
    2 * minutes,
  );

  it(
    'leaves nothing in the cloud when it is taken down',
    async () => {
      const report = await deploy(changed, ['--destroy']);
      expect(report.stacks.filter(({ resources }) => resources !== 0)).toEqual([]);
      expect(objects(reference)).toEqual([]);
    },
    2 * minutes,
  );
});
