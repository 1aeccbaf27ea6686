import type { LinkPathKind } from '../../constructs/contract/link';
import { contains, isCidr } from '../../constructs/util/cidr';
import { type Enrolled, exampleSite } from '../support/example-site';
import { linkSpec, networkHandles, peer, peerOutside } from '../support/example-specs';
import { emittedBy, leavesOf, mentions } from '../support/emitted';
import { attempt } from '../support/attempt';
import { makeMember } from '../support/member-stack';
import { expectKept } from './deviations';
import { enrolled } from './enrolled';

const native = enrolled.flatMap((entry) =>
  (Object.entries(entry.adapter.facts.paths) as [LinkPathKind, string][])
    .filter(([, by]) => by === 'native')
    .map(([kind]) => ({ ...entry, kind })),
);

function make(entry: Enrolled, ...kinds: LinkPathKind[]) {
  return makeMember(entry.adapter, exampleSite(entry), (scope) => {
    const network = networkHandles(scope, entry, exampleSite(entry));
    const end = entry.adapter.link(scope, 'end', linkSpec(scope, entry, network, kinds));
    end.connect(kinds.includes('vpn') ? peerOutside : []);
    return end.outsideAddresses;
  });
}

describe.each(native)('$kind of $title', (entry) => {
  const { kind } = entry;
  const site = exampleSite(entry);
  const emitted = () => emittedBy(make(entry, kind).stack);

  it('opens and connects its end of a link', () => {
    expect(emitted().length).toBeGreaterThan(0);
  });

  it('makes its end of a link below the scope that it is given', () => {
    expect(make(entry, kind).strays).toEqual([]);
  });

  it("speaks to the peer's autonomous system", () => {
    expect(mentions(emitted(), peer.asn)).toBe(true);
  });

  it('names no internal prefix but its own, the segment and what the peer announces', () => {
    const internal = leavesOf(emitted())
      .flatMap(({ value }) => String(value).match(/\b(\d{1,3}\.){3}\d{1,3}\/\d{1,2}\b/g) ?? [])
      .filter((cidr) => isCidr(cidr) && contains(site.supernet, cidr));
    const known = [site.plan.cidr, '10.64.0.16/28', ...peer.prefixes];
    const foreign = internal.filter((cidr) => !known.some((one) => contains(one, cidr)));
    expectKept('prefixes', `${entry.title} ${kind}`, foreign);
  });
});

/** Two kinds of routed paths, of which either can be the better one. */
const pairs = enrolled.flatMap((entry) => {
  const kinds = native.filter(({ title }) => title === entry.title).map(({ kind }) => kind);
  const [one, other] = kinds;
  return one && other ? [{ ...entry, one, other }] : [];
});
describe.each(pairs)('$one and $other of $title', (entry) => {
  it('prefers the path that it is told to, or refuses the order', () => {
    const { one, other } = entry;
    const made = [make(entry, one, other), attempt(() => make(entry, other, one))];
    const blind = made.map((end) =>
      end === 'refused' ? end : JSON.stringify(end.stack).replaceAll('backup', 'primary'),
    );
    expect(blind[0]).not.toBe(blind[1]);
  });
});

describe.each(native.filter(({ kind }) => kind === 'vpn'))('tunnels of $title', (entry) => {
  it('has an outside address for each endpoint that its tunnels name', () => {
    const { outsideAddresses, tunnelsPerPeerAddress } = entry.adapter.facts.vpn;
    const endpoints = outsideAddresses === 'connection' ? 2 * tunnelsPerPeerAddress : 2;
    const addresses = make(entry, 'vpn').result;
    expect(addresses.length).toBe(endpoints);
    expect(addresses.filter((address) => !address)).toEqual([]);
  });

  it('builds a tunnel to every outside address of the peer, with the addresses inside that were planned', () => {
    const emitted = emittedBy(make(entry, 'vpn').stack);
    const count = 2 * entry.adapter.facts.vpn.tunnelsPerPeerAddress;
    const blocks = Array.from({ length: count }, (_, at) => `169.254.10.${4 * (at + 1)}`);
    const inside = (block: string): string[] => [`${block}/30`, block.replace(/\d+$/, (last) => `${Number(last) + 1}`)];
    expect(blocks.filter((block) => !inside(block).some((one) => mentions(emitted, one)))).toEqual([]);
    expect(peerOutside.filter((address) => !mentions(emitted, address))).toEqual([]);
  });

  it('takes every key from a sensitive variable', () => {
    const { stack } = make(entry, 'vpn');
    const keys = leavesOf(emittedBy(stack)).filter(({ path }) => /shared_(secret|key)|preshared/.test(path));
    expect(keys.length).toBe(2 * entry.adapter.facts.vpn.tunnelsPerPeerAddress);
    expect(keys.filter(({ value }) => !/^\$\{var\.key_\d\}$/.test(String(value))).map(({ path }) => path)).toEqual([]);
  });
});

describe.each(native.filter(({ kind }) => kind === 'circuit'))('circuits of $title', (entry) => {
  it('uses the addresses, the VLANs and the line of each half that was ordered', () => {
    const emitted = emittedBy(make(entry, 'circuit').stack);
    const ends = Object.values(entry.example.circuits ?? {}).flatMap((end) => Object.values(end as object));
    const wanted = ['169.254.200.1', '169.254.200.2', '169.254.200.9', '169.254.200.10'];
    expect(wanted.filter((address) => !mentions(emitted, address))).toEqual([]);
    const names = ends.filter((value): value is string => typeof value === 'string' && value !== 'DEDICATED');
    expect(names.filter((name) => !mentions(emitted, name))).toEqual([]);
  });
});
