import { type EditableLive, live, problemOf, problemsOf, site } from '../../support/topologies';

test('the reference is accepted as it is', () => {
  expect(problemsOf(() => undefined)).toEqual([]);
});

test('a placement on an unknown site is refused with the known ones', () => {
  const problem = problemOf((topology) => (live(topology).shards['s1'] = { site: 'mars' }));
  expect(problem).toMatchObject({ path: 'systems.live.shards.s1.site', value: 'mars' });
  expect(problem.bound).toContain('cage');
});

test('edges cannot be autoscaled where the provider does not', () => {
  const problem = problemOf((topology) => (live(topology).edges['idcf'] = { min: 1, max: 3 }));
  expect(problem).toMatchObject({ path: 'systems.live.edges.idcf', bound: 'capability elastic' });
  expect(problem.fix).toContain('elastic: "peak"');
});

test('a layer-2 link into a public cloud is refused with the alternative', () => {
  const problem = problemOf((topology) => {
    topology.links['cage-gcp'] = {
      layer: 2,
      ends: ['cage', 'gcp'],
      store: 'osaka',
      single: true,
      primary: { kind: 'segment', vlan: 701, mtu: 1450, ends: { cage: { port: 'xe-0/0/47' }, gcp: {} } },
    };
  });
  expect(problem.message).toContain('site "gcp" (gcp, profile standard) has no links of kind segment');
  expect(problem.fix).toBe('Use a path of kind vpn or circuit (layer 3), or end the link at another site.');
});

test('a path that one end does not have is refused with those that both have, or none', () => {
  const circuit = { kind: 'circuit', mtu: 1500, bfd: true, circuits: {} };
  const link = (ends: string[]) => ({ layer: 3, ends, store: 'osaka', single: true, primary: circuit });
  const fixOf = (key: string, ends: string[]) =>
    problemsOf((topology) => {
      const primary = { ...circuit, circuits: (topology.links['cage-gcp']?.['primary'] as typeof circuit).circuits };
      topology.links[key] = { ...link(ends), primary };
    }).find(({ path }) => path === `links.${key}.primary`)?.fix;
  expect(fixOf('gcp-idcf', ['gcp', 'idcf'])).toBe('Use a path of kind vpn (layer 3), or end the link at another site.');
  expect(fixOf('cage-idcf', ['cage', 'idcf'])).toBe(
    'Use a path of kind vpn (layer 3), or use a path of kind segment (layer 2), or end the link at another site.',
  );
  expect(fixOf('cage-dev', ['cage', 'dev'])).toBe('End the link at another site: dev and cage can have none.');
});

test('an edge fleet without a way to an origin is refused', () => {
  const problem = problemOf((topology) => delete topology.links['cage-gcp']);
  expect(problem.message).toBe('the edges at "gcp" have no way to the origins of s1, s2, s3, s4 at "cage"');
  expect(problem.fix).toBe(
    'Add a link between gcp and cage (vpn or circuit); or write transit: true at sites.aws, which has links with both.',
  );
});

test('a way that needs a link to the only possible transit is refused with that link', () => {
  const problem = problemOf((topology) => {
    for (const link of ['cage-gcp', 'aws-gcp', 'gcp-idcf']) Reflect.deleteProperty(topology.links, link);
    site(topology, 'idcf')['transit'] = true;
    site(topology, 'aws')['retired'] = true;
    delete live(topology).edges['aws'];
  });
  expect(problem.fix).toBe(
    'Add a link between gcp and cage (vpn or circuit); or add a link between idcf and gcp (vpn).',
  );
});

test('edges at a site that can have no links are refused with sites from which there is a way', () => {
  const problem = problemOf((topology) => {
    live(topology).sites.push('dev');
    live(topology).edges['dev'] = { min: 1, max: 2 };
    delete topology.systems['live-dev'];
    delete live(topology).edges['aws'];
    live(topology).edge.size['egressMbps'] = 2000;
  });
  expect(problem).toMatchObject({
    path: 'systems.live.edges.dev',
    message: 'the edges at "dev" have no way to the origins of s1, s2, s3, s4 at "cage"',
    bound: '"dev" (cloudstack, profile private) can have no links',
    fix: 'Place the edges at aws or cage; or leave the edges at dev out, or give dev a system of its own.',
  });
});

