import { type Half, halves } from '../../constructs/contract/site';
import type { BalancerService } from '../../constructs/contract/balancer';
import { type Enrolled, exampleSite } from '../support/example-site';
import { type BalancerOptions, balancerSpec, healthCheck } from '../support/example-specs';
import { canonical, emittedBy, mentions } from '../support/emitted';
import { attempt } from '../support/attempt';
import { makeMember } from '../support/member-stack';
import { expectKept } from './deviations';
import { enrolled } from './enrolled';

const modesOf = (entry: Enrolled) =>
  entry.adapter.facts.balancer.modes.map((mode) => ({ ...entry, mode, name: entry.name }));
const offered = enrolled.flatMap(modesOf);

function make(entry: Enrolled, options: BalancerOptions) {
  return makeMember(entry.adapter, exampleSite(entry), (scope) =>
    entry.adapter.balancer(scope, 'ingest', balancerSpec(scope, entry, options)),
  );
}

describe.each(offered)('$mode balancer of $title', (entry) => {
  const { mode } = entry;

  it('gives every service at least one address', () => {
    const { addresses } = make(entry, { mode }).result;
    expect(Object.keys(addresses).sort()).toEqual(['s1', 's2']);
    expect(Object.values(addresses).filter((list) => list.length === 0 || list.some((one) => !one))).toEqual([]);
  });

  it('gives no two services the same address', () => {
    const { addresses } = make(entry, { mode }).result;
    const all = Object.values(addresses).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('sends to every member', () => {
    const text = JSON.stringify(emittedBy(make(entry, { mode }).stack));
    const isNamed = (half: Half): boolean =>
      [`live_origin_s1_${half}`, `live-origin-s1-${half}`, addressOf(entry, half)].some((name) => text.includes(name));
    expect(halves.filter((half) => !isNamed(half))).toEqual([]);
  });

  it('sends to another port of the members, or refuses it', () => {
    const services = changedServices(entry, { memberPort: 1901 });
    const made = attempt(() => make(entry, { mode, changes: { services } }));
    expect(made === 'refused' || mentions(emittedBy(made.stack), 1901)).toBe(true);
  });

  it('makes a balancer below the scope that it is given', () => {
    expect(make(entry, { mode }).strays).toEqual([]);
  });

  it('leaves services as they are when others are added before them', () => {
    const few = emittedBy(make(entry, { mode, services: [2] }).stack);
    const more = new Map(emittedBy(make(entry, { mode, services: [1, 2] }).stack).map((one) => [one.address, one]));
    expect(few.filter(({ address }) => !more.has(address)).map(({ address }) => address)).toEqual([]);
  });

  it('keeps the connections of a leaving member as long as it is told, or refuses to', () => {
    const kept = differs(entry, mode, 'drainSeconds');
    expectKept('drain', entry.title, kept ? [] : ['drainSeconds changes nothing']);
  });

  it('keeps silent connections as long as it is told, or refuses to', () => {
    const kept = differs(entry, mode, 'idleSeconds');
    expectKept('idle', entry.title, kept ? [] : ['idleSeconds changes nothing']);
  });
});

describe.each(offered.filter(({ mode }) => mode === 'active-standby'))(
  'standby behind the balancer of $title',
  (entry) => {
    it('sends to half a first, whatever the order of the members', () => {
      const made = (['ab', 'ba'] as const).map((order) =>
        canonical(make(entry, { mode: 'active-standby', order: [...order] as Half[] }).stack),
      );
      expect(made[1]).toBe(made[0]);
    });

    it('tells the active member from its standby', () => {
      const text = JSON.stringify(make(entry, { mode: 'active-standby', services: [1] }).stack);
      const swapped = text.replaceAll(/s1([_-])([ab])/g, (_, sign: string, half: string) => `s1${sign}${other(half)}`);
      expect(swapped).not.toBe(text);
    });
  },
);

const checking = offered.filter(({ adapter }) => adapter.facts.balancer.healthChecks.includes('http'));
describe.each(checking)('health checks of the $mode balancer of $title', (entry) => {
  it('asks members at the path, the port and the interval that it is told', () => {
    const { stack } = make(entry, { mode: entry.mode });
    const { path, port } = healthCheck;
    const absent = [path, port].filter((value) => !mentions(emittedBy(stack), value));
    const other = make(entry, {
      mode: entry.mode,
      changes: { services: changedServices(entry, { healthCheck: { ...healthCheck, intervalSeconds: 30 } }) },
    });
    expect(absent).toEqual([]);
    expect(JSON.stringify(other.stack)).not.toBe(JSON.stringify(stack));
  });
});

const addressOf = (entry: Enrolled, half: Half): string => exampleSite(entry).plan.machine('origin', half, 1);

function changedServices(entry: Enrolled, changes: Partial<BalancerService>): BalancerService[] {
  const { result } = makeMember(entry.adapter, exampleSite(entry), (scope) =>
    balancerSpec(scope, entry, { mode: 'balanced' }),
  );
  return result.services.map((service) => ({ ...service, ...changes }));
}

function differs(entry: Enrolled, mode: BalancerOptions['mode'], field: 'drainSeconds' | 'idleSeconds'): boolean {
  const made = [60, 240].map((seconds) => attempt(() => make(entry, { mode, changes: { [field]: seconds } })));
  const texts = made.map((one) => (one === 'refused' ? one : JSON.stringify(one.stack)));
  return texts[0] !== texts[1] || texts[0] === 'refused';
}

const other = (half: string): string => (half === 'a' ? 'b' : 'a');
