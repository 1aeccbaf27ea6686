import { type Editable, live, problemsOf, site } from '../../support/topologies';

type Machines = Record<string, { rack: string; type: string }>;
const machinesOf = (topology: Editable): Machines => site(topology, 'cage').settings['machines'] as Machines;

/** A second system with shards at the cage, where each rack has six machines for origins and `live` takes four. */
const withSecond = (shards: readonly string[]) => (topology: Editable) => {
  const placed = Object.fromEntries(shards.map((name) => [name, { site: 'cage' }]));
  topology.systems['events'] = { ...live(topology), sites: ['cage'], shards: placed, edges: {} };
};

describe('the machines of a rack', () => {
  it('are enough for two systems that share it', () => {
    expect(problemsOf(withSecond(['s11', 's12']))).toEqual([]);
  });

  it('are counted over all systems of a site', () => {
    const tooMany = { message: expect.stringContaining('has too few machines of type') as unknown, value: 7 };
    expect(problemsOf(withSecond(['s11', 's12', 's13']))).toEqual(
      ['a', 'b'].map((rack) => ({
        ...tooMany,
        path: 'sites.cage.settings.machines',
        message: `rack ${rack} has too few machines of type origin-32c`,
        bound: '6 in the rack',
        fix: 'Add machines to the rack, or ask for fewer.',
      })),
    );
  });

  it('are counted over the routers and the gateways of all links', () => {
    const isGateway = (machines: Machines, name: string): boolean =>
      machines[name]?.rack === 'a' && machines[name].type.startsWith('gateway');
    const [problem, ...others] = problemsOf((topology) => {
      const machines = machinesOf(topology);
      const gateways = Object.keys(machines).filter((name) => isGateway(machines, name));
      for (const name of gateways.slice(2)) Reflect.deleteProperty(machines, name);
    });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ path: 'sites.cage.settings.machines', value: 3, bound: '2 in the rack' });
  });

  it('are enough again once the fix is followed', () => {
    const problems = problemsOf((topology) => {
      withSecond(['s11', 's12', 's13'])(topology);
      for (const rack of ['a', 'b']) machinesOf(topology)[`more-${rack}`] = { rack, type: 'origin-32c' };
    });
    expect(problems).toEqual([]);
  });

  it('are each pinned for one machine only', () => {
    const [problem] = problemsOf((topology) => {
      const [hostname = ''] = Object.keys(machinesOf(topology));
      site(topology, 'cage').settings['pinned'] = { 'live-origin-s1-a': hostname, 'live-origin-s2-a': hostname };
    });
    expect(problem).toMatchObject({
      path: 'sites.cage.settings.pinned.live-origin-s2-a',
      message: 'this machine is pinned for live-origin-s1-a',
    });
  });
});