test('shards at a site that can have no links are refused with sites to which every edge fleet has a way', () => {
  const problems = problemsOf((topology) => {
    delete topology.systems['live-dev'];
    live(topology).sites.push('dev');
    live(topology).shards['s4'] = { site: 'dev' };
    live(topology).edges = { gcp: { min: 1, max: 2 } };
  });
  expect(problems.map(({ fix }) => fix)).toEqual([
    'Place s4 at gcp, aws, cage or idcf; or leave the edges at gcp out, or give gcp a system of its own.',
  ]);
});

test('a site that is declared as transit carries the way between two others', () => {
  const problems = problemsOf((topology) => {
    delete topology.links['cage-gcp'];
    site(topology, 'aws')['transit'] = true;
  });
  expect(problems).toEqual([]);
});

test('a state store that is lost together with its site, or with the one that replaces it, is refused', () => {
  const own = problemsOf((topology) => Object.assign(topology.stores['taiwan'] ?? {}, { failureDomain: 'aws-tokyo' }));
  expect(own.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    'sites.aws.store: store "taiwan" is lost together with site "aws"',
    'links.aws-idcf.store: store "taiwan" is lost together with site "aws"',
  ]);
  const replacing = problemsOf((topology) =>
    Object.assign(topology.stores['osaka'] ?? {}, { failureDomain: 'gcp-tokyo' }),
  );
  expect(replacing.map(({ path }) => path)).toContain('sites.cage.store');
});

test('a drain that is longer than a provider allows is refused with its bound', () => {
  const problems = problemsOf((topology) => (live(topology).edge['drainSeconds'] = 7300));
  expect(problems.map(({ bound }) => bound)).toContain('at most 3600 s');
});

test('a size that no machine type has is refused with the types of the site and what to lower', () => {
  const problem = problemOf((topology) => (live(topology).origin.size['vcpu'] = 500));
  expect(problem).toMatchObject({
    path: 'systems.live.origin.size',
    message: 'site "cage" (metal) has no machine type of this size for role origin',
    bound:
      'one of origin-32c (32 vCPU, 128 GiB, 480 GiB disk, 20000 Mbit/s, for origin only); ' +
      'gateway-8c (8 vCPU, 32 GiB, 240 GiB disk, 10000 Mbit/s, for gateway only)',
  });
  expect(problem.fix).toMatch(/^Lower vcpu to 32: origin-32c is the nearest; or in sites\.cage, add a type/);
});

test('a role that no machine type of a site may carry is refused with the roles of those that it has', () => {
  const problem = problemOf((topology) => (live(topology).edges['cage'] = { elastic: 'peak', count: 2 }));
  expect(problem.message).toBe('site "cage" (metal) has no machine type of this size for role edge');
  expect(problem.fix).toBe(
    'In sites.cage, add a type with its machines to settings.machineTypes and settings.machines, ' +
      'or "edge" to the roles of gateway-8c or origin-32c; or place it at another site.',
  );
});

test('a size that only a larger type of a cloud would give is refused with the nearest of many', () => {
  const problems = problemsOf((topology) => (live(topology).edge.size['egressMbps'] = 9000));
  const gcp = problems.find(({ message }) => message.includes('"gcp"'));
  expect(gcp?.bound).toMatch(/^one of e2-highcpu-8 \(8 vCPU, 8 GiB, 7000 Mbit\/s\); .*; and \d+ more$/);
  expect(gcp?.fix).toContain('Lower egressMbps to 7000: e2-highcpu-8 is the nearest');
  expect(gcp?.fix).toContain('name a type of Google Cloud in settings.machineTypes.edge');
});

test('a balancer pair, and the gateways of a site, are refused where no machine type is large enough', () => {
  const pair = problemOf((topology) => {
    live(topology).shards['s5'] = { site: 'idcf' };
    live(topology)['balancerSize'] = { vcpu: 64, memoryGiB: 8, diskGiB: 20, egressMbps: 1000 };
  });
  expect(pair).toMatchObject({ path: 'systems.live.balancerSize' });
  expect(pair.fix).toContain('Lower vcpu to 16: highcpu.XL16 is the nearest');
  const gateways = problemOf((topology) => {
    live(topology).edges = {};
    const [small] = site(topology, 'idcf').settings['machineTypes'] as object[];
    site(topology, 'idcf').settings['machineTypes'] = [{ ...small, vcpu: 1 }];
  });
  expect(gateways).toMatchObject({
    path: 'sites.idcf.settings',
    message: 'site "idcf" (cloudstack) has no machine type of this size for role gateway',
    fix: 'In sites.idcf, add a type to settings.machineTypes.',
  });
});

