import type { ElasticSpec } from '../../constructs/contract/elastic';
import { type Enrolled, exampleSite } from '../support/example-site';
import { elasticSpec, healthCheck } from '../support/example-specs';
import { emittedBy, leavesOf, mentions } from '../support/emitted';
import { attempt } from '../support/attempt';
import { makeMember } from '../support/member-stack';
import { expectKept } from './deviations';
import { enrolledWith } from './enrolled';

function make(entry: Enrolled, changes: Partial<ElasticSpec> = {}) {
  return makeMember(entry.adapter, exampleSite(entry), (scope) =>
    entry.adapter.elastic?.(scope, 'edges', elasticSpec(scope, entry, changes)),
  );
}

describe.each(enrolledWith(({ adapter }) => adapter.elastic))('elastic fleet of $title', (entry) => {
  const emitted = () => emittedBy(make(entry).stack);
  const changesWith = (changes: Partial<ElasticSpec>): boolean =>
    JSON.stringify(make(entry, changes).stack) !== JSON.stringify(make(entry).stack);

  it('stands behind a public address of its own', () => {
    const addresses = make(entry).result?.addresses ?? [];
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !address)).toEqual([]);
  });

  it('has the least and the most machines that it is told', () => {
    expect([3, 17].filter((count) => !mentions(emitted(), count))).toEqual([]);
  });

  it('scales on the egress that it is told', () => {
    expect(changesWith({ targetEgressMbps: 1300 })).toBe(true);
  });

  it('never scales on processors', () => {
    const scaling = emitted().filter(({ type }) => /scal|condition/i.test(type));
    const cpu = leavesOf(scaling).filter(({ path, value }) => /cpu/i.test(`${path.split('.').pop()} ${String(value)}`));
    const used = cpu.filter(({ value }) => value !== null && value !== false);
    expect(used.map(({ path }) => path)).toEqual([]);
  });

  it('drains a leaving machine as long as it is told', () => {
    expect(changesWith({ drainSeconds: 60 })).toBe(true);
  });

  it('does not ask a machine before it can have booted', () => {
    expectKept('boot', entry.title, changesWith({ bootSeconds: 200 }) ? [] : ['bootSeconds changes nothing']);
  });

  it('listens on the port that viewers use, and sends to another one or refuses it', () => {
    expect(mentions(emitted(), 1935)).toBe(true);
    const listeners = [{ name: 'rtmp', port: 1935, memberPort: 1936 }];
    const made = attempt(() => make(entry, { listeners }));
    expect(made === 'refused' || mentions(emittedBy(made.stack), 1936)).toBe(true);
  });

  it('takes no viewer to a machine that does not answer', () => {
    const checks = entry.adapter.facts.balancer.healthChecks.includes('http');
    const absent = [healthCheck.path, healthCheck.port].filter((value) => !mentions(emitted(), value));
    expect(checks ? absent : []).toEqual([]);
  });

  it('makes a fleet below the scope that it is given', () => {
    expect(make(entry).strays).toEqual([]);
  });
});
