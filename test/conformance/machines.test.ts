import type { MachineSpec } from '../../constructs/contract/machines';
import { type Enrolled, exampleSite } from '../support/example-site';
import { machineSpec, networkHandles, routerSpec, userData } from '../support/example-specs';
import { type Emitted, emittedBy, leavesOf, mentions } from '../support/emitted';
import { makeMember } from '../support/member-stack';
import { decodedTexts } from '../support/user-data';
import { expectKept } from './deviations';
import { enrolled } from './enrolled';

/** Attributes by which a provider lets a machine forward, with what a router's must be. */
const forwarding: Readonly<Record<string, boolean>> = { can_ip_forward: true, source_dest_check: false };
const protection = /deletion_protection|disable_api_termination|prevent_destroy/;

function make(entry: Enrolled, machines: readonly MachineSpec[]) {
  const site = exampleSite(entry);
  return makeMember(entry.adapter, site, (scope) =>
    entry.adapter.machines(scope, 'fleet', { site, network: networkHandles(scope, entry, site), machines }),
  );
}

describe.each(enrolled)('machines of $title', (entry) => {
  const { adapter } = entry;
  const site = exampleSite(entry);
  const pair = [machineSpec(site, 'a', 1), machineSpec(site, 'b', 1)];

  it('returns one machine for each spec, in its order, with its name and its planned address', () => {
    const { result } = make(entry, pair);
    expect(result.map(({ name, address }) => [name, address])).toEqual(
      pair.map(({ name, address }) => [name, address]),
    );
  });

  it('gives each machine exactly the handles that it announces, all of them strings', () => {
    const handles = make(entry, pair).result.map((machine) => machine.handles);
    for (const own of handles) {
      expect(Object.keys(own).sort()).toEqual([...adapter.machineHandles(site)].sort());
      expect(Object.values(own).filter((value) => typeof value !== 'string' || value === '')).toEqual([]);
    }
  });

  it('configures the planned address of every machine', () => {
    const { stack } = make(entry, pair);
    const absent = pair.filter(({ address }) => !emittedBy(stack).some(({ config }) => mentions(config, address)));
    expect(absent.map(({ name }) => name)).toEqual([]);
  });

  it('puts the halves of a pair in different places', () => {
    const [a = [], b = []] = pair.map((one) => emittedBy(make(entry, [one]).stack));
    const blind = (list: readonly Emitted[]): string =>
      JSON.stringify(list.map(({ config }) => config))
        .replaceAll(/live-origin-s1-[ab]/g, 'NAME')
        .replaceAll(pair[0]?.address ?? '', 'ADDRESS')
        .replaceAll(pair[1]?.address ?? '', 'ADDRESS');
    expect(blind(a)).not.toBe(blind(b));
  });

  it('makes machines below the scope that it is given', () => {
    expect(make(entry, pair).strays).toEqual([]);
  });

  it('leaves machines as they are when others are added before them', () => {
    const before = [machineSpec(site, 'a', 2), machineSpec(site, 'b', 2)];
    const few = emittedBy(make(entry, pair).stack);
    const more = new Map(emittedBy(make(entry, [...before, ...pair]).stack).map((one) => [one.address, one]));
    const moved = few.filter((one) => JSON.stringify(more.get(one.address)) !== JSON.stringify(one));
    expect(moved.map(({ address }) => address)).toEqual([]);
  });

  it('gives user data of the full limit to the machine, whole', () => {
    const full = `${userData}# ${'x'.repeat(adapter.facts.limits.userDataBytes.value - userData.length - 3)}\n`;
    const { stack } = make(entry, [machineSpec(site, 'a', 1, { userData: full })]);
    const texts = leavesOf(emittedBy(stack).map(({ config }) => config)).flatMap(({ value }) => decodedTexts(value));
    expect(texts.some((text) => text.includes('xxxxxxxxxx') && text.length >= full.length)).toBe(true);
  });

  it('protects machines with data of their own from deletion', () => {
    const isProtected = (stateful: boolean): boolean =>
      leavesOf(emittedBy(make(entry, [machineSpec(site, 'a', 1, { stateful })]).stack)).some(
        ({ path, value }) => protection.test(path) && value === true,
      );
    expect([isProtected(true), isProtected(false)]).toEqual([true, false]);
  });

  it('gives public machines a public address, and others none', () => {
    const routers = make(entry, [routerSpec(site, 'a'), routerSpec(site, 'b')]).result;
    expect(routers.filter(({ publicAddress }) => !publicAddress).map(({ name }) => name)).toEqual([]);
    expect(make(entry, pair).result.filter(({ publicAddress }) => publicAddress !== undefined)).toEqual([]);
  });

  it('lets routers forward, and nobody else', () => {
    const check = (machines: readonly MachineSpec[], isRouter: boolean): void => {
      for (const { path, value } of leavesOf(emittedBy(make(entry, machines).stack))) {
        const wanted = forwarding[path.split('.').pop() ?? ''];
        if (wanted !== undefined) expect([path, value]).toEqual([path, isRouter ? wanted : !wanted]);
      }
    };
    check([routerSpec(site, 'a')], true);
    check(pair, false);
    const [router, other] = [true, false].map((isRouter) =>
      JSON.stringify(make(entry, [{ ...routerSpec(site, 'a'), router: isRouter }]).stack),
    );
    expectKept('forwarding', entry.title, router === other ? ['a router is made as any other machine'] : []);
  });
});