test('a link with one path that does not say so is refused', () => {
  const problem = problemOf((topology) => delete topology.links['aws-gcp']?.['single']);
  expect(problem).toMatchObject({ path: 'links.aws-gcp', message: 'has one path only' });
});

test('everything that is wrong is told at once', () => {
  const problems = problemsOf((topology) => {
    live(topology).edges['idcf'] = { min: 1, max: 3 };
    live(topology).origin.size['vcpu'] = 500;
    delete topology.links['cage-gcp'];
  });
  expect(problems).toHaveLength(3);
});

test('a shard beyond the address plan is refused', () => {
  const problem = problemOf((topology) => (live(topology).shards['s65'] = { site: 'gcp' }));
  expect(problem).toMatchObject({ path: 'systems.live.shards.s65', bound: 's1 to s64', fix: 'Use s5, which is free.' });
});

test('two systems whose machines would have the same addresses at one site are refused, with what is free', () => {
  const problems = problemsOf((topology) => {
    const { gcp } = live(topology).edges;
    topology.systems['second'] = {
      ...live(topology),
      sites: ['cage', 'gcp'],
      shards: { s1: { site: 'cage' } },
      edges: { gcp },
    };
  });
  expect(problems).toMatchObject([
    {
      path: 'systems.second.shards.s1',
      message: 'its machines would have the same addresses as those of systems.live.shards.s1',
      fix: 'Use s5, which is free, or place the shard at another site.',
    },
    {
      path: 'systems.second.edges.gcp',
      message: 'its machines would have the same addresses as those of systems.live.edges.gcp',
      fix: 'Place these edges at another site, or make both systems one.',
    },
  ]);
});

test('a retired site takes no placements; its links go with it', () => {
  const problems = problemsOf((topology) => (site(topology, 'aws')['retired'] = true));
  expect(problems.map(({ path }) => path)).toEqual(['systems.live.edges.aws']);
});

test('a second system with a self-hosted balancer pair at one site is refused: the pair has one place there', () => {
  const problem = problemOf((topology) => {
    topology.systems['second'] = { ...live(topology), sites: ['idcf'], shards: {}, edges: {} };
    live(topology).shards['s5'] = { site: 'idcf' };
    (topology.systems['second'] as EditableLive).shards = { s6: { site: 'idcf' } };
  });
  expect(problem.path).toBe('systems.second.shards');
  expect(problem.message).toBe('would stand on the ingest balancer pair of another system, "live", at this site');
});

test('a system whose stacks would have the names of others is refused', () => {
  for (const name of ['network', 'live-a']) {
    const problems = problemsOf((topology) => {
      topology.systems[name] = { ...live(topology), sites: ['gcp'], shards: {}, edges: {} };
    });
    expect(problems.map(({ path }) => path)).toEqual([`systems.${name}`]);
    expect(problems[0]?.message).toContain('is the name of another stack');
  }
});

test('a transit that its provider cannot be is refused', () => {
  const problem = problemOf((topology) => (site(topology, 'dev')['transit'] = true));
  expect(problem).toMatchObject({
    path: 'sites.dev.transit',
    bound: 'capability transit between links',
    fix: 'Leave it out. Of these sites aws, cage or idcf can.',
  });
});

test('a system whose edge fleets all have weight 0 is refused', () => {
  const problem = problemOf((topology) => {
    live(topology).edges = { gcp: { min: 1, max: 2, weight: 0 }, idcf: { elastic: 'peak', count: 2, weight: 0 } };
  });
  expect(problem).toMatchObject({ path: 'systems.live.edges', value: [0, 0] });
  const drained = problemsOf((topology) => (live(topology).edges['gcp'] = { min: 1, max: 2, weight: 0 }));
  expect(drained).toEqual([]);
});

test('names that every object has are neither stores nor sites', () => {
  expect(problemOf((topology) => (site(topology, 'dev')['store'] = 'constructor'))).toMatchObject({
    path: 'sites.dev.store',
    message: 'there is no such store',
  });
  const problems = problemsOf((topology) => (topology.sites['constructor'] = { ...site(topology, 'dev'), number: 9 }));
  expect(problems.map(({ path, message }) => `${path}: ${message}`)).toContain(
    'sites.constructor: this name is reserved',
  );
});
