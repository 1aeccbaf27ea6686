import type { AdapterFacts } from '../../../constructs/contract/facts';
import type { Adapter } from '../../../constructs/contract/adapter';
import { registry } from '../../../constructs/providers/registry';
import type { Draft, DraftLink, DraftPath } from './draft';
import type { Random } from './random';

export function adapterAt(draft: Draft, site: string): Adapter {
  const { provider, profile = 'standard' } = draft.sites[site] ?? { provider: '' };
  const found = Object.entries(registry).find(([name]) => name === provider)?.[1];
  const adapter = (found?.profiles as Readonly<Record<string, Adapter>> | undefined)?.[profile];
  if (!adapter) throw new Error(`no adapter for ${site}`);
  return adapter;
}

/** Kinds of path that both ends have. */
export function kindsBetween(draft: Draft, one: string, other: string): ('vpn' | 'circuit' | 'segment')[] {
  const facts = [one, other].map((site): AdapterFacts => adapterAt(draft, site).facts);
  const both = (['vpn', 'circuit', 'segment'] as const).filter((kind) => facts.every(({ paths }) => kind in paths));
  const allocate = facts.every(({ vpn }) => vpn.outsideAddresses === 'connection');
  return allocate ? both.filter((kind) => kind !== 'vpn') : both;
}

export const joined = (draft: Draft, one: string, other: string): boolean =>
  Object.values(draft.links).some(({ ends }) => ends.includes(one) && ends.includes(other));

/** A link of any kind that the two can have. @returns false when they can have none */
export function addLink(random: Random, draft: Draft, one: string, other: string): boolean {
  if (joined(draft, one, other)) return true;
  const possible = kindsBetween(draft, one, other);
  if (possible.length === 0) return false;
  const kind = random.pick(possible);
  const ends: [string, string] = random.chance(50) ? [one, other] : [other, one];
  const store = random.pick(Object.keys(draft.stores));
  const number = Object.keys(draft.links).length;
  draft.links[random.chance(50) ? [one, other].join('-') : `line-${number}`] = {
    ends,
    store,
    ...pathsOf(random, draft, ends, kind, possible, number),
  };
  return true;
}

function pathsOf(
  random: Random,
  draft: Draft,
  ends: [string, string],
  kind: 'vpn' | 'circuit' | 'segment',
  possible: readonly string[],
  number: number,
): Pick<DraftLink, 'layer' | 'primary' | 'backup' | 'single'> {
  if (kind === 'segment') return { layer: 2, single: true, primary: segment(draft, ends, number) };
  if (kind === 'vpn') return { layer: 3, single: true, primary: { kind: 'vpn' } };
  const primary = circuits(random, draft, ends, number);
  if (possible.includes('vpn') && random.chance(60)) return { layer: 3, primary, backup: { kind: 'vpn' } };
  return { layer: 3, primary, single: true };
}

const segmentMtu = 1450;
function segment(draft: Draft, ends: readonly string[], number: number): DraftPath {
  const bridge = (site: string): [string, object] => [
    site,
    draft.sites[site]?.provider === 'metal'
      ? { port: `xe-0/1/${number}` }
      : { network: { id: `31625281-b275-41a9-8e51-8032000000${String(number).padStart(2, '0')}`, name: 'bridge' } },
  ];
  return { kind: 'segment', vlan: 700 + number, mtu: segmentMtu, ends: Object.fromEntries(ends.map(bridge)) };
}

const circuitMtu = 1500;
/** One circuit, or one in each half. Their subnets lie behind the blocks that tunnels are given. */
function circuits(random: Random, draft: Draft, ends: readonly [string, string], number: number): DraftPath {
  const made = (['a', 'b'] as const).slice(0, random.chance(75) ? 2 : 1).map((half, place) => {
    const block = 16 * (2 * number + place);
    const address = (host: number): string => `169.254.${246 + Math.floor(block / 256)}.${(block % 256) + host}/29`;
    const addresses = Object.fromEntries(ends.map((end, index) => [end, address(index + 1)]));
    const own = Object.fromEntries(ends.map((end) => [end, circuitEnd(draft, end, half, number)]));
    return [String(place + 1), { half, vlan: 1000 + 2 * number + place, addresses, ends: own }] as const;
  });
  return { kind: 'circuit', mtu: circuitMtu, bfd: random.chance(70), circuits: Object.fromEntries(made) };
}

function circuitEnd(draft: Draft, site: string, half: 'a' | 'b', number: number): object {
  const side = half === 'a' ? 0 : 1;
  const input = draft.sites[site];
  if (input?.provider === 'aws')
    return {
      connection: `dxcon-ffab${String(100 * input.number + 2 * number + side).padStart(4, '0')}`,
      asn: 65300 + number,
    };
  if (input?.provider === 'gcp')
    return { attachment: `line-${number}-${half}`, type: 'DEDICATED', edgeAvailabilityDomain: side + 1 };
  const port = `xe-0/2/${number}`;
  const switches = input?.settings.switches as Record<'a' | 'b', { circuits?: Record<string, object> }>;
  switches[half].circuits = { ...switches[half].circuits, [port]: { to: `line ${number}`, mtu: circuitMtu } };
  return { port };
}
