import onlyMetal from '../../stacks/topologies/only-metal';
import { type DeployedCage, deployedCage } from '../support/deployed-cage';
import { type Lab, createLab, namespaces } from '../support/lab';
import { until } from '../support/python-agent';
import { describeWith, requirement } from '../support/requirements';
import { type Publisher, type Viewer, publish, view } from '../support/stream';

const drainSeconds = 8;
/** The topology as it is in the repository, but that nobody waits half an hour for the end of a drain. */
const shortened = Object.entries(onlyMetal.systems).map(
  ([name, live]) => [name, { ...live, edge: { ...live.edge, drainSeconds } }] as const,
);
const topology = { ...onlyMetal, systems: Object.fromEntries(shortened) };

/** One shard with both its origins, both balancer pairs and two of the edges. */
const hosts = {
  a: 'cage-live-origin-s1-a',
  b: 'cage-live-origin-s1-b',
  x: 'cage-live-ingest-a',
  y: 'cage-live-ingest-b',
  v: 'cage-live-viewers-a',
  w: 'cage-live-viewers-b',
  e1: 'cage-live-edge-1',
  e2: 'cage-live-edge-2',
} as const;
type Name = keyof typeof hosts;
const all = Object.keys(hosts) as Name[];
/** Documentation addresses (RFC 5737) for the internet, where broadcaster and viewers are. */
const internet = '198.51.100.0/24';
const outside = { name: 'eth0', address: '198.51.100.10', subnet: internet };
const uplink = { name: 'uplink', address: '198.51.100.1', subnet: internet };

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const needs = [
  namespaces,
  requirement('nginx'),
  requirement('haproxy'),
  requirement('keepalived'),
  requirement('ffmpeg'),
];

describeWith(needs, 'a shard with its balancers and two edges, from the user data of a topology', () => {
  let cage: DeployedCage;
  let lab: Lab;
  let viewer: Viewer;
  let publisher: Publisher;
  /** The edge that the first viewer is not on. */
  let spare: 'e1' | 'e2';
  const figures: string[] = [];

  const address = (name: Name) => cage.machines.get(hosts[name])?.interfaces[0]?.address ?? '';
  // The switches ask from an internal address: machines answer nobody else about their health.
  const health = (name: Name) => lab.get('switches', `http://${address(name)}:8080/health`).status;
  const publishedOn = (name: 'a' | 'b') =>
    lab.get('switches', `http://${address(name)}:8080/publishers`).body.includes('s1-show');
  const viewersOf = (name: 'e1' | 'e2') => lab.get('switches', `http://${address(name)}:8080/viewers`).body;
  const holds = (name: Name, service: string) => lab.addresses(hosts[name]).includes(`${cage.service(service)}/`);
  const watch = (at = cage.service('edge')) => view(lab, 'outside', `rtmp://${at}/live/s1-show`);
  const seconds = (value: number | undefined) => (value === undefined ? 'never' : `${value.toFixed(1)} s`);
  const recovered = async (what: string, cause: () => void) => {
    viewer.gap();
    const at = Date.now();
    cause();
    await pause(8);
    const [back, gap] = [publisher.back(at), viewer.gap()];
    figures.push(`${what}: publisher back after ${seconds(back)}, viewer's gap ${seconds(gap)}`);
    expect(back).toBeLessThan(7);
    expect(viewer.connected()).toBe(true);
    expect(gap).toBeLessThan(7);
  };

  beforeAll(async () => {
    cage = deployedCage(topology);
    lab = createLab(cage.names);
    lab.add({ name: 'switches', interfaces: [...cage.gateways, uplink], forwards: true });
    lab.add({ name: 'outside', interfaces: [outside], gateway: uplink.address });
    for (const name of all) {
      const machine = cage.machines.get(hosts[name]);
      if (!machine) throw new Error(`the topology deploys no ${hosts[name]}`);
      lab.add(machine);
      lab.boot(machine.name);
    }
    await until(() => all.every((name) => health(name) === 200));
    await until(() => (holds('x', 's1') || holds('y', 's1')) && (holds('v', 'edge') || holds('w', 'edge')));
    // Until the balancers have seen the machines behind them healthy.
    await pause(3);
    publisher = publish(lab, 'outside', `rtmp://${cage.service('s1')}/live/s1-show`);
    viewer = watch();
    await until(() => viewer.first() !== undefined);
    spare = viewersOf('e1') === '0' ? 'e1' : 'e2';
    expect(viewersOf(spare)).toBe('0');
  }, 90_000);

  afterAll(() => {
    publisher?.stop();
    viewer?.leave();
    lab?.remove();
    process.stderr.write(`${figures.map((line) => `  ${line}\n`).join('')}`);
  });

  it('keeps the viewer when the active origin dies', async () => {
    expect(publishedOn('a')).toBe(true);
    await recovered('active origin killed', () => lab.kill(hosts.a));
    expect(publishedOn('b')).toBe(true);
  }, 30_000);

  it('stays on the standby when the dead origin returns', async () => {
    viewer.gap();
    publisher.gap();
    const at = Date.now();
    lab.boot(hosts.a);
    await until(() => health('a') === 503);
    await pause(3);
    const gaps = { publisher: publisher.gap(), viewer: viewer.gap() };
    figures.push(
      `dead origin returned: publisher's gap ${seconds(gaps.publisher)}, viewer's gap ${seconds(gaps.viewer)}`,
    );
    expect(gaps.publisher).toBeLessThan(2);
    expect(gaps.viewer).toBeLessThan(2);
    expect(publisher.back(at)).toBeUndefined();
    expect(health('a')).toBe(503);
    expect([publishedOn('a'), publishedOn('b')]).toEqual([false, true]);
  }, 30_000);

  it('shows a running stream on an edge that did not have it', async () => {
    const other = watch(address(spare));
    await until(() => other.first() !== undefined);
    figures.push(`first picture on a new edge after ${seconds(other.first())}`);
    other.leave();
  }, 30_000);

  it('lets an edge drain: no new viewer, the old one to the end', async () => {
    const old = watch(address(spare));
    await until(() => old.first() !== undefined);
    old.gap();
    const at = Date.now();
    const drain = lab.stop(hosts[spare], 'watari-drain.service');
    const drained = new Promise((resolve) => drain.once('exit', resolve));
    await until(() => health(spare) === 503);
    const late = watch(address(spare));
    await until(() => !late.connected());
    expect(late.first()).toBeUndefined();
    expect(await drained).toBe(0);
    const [lasted, gap] = [(Date.now() - at) / 1000, old.gap()];
    figures.push(`edge drained for ${seconds(lasted)}: old viewer's gap ${seconds(gap)}`);
    // The drain counts whole seconds.
    expect(lasted).toBeGreaterThan(drainSeconds - 1.5);
    expect(old.connected()).toBe(true);
    expect(gap).toBeLessThan(2);
    old.leave();
  }, 40_000);

  it('sends new viewers to the other edge from then on', async () => {
    const elsewhere = watch();
    await until(() => elsewhere.first() !== undefined);
    expect(viewersOf(spare)).toBe('0');
    elsewhere.leave();
  }, 30_000);

  it('keeps the viewer when the balancer that has the address loses power', async () => {
    const [holder, other] = holds('x', 's1') ? (['x', 'y'] as const) : (['y', 'x'] as const);
    await recovered('active balancer cut off', () => lab.cut(hosts[holder]));
    expect(holds(other, 's1')).toBe(true);
  }, 30_000);

  it('takes the first origin back once the last publisher has gone', async () => {
    publisher.stop();
    await until(() => health('a') === 200);
  }, 30_000);
});
