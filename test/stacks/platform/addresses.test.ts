import { live, problemOf, problemsOf, site } from '../../support/topologies';

test('overlaps with adopted networks and reserved blocks are refused with both names', () => {
  const adopted = problemsOf((topology) => (site(topology, 'idcf')['adoptedNetwork'] = '10.67.0.0/20'));
  expect(adopted.map(({ message }) => message)).toEqual([
    'the range of site "gcp" (10.67.0.0/16) overlaps the range of site "idcf"',
  ]);
  const reserved = problemOf((topology) => (topology.addresses.reserved = ['10.65.128.0/17']));
  expect(reserved.message).toBe('a reserved block (10.65.128.0/17) overlaps the range of site "cage"');
});

test('two sites with one number are refused with a number that is free', () => {
  const problem = problemOf((topology) => (site(topology, 'dev')['number'] = 1));
  expect(problem).toMatchObject({ path: 'sites.dev.number', value: 1, fix: 'Use 5, and never change it afterwards.' });
});

test('an adopted network outside the internal block, in the block of segments, or too small for tiers is refused', () => {
  const wrong = { '192.168.0.0/20': 'outside', '10.64.16.0/20': 'segments', '10.66.0.0/26': 'too small' };
  for (const [adopted, message] of Object.entries(wrong))
    expect(problemOf((topology) => (site(topology, 'idcf')['adoptedNetwork'] = adopted)).message).toContain(message);
});

test('two sites with one autonomous system number are refused, also where one is the default', () => {
  const problem = problemOf((topology) => (site(topology, 'aws')['asn'] = 64515));
  expect(problem).toMatchObject({ path: 'sites.gcp.asn', value: 64515 });
});

test('two lines on one VLAN of one port are refused', () => {
  const problem = problemOf((topology) => {
    const { primary } = topology.links['cage-gcp'] as {
      primary: { circuits: Record<string, { half: string; vlan: number }> };
    };
    Object.assign(primary.circuits['2'] ?? {}, { half: 'a', vlan: 1001 });
  });
  expect(problem).toMatchObject({ path: 'links.cage-gcp.primary.circuits.2.vlan', value: 1001 });
});

test('a stretched segment cannot have the VLAN of a tier', () => {
  const problem = problemOf((topology) => Object.assign(topology.links['cage-idcf']?.['primary'] ?? {}, { vlan: 102 }));
  expect(problem).toMatchObject({
    path: 'links.cage-idcf.primary.vlan',
    message: 'is the VLAN of tier origin at "cage"',
  });
});

interface CircuitLink {
  readonly primary: { readonly circuits: Readonly<Record<'1' | '2', { addresses: Record<string, string> }>> };
}

test('a circuit whose addresses meet those of a tunnel at one of its sites, or of another circuit, is refused', () => {
  const tunnels = problemsOf((topology) => {
    for (const [id, number] of Object.entries({ gcp: 58, aws: 5, dev: 6 })) site(topology, id)['number'] = number;
  });
  expect(tunnels).toMatchObject([
    {
      path: 'links.cage-gcp.primary.circuits.1.addresses',
      message: 'meets tunnel primary-1 of links.aws-gcp',
      bound: 'not 169.254.200.4/30: at a site each subnet is on one line or tunnel',
    },
    { path: 'links.cage-gcp.primary.circuits.2.addresses', message: 'meets tunnel primary-2 of links.aws-gcp' },
  ]);
  const other = problemOf((topology) => {
    const { primary } = topology.links['cage-aws'] as unknown as CircuitLink;
    primary.circuits['1'].addresses = { cage: '169.254.200.2/30', aws: '169.254.200.1/30' };
  });
  expect(other).toMatchObject({
    path: 'links.cage-aws.primary.circuits.1.addresses',
    message: 'meets the addresses of links.cage-gcp.primary.circuits.1',
  });
});

test('an address setting for which a provider has no use is refused', () => {
  const wrong: [string, string, unknown, string][] = [
    ['gcp', 'publicBlock', '198.51.100.0/24', 'Leave it out: the provider allocates public addresses.'],
    ['aws', 'publicBlock', '198.51.100.0/24', 'Leave it out: the provider allocates public addresses.'],
    ['gcp', 'vlanBase', 200, 'Leave it out: tiers are no VLANs here.'],
    ['idcf', 'vlanBase', 200, 'Leave it out: tiers are no VLANs here.'],
    ['aws', 'adoptedNetwork', '10.68.0.0/16', 'Leave it out: Watari makes the network here.'],
    ['dev', 'adoptedNetwork', '10.69.0.0/20', 'Leave it out: Watari makes the network here.'],
    ['dev', 'asn', 64999, 'Leave it out: no routed link ends here.'],
  ];
  for (const [id, setting, value, fix] of wrong) {
    const problem = problemOf((topology) => (site(topology, id)[setting] = value));
    expect(problem).toMatchObject({ path: `sites.${id}.${setting}`, value, fix });
    expect(problem.message).toMatch(/^(gcp|aws|cloudstack) \(profile \w+\) has no use for this$/);
  }
});

test('every shard for which a small network has no room is named', () => {
  const problems = problemsOf((topology) => {
    live(topology).shards['s60'] = { site: 'idcf' };
    live(topology).shards['s61'] = { site: 'idcf' };
  });
  expect(problems.map(({ path }) => path)).toEqual(['systems.live.shards.s60', 'systems.live.shards.s61']);
});
