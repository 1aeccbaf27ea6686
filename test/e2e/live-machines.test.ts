import type { MachineBase } from '../../constructs/machine-base';
import { balancerConfiguration } from '../../constructs/selfhosted/haproxy';
import { edgeConfiguration } from '../../stacks/live/edge';
import { originConfiguration } from '../../stacks/live/origin';
import { type Lab, createLab, namespaces } from '../support/lab';
import { until } from '../support/python-agent';
import { describeWith, requirement } from '../support/requirements';
import { type Viewer, publish, view } from '../support/stream';

const network = '10.65.2.0/24';
const at = {
  a: '10.65.2.10',
  b: '10.65.2.11',
  x: '10.65.2.5',
  y: '10.65.2.6',
  e1: '10.65.2.21',
  e2: '10.65.2.22',
} as const;
const ingest = '10.65.2.100';
const base = (half: 'a' | 'b'): MachineBase => ({
  hostname: '',
  half,
  operators: [],
  healthSources: [network],
  routes: [],
});

const origin = (half: 'a' | 'b') =>
  originConfiguration({
    base: base(half),
    peerAddress: at[half === 'a' ? 'b' : 'a'],
    publishers: [network],
    edges: [network],
  });

const edge = () => edgeConfiguration({ base: base('a'), originsDomain: 'origin.test', drainSeconds: 30 });

const balancer = (half: 'a' | 'b') =>
  balancerConfiguration({
    base: base(half),
    mode: 'active-standby',
    failback: 'hold',
    idleSeconds: 120,
    clients: [network],
    services: [
      {
        name: 's1',
        bindAddress: ingest,
        bindPort: 1935,
        healthCheck: { protocol: 'http', port: 8080, path: '/health', intervalSeconds: 2, fall: 2, rise: 2 },
        members: [
          { name: 's1-a', address: at.a, port: 1935 },
          { name: 's1-b', address: at.b, port: 1935 },
        ],
      },
    ],
    vrrp: {
      address: half === 'a' ? at.x : at.y,
      peerAddress: half === 'a' ? at.y : at.x,
      routerId: 1,
      virtualAddresses: [ingest],
    },
  });

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const needs = [
  namespaces,
  requirement('nginx'),
  requirement('haproxy'),
  requirement('keepalived'),
  requirement('ffmpeg'),
];

describeWith(needs, 'a shard with its balancers and two edges, from the rendered files', () => {
  let lab: Lab;
  let viewer: Viewer;
  let publisher: { stop(): void };
  const figures: string[] = [];

  const health = (name: keyof typeof at) => lab.get('client', `http://${at[name]}:8080/health`).status;
  const publishedOn = (name: 'a' | 'b') =>
    lab.get('client', `http://${at[name]}:8080/publishers`).body.includes('s1-show');
  const watch = (name: 'e1' | 'e2') => view(lab, 'client', `rtmp://${at[name]}/live/s1-show`);
  const recovered = async (what: string) => {
    await pause(8);
    const gap = viewer.gap();
    figures.push(`${what}: viewer's gap ${gap.toFixed(1)} s`);
    expect(viewer.connected()).toBe(true);
    expect(gap).toBeLessThan(7);
  };

  beforeAll(async () => {
    lab = createLab({ 'a.s1.origin.test': at.a, 'b.s1.origin.test': at.b });
    lab.add('client', '10.65.2.200/24');
    const configurations = {
      a: origin('a'),
      b: origin('b'),
      x: balancer('a'),
      y: balancer('b'),
      e1: edge(),
      e2: edge(),
    };
    for (const name of Object.keys(at) as (keyof typeof at)[]) {
      lab.add(name, `${at[name]}/24`, configurations[name]);
      lab.boot(name);
    }
    await until(() => (['a', 'b', 'x', 'y', 'e1', 'e2'] as const).every((name) => health(name) === 200));
    await until(() => lab.get('client', `http://${ingest}:8080/health`).status === 200);
    // Until the balancers have seen both origins healthy.
    await pause(3);
    publisher = publish(lab, 'client', `rtmp://${ingest}/live/s1-show`);
    viewer = watch('e1');
    await until(() => viewer.first() !== undefined);
    viewer.gap();
  }, 60_000);

  afterAll(() => {
    publisher.stop();
    viewer.leave();
    lab.remove();
    process.stderr.write(`${figures.map((line) => `  ${line}\n`).join('')}`);
  });

  it('keeps the viewer when the active origin dies', async () => {
    expect(publishedOn('a')).toBe(true);
    lab.kill('a');
    await recovered('active origin killed');
    expect(publishedOn('b')).toBe(true);
  }, 30_000);

  it('stays on the standby when the dead origin returns', async () => {
    lab.boot('a');
    await until(() => health('a') === 503);
    await pause(3);
    expect(viewer.gap()).toBeLessThan(2);
    expect(health('a')).toBe(503);
    expect([publishedOn('a'), publishedOn('b')]).toEqual([false, true]);
  }, 30_000);

  it('shows a running stream on an edge that did not have it, and lets that edge drain', async () => {
    const other = watch('e2');
    await until(() => other.first() !== undefined);
    figures.push(`first picture on a new edge after ${other.first()?.toFixed(1)} s`);
    const drain = lab.run('e2', '/usr/local/lib/watari/drain', []);
    const drained = new Promise((resolve) => drain.once('exit', resolve));
    await until(() => health('e2') === 503);
    const late = watch('e2');
    await until(() => !late.connected());
    expect(late.first()).toBeUndefined();
    expect(other.connected()).toBe(true);
    other.leave();
    await drained;
  }, 40_000);

  it('keeps the viewer when the balancer that has the address loses power', async () => {
    const holder = lab.addresses('x').includes(ingest) ? 'x' : 'y';
    viewer.gap();
    lab.cut(holder);
    await recovered('active balancer cut off');
    expect(lab.addresses(holder === 'x' ? 'y' : 'x')).toContain(ingest);
  }, 30_000);

  it('takes the first origin back once the last publisher has gone', async () => {
    publisher.stop();
    await until(() => health('a') === 200);
  }, 30_000);
});
