import { type Editable, live, problemOf, problemsOf, site } from '../../support/topologies';

test('an unknown provider is refused with the known ones', () => {
  const problem = problemOf((topology) => (site(topology, 'gcp')['provider'] = 'gpc'));
  expect(problem).toMatchObject({ path: 'sites.gcp.provider', value: 'gpc' });
  expect(problem.bound).toContain('aws, cloudstack, gcp, metal');
});

test('an unknown profile is refused with the known ones', () => {
  const problem = problemOf((topology) => (site(topology, 'idcf')['profile'] = 'idfc'));
  expect(problem).toMatchObject({ path: 'sites.idcf.profile', value: 'idfc', bound: 'one of idcf, private' });
});

test('a mistake in the settings of a site names the place below the site', () => {
  const problem = problemOf((topology) => (site(topology, 'gcp').settings['region'] = 'Tokyo'));
  expect(problem).toMatchObject({ path: 'sites.gcp.settings.region', value: 'Tokyo' });
});

test('a key that does not exist is refused with those that do', () => {
  const problem = problemOf((topology) => (live(topology)['shard'] = {}));
  expect(problem.message).toBe('there is no "shard" here');
  expect(problem.fix).toContain('shards');
});

test('a value that is none of a few is refused with all of them, at the place as it is written', () => {
  const tier = problemOf((topology) => {
    const switches = site(topology, 'cage').settings['switches'] as Record<'a', { access: Record<string, object> }>;
    switches.a.access['xe-0/0/1'] = { tier: 'cellar', to: 'origin-a2' };
  });
  expect(tier).toMatchObject({ path: 'sites.cage.settings.switches.a.access.xe-0/0/1.tier', value: 'cellar' });
  expect(tier.bound).toBe('one of transit, balancer, origin, edge, public');
  const layer = problemOf((topology) => Object.assign(topology.links['cage-gcp'] ?? {}, { layer: 'three' }));
  expect(layer).toMatchObject({ path: 'links.cage-gcp.layer', bound: 'one of 2, 3' });
});

test('an address of a device or a service that is none is refused, wherever it stands', () => {
  const settingsOf = (topology: Editable) => site(topology, 'cage').settings as unknown as CageSettings;
  const edits: Record<string, (settings: CageSettings) => void> = {
    'public.gateway': (settings) => (settings.public.gateway = '999.1.1.1'),
    'switches.a.address': (settings) => (settings.switches.a.address = '999.1.1.1'),
    'balancers.boxes.b.address': (settings) => (settings.balancers.boxes.b.address = '192.0.2.256'),
    'balancers.dns.0': (settings) => (settings.balancers.dns[0] = '192.0.2.053'),
    'maas.dns.1': (settings) => (settings.maas.dns[1] = '192.0.2'),
  };
  for (const [path, edit] of Object.entries(edits)) {
    const problem = problemOf((topology) => edit(settingsOf(topology)));
    expect(problem).toMatchObject({ path: `sites.cage.settings.${path}`, message: 'is not an IPv4 address' });
    expect(problem.fix).toContain('Write it as 192.0.2.10.');
  }
});

interface CageSettings {
  readonly public: { gateway: string; cidr: string };
  readonly switches: { readonly a: { address: string } };
  readonly balancers: { readonly boxes: { readonly b: { address: string } }; readonly dns: string[] };
  readonly maas: { readonly dns: string[] };
}

test('a prefix with host bits is refused with the one that is meant, an address of a circuit may have them', () => {
  const internal = problemOf((topology) => (topology.addresses.internal = '10.65.0.0/10'));
  expect(internal).toMatchObject({ path: 'addresses.internal', message: 'is not a network prefix' });
  expect(internal.fix).toContain('Write it as 10.64.0.0/10.');
  const circuit = problemOf((topology) => {
    const { primary } = topology.links['cage-gcp'] as unknown as {
      primary: { circuits: Record<'1', { addresses: Record<string, string> }> };
    };
    primary.circuits['1'].addresses['gcp'] = '169.254.200.1';
  });
  expect(circuit).toMatchObject({
    path: 'links.cage-gcp.primary.circuits.1.addresses.gcp',
    message: 'is not an address with a prefix length',
  });
});

test('a domain with a label that no zone takes is refused at once', () => {
  const problem = problemOf((topology) => Object.assign(topology, { domain: `${'a'.repeat(64)}.com` }));
  expect(problem.path).toBe('domain');
});

test('a name of a system, of a store or of the platform that resources could not keep is refused', () => {
  for (const name of ['live-', 'a--b', 'Live', 'a.b', 'x'.repeat(17)]) {
    const problem = problemOf((topology) => {
      topology.systems[name] = { ...live(topology), sites: ['gcp'], shards: {}, edges: {} };
    });
    expect(problem).toMatchObject({ path: 'systems', value: name });
    expect(problem.fix).toContain('words joined by single hyphens');
  }
  expect(problemOf((topology) => (topology.name = 'reference-')).path).toBe('name');
  expect(problemOf((topology) => (topology.stores['Far Away'] = { ...topology.stores['osaka'] })).path).toBe('stores');
});

test('one mistake in a value is told once, by the most telling of the rules that it breaks', () => {
  const told = (edit: (topology: Editable) => void): string[] =>
    problemsOf(edit).map(({ path, message, bound }) => `${path}: ${message} (${bound})`);
  const primary = (topology: Editable) => topology.links['cage-gcp']?.['primary'] as Record<string, unknown>;
  expect(told((topology) => (primary(topology)['mtu'] = 1.5))).toEqual([
    'links.cage-gcp.primary.mtu: must be integer (integer)',
  ]);
  expect(told((topology) => Object.assign(live(topology), { kind: 5 }))).toEqual([
    'systems.live.kind: is not known here (undefined)',
  ]);
  expect(told((topology) => Object.assign(site(topology, 'gcp').settings['zones'] as object, { 1: 5 }))).toEqual([
    'sites.gcp.settings.zones.1: must be string (string)',
  ]);
  expect(told((topology) => (site(topology, 'gcp').settings['zones'] as string[]).push('asia-northeast1-d'))).toEqual([
    'sites.gcp.settings.zones: must NOT have more than 3 items (3)',
  ]);
  expect(told((topology) => (live(topology).edges['idcf'] = { elastic: 'peek', count: 4 }))).toEqual([
    'systems.live.edges.idcf.elastic: is not known here (one of peak)',
  ]);
});
