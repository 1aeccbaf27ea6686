import type { TSchema } from '@sinclair/typebox';
import type { Prerequisite, Sourced } from '../../constructs/contract/facts';
import { isCidr } from '../../constructs/util/cidr';
import { compileSchema } from '../../stacks/topology/validator';
import { exampleSite } from '../support/example-site';
import { enrolled } from './enrolled';

const optionalMembers = ['elastic', 'access', 'devices', 'checkMachines'] as const;
const memberParts = {
  image: ['name', 'packerSource'],
  dns: ['configure', 'records'],
  stateStore: ['configure', 'bucket'],
} as const;

describe.each(enrolled)('facts of $title', ({ adapter, provider, example, ...entry }) => {
  const { facts } = adapter;

  it('every number and statement of the world has a value, a source and the date on which it was read', () => {
    const all: Record<string, Sourced<unknown> | undefined> = {
      ...facts.limits,
      reservedBlocks: facts.reservedBlocks,
      healthCheckSources: facts.healthCheckSources,
      ...facts.detectionMs,
      ...facts.circuitTimers,
    };
    const wrong = Object.entries(all).filter(([, fact]) => fact && !isSourced(fact));
    expect(wrong.map(([name]) => name)).toEqual([]);
  });

  it('reserved blocks and health-check sources are network prefixes', () => {
    const blocks = [...facts.reservedBlocks.value, ...facts.healthCheckSources.value];
    expect(blocks.filter((block) => !isCidr(block))).toEqual([]);
  });

  it('limits are positive whole numbers', () => {
    const limits = Object.entries(facts.limits).map(([name, limit]) => [name, limit?.value] as const);
    expect(limits.filter(([, value]) => !Number.isInteger(value) || Number(value) < 1)).toEqual([]);
  });

  it('has timers for the sessions of circuits exactly where it makes circuits', () => {
    expect(facts.circuitTimers !== undefined).toBe(facts.paths.circuit === 'native');
  });

  it('every prerequisite has an id of its own, a kind, what it is, how to get it and a source', () => {
    const ids = facts.prerequisites.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(facts.prerequisites.filter((one) => !isComplete(one)).map(({ id }) => id)).toEqual([]);
  });

  it('every prerequisite that the sandbox withholds is one that the facts name', () => {
    const named = Object.values(provider.profiles).flatMap(({ facts: own }) => own.prerequisites.map(({ id }) => id));
    const withheld = provider.simulations.flatMap(({ prerequisites = [] }) => prerequisites.map(({ id }) => id));
    expect(withheld.filter((id) => !named.includes(id))).toEqual([]);
  });

  it('an optional member is a function or absent', () => {
    const wrong = optionalMembers.filter((name) => !['function', 'undefined'].includes(typeof adapter[name]));
    expect(wrong).toEqual([]);
  });

  it('a member of several parts has all of them, or is absent', () => {
    const wrong = Object.entries(memberParts).flatMap(([name, parts]) => {
      const member = adapter[name as keyof typeof memberParts] as Record<string, unknown> | undefined;
      return member ? parts.filter((part) => typeof member[part] !== 'function').map((part) => `${name}.${part}`) : [];
    });
    expect(wrong).toEqual([]);
  });

  it('scales by itself exactly where the facts say how long a leaving machine may stay', () => {
    expect(adapter.elastic !== undefined).toBe(facts.limits.drainSeconds !== undefined);
  });

  it('the example has no address setting that the facts do not name', () => {
    const given = (['adoptedNetwork', 'publicBlock'] as const).filter((setting) => example[setting] !== undefined);
    expect(given.filter((setting) => !facts.addressSettings.includes(setting))).toEqual([]);
    expect(facts.addressSettings.includes('publicBlock')).toBe(facts.balancer.publicAddresses === 'planned');
    expect(facts.addressSettings.includes('asn')).toBe(facts.hub.kind !== 'none');
  });

  it('names its part of a link and of names and states in the example', () => {
    const needed = {
      circuits: facts.paths.circuit !== undefined,
      segment: facts.paths.segment !== undefined,
      dns: adapter.dns !== undefined,
      stateStore: adapter.stateStore !== undefined,
    };
    const given = Object.keys(needed).filter((part) => example[part as keyof typeof needed] !== undefined);
    expect(given).toEqual(Object.keys(needed).filter((part) => needed[part as keyof typeof needed]));
  });

  it('the example passes the schemas of its folder', () => {
    const ends = [...Object.values(example.circuits ?? {}), ...(example.segment ? [example.segment] : [])];
    const pairs = [
      [provider.settings, example.settings],
      ...ends.map((end) => [provider.circuitEnd, end]),
      ...(adapter.dns ? [[adapter.dns.settings, example.dns]] : []),
      ...(adapter.stateStore ? [[adapter.stateStore.settings, example.stateStore]] : []),
    ] as const;
    for (const [schema, value] of pairs) {
      const check = compileSchema(schema as TSchema);
      check(value);
      expect(check.errors ?? []).toEqual([]);
    }
  });

  it('the example is a site that the adapter does not refuse', () => {
    expect(adapter.check(exampleSite({ adapter, provider, example, ...entry }))).toEqual([]);
  });

  it('finds a machine type for what the example promises, and none for what nobody has', () => {
    const site = exampleSite({ adapter, provider, example, ...entry });
    const size = { vcpu: 4, memoryGiB: 8, diskGiB: 50, egressMbps: 2000 };
    for (const role of ['origin', 'edge', 'balancer', 'gateway'])
      expect(adapter.machineType(site, size, role)).toMatchObject({ name: expect.any(String) as string });
    expect(adapter.machineType(site, { ...size, vcpu: 100_000 }, 'origin')).toBeUndefined();
  });

  it('names the machine types to choose from, and finds one for the size of each', () => {
    const site = exampleSite({ adapter, provider, example, ...entry });
    for (const role of ['origin', 'edge', 'balancer', 'gateway']) {
      const types = adapter.machineTypes(site, role).types.filter(({ roles }) => roles?.includes(role) ?? true);
      expect(types).not.toEqual([]);
      const lacking = types.filter(
        ({ diskGiB = 50, ...size }) => !adapter.machineType(site, { ...size, diskGiB }, role),
      );
      expect(lacking.map(({ name }) => name)).toEqual([]);
    }
  });
});

const isDate = (text: string): boolean => /^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
const isSourced = ({ value, source, read }: Sourced<unknown>): boolean =>
  value !== undefined && source.length >= 8 && isDate(read);
const isComplete = ({ id, kind, what, how, source }: Prerequisite): boolean =>
  /^[a-z0-9-]+$/.test(id) && [kind, what, how, source].every((text) => typeof text === 'string' && text.length > 2);
