import { inventory } from '../../../stacks/inventory';
import type { Platform } from '../../../stacks/platform/platform';
import { type Editable, live, platformOf } from '../../support/topologies';

const addresses = (platform: Platform): Map<string, string | undefined> =>
  new Map(inventory(platform).map(({ site, name, address }) => [`${site} ${name}`, address]));

const tunnels = (platform: Platform): Map<string, string> =>
  new Map(
    platform.links.flatMap((link) =>
      (link.paths[link.ends[0]] ?? []).flatMap((path) =>
        path.kind === 'vpn'
          ? path.tunnels.map((tunnel) => [`${link.id} ${tunnel.id}`, tunnel.insideCidr] as const)
          : [],
      ),
    ),
  );

function expectNothingMoved(edit: (topology: Editable) => void): void {
  const [before, after] = [platformOf(), platformOf(edit)];
  expect(Object.fromEntries(addresses(after))).toMatchObject(Object.fromEntries(addresses(before)));
  expect(Object.fromEntries(tunnels(after))).toMatchObject(Object.fromEntries(tunnels(before)));
}

test('adding a shard moves nothing that exists', () => {
  expectNothingMoved((topology) => (live(topology).shards['s5'] = { site: 'gcp' }));
});

test('adding a site in front of all others moves nothing that exists', () => {
  expectNothingMoved((topology) => {
    const settings = { ...topology.sites['gcp']?.settings, project: 'example-live-second' };
    topology.sites = { aaa: { ...topology.sites['gcp'], number: 9, settings }, ...topology.sites } as Editable['sites'];
  });
});

test('adding a link moves nothing that exists', () => {
  expectNothingMoved((topology) => {
    const settings = { ...topology.sites['gcp']?.settings, project: 'example-live-second' };
    topology.sites['osaka'] = { ...topology.sites['gcp'], number: 9, settings } as Editable['sites'][string];
    topology.links['aws-osaka'] = {
      layer: 3,
      ends: ['osaka', 'aws'],
      store: 'osaka',
      primary: { kind: 'vpn' },
      single: true,
    };
  });
});

test('renaming the label of a site changes no machine', () => {
  expectNothingMoved((topology) => Object.assign(topology.sites['gcp'] ?? {}, { label: 'Another name' }));
});

test('no machine of the reference shares its address with another', () => {
  const all = [...addresses(platformOf()).values()].filter((address) => address !== undefined);
  expect(new Set(all).size).toBe(all.length);
});

test('both members of everything redundant stand in different halves', () => {
  const origins = inventory(platformOf()).filter(({ role }) => role === 'origin');
  const shards = new Map<string, string[]>();
  for (const { site, name, half } of origins) {
    const shard = `${site} ${name.replace(/-[ab]$/, '')}`;
    shards.set(shard, [...(shards.get(shard) ?? []), half]);
  }
  expect(shards.size).toBe(5);
  for (const found of shards.values()) expect(found.sort()).toEqual(['a', 'b']);
});

test('both ends of a link have the same tunnels, seen from either side', () => {
  for (const link of platformOf().links) {
    const [one, other] = link.ends.map((end) => link.paths[end] ?? []);
    one?.forEach((path, index) => {
      const seen = other?.[index];
      if (path.kind !== 'vpn' || seen?.kind !== 'vpn') return;
      path.tunnels.forEach((tunnel, place) => {
        const mirrored = seen.tunnels[place];
        expect([mirrored?.inside, mirrored?.peerInside]).toEqual([tunnel.peerInside, tunnel.inside]);
        expect([mirrored?.endpoint, mirrored?.peerEndpoint]).toEqual([tunnel.peerEndpoint, tunnel.endpoint]);
      });
    });
  }
});
