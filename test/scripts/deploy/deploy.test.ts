import { clearFaults, grant, injectFault, withhold } from '../../../scripts/sandbox/control';
import onlyGcp from '../../../stacks/topologies/only-gcp';
import onlyIdcf from '../../../stacks/topologies/only-idcf';
import onlyMetal from '../../../stacks/topologies/only-metal';
import { changesOf, editedTopology, testRehearsal } from '../../support/rehearsal';
import { describeWith, requirement } from '../../support/requirements';

const minutes = 60_000;
const named = (name: string) => editedTopology(onlyIdcf, (topology) => (topology.name = name));

describeWith(requirement('terraform'), 'watari deploy --sandbox', () => {
  const { deploy, tamper, watari, write, objects } = testRehearsal();

  it(
    'refuses a second run while one runs, and says who runs',
    async () => {
      const topology = named('busy');
      tamper(topology, (cloud) => injectFault(cloud, { id: 'slow', kind: 'slow', seconds: 3, times: 1 }));
      const first = deploy(topology);
      const second = await watari(['deploy', '--sandbox', '--topology', write(topology)]);
      expect(second.code).toBe(2);
      expect(second.stderr).toContain('is already running');
      expect(second.stderr).toContain(`process ${process.pid}`);
      expect((await first).stacks.every(({ ok }) => ok)).toBe(true);
    },
    2 * minutes,
  );

  it(
    'does all that it can around a failure, says what it did not try, and resumes when it is run again',
    async () => {
      const topology = named('mended');
      const fault = {
        id: 'full',
        kind: 'fail',
        message: 'Insufficient capacity',
        types: ['cloudstack_instance'],
      } as const;
      const where = { name: 'mended-idcf-live-origin-s1-b' };
      tamper(topology, (cloud) => injectFault(cloud, { ...fault, where }));
      const { stacks, blocked } = await deploy(topology, [], 1);
      const failed = stacks.filter(({ ok }) => !ok);
      expect(failed.map(({ stack }) => stack)).toEqual(['idcf-live-b']);
      expect(failed[0]!.error).toContain('Insufficient capacity');
      expect(blocked.map(({ stack }) => stack).sort()).toEqual(['idcf-live', 'idcf-live-a']);
      expect(stacks.filter(({ ok }) => ok).map(({ stack }) => stack)).toContain('idcf-gateway-a');
      const before = objects(topology).length;
      tamper(topology, (cloud) => clearFaults(cloud));
      const again = await deploy(topology);
      expect(Object.keys(changesOf(again)).sort()).toEqual(['idcf-live', 'idcf-live-a', 'idcf-live-b']);
      expect(objects(topology).length).toBeGreaterThan(before);
    },
    2 * minutes,
  );

  it(
    'works on the stacks that are named, and on no other',
    async () => {
      const topology = named('part');
      expect(Object.keys(changesOf(await deploy(topology, ['--stack', 'idcf-network'])))).toEqual(['idcf-network']);
      const { stacks } = await deploy(topology, ['--stack', 'idcf-network', '--stack', 'idcf-gateway-b']);
      expect(stacks.map(({ stack, changed }) => [stack, changed])).toEqual([
        ['idcf-network', false],
        ['idcf-gateway-b', true],
      ]);
      const site = await deploy(topology, ['--site', 'idcf']);
      expect(site.stacks.map(({ stack }) => stack)).toContain('idcf-live');
    },
    2 * minutes,
  );

  it(
    'says which Terraform it uses, and which stacks outside the run read what it has changed',
    async () => {
      const file = write(named('told'));
      const stacks = ['--stack', 'idcf-network', '--stack', 'idcf-gateway-b'];
      const { stdout, stderr } = await watari(['deploy', '--sandbox', '--topology', file, ...stacks]);
      expect(stderr).toMatch(/^Using (Terraform|OpenTofu) \d+\.\d+\.\d+, .+\.$/m);
      expect(stdout).toMatch(/Not in this run, though it reads what has changed: .*idcf-gateway-a/);
      expect(stdout).toMatch(/idcf-network +│ 0 +│ .+ │ outputs only: nothing to make/);
    },
    2 * minutes,
  );

  it(
    'refuses a site that is on another provider than when it was made, before anything is touched',
    async () => {
      const topology = named('moved');
      await deploy(topology, ['--stack', 'idcf-network', '--stack', 'idcf-gateway-b']);
      const before = objects(topology).length;
      const { number, store } = topology.sites['idcf']!;
      const gcp = { ...onlyGcp.sites.gcp, number, store };
      const moved = editedTopology(topology, ({ sites }) => (sites['idcf'] = gcp));
      for (const flags of [[], ['--destroy'], ['--stack', 'idcf-network']]) {
        const { code, stderr } = await watari(['deploy', '--sandbox', '-t', write(moved), ...flags]);
        expect(code).toBe(2);
        expect(stderr).toContain('sites.idcf.provider: the site was made on cloudstack, profile idcf');
        expect(stderr).toContain('retired: true');
      }
      expect(objects(topology)).toHaveLength(before);
      await deploy(topology, ['--destroy']);
      await deploy(moved, ['--stack', 'idcf-network']);
    },
    2 * minutes,
  );

  it(
    'plans nothing whose image is absent, and names the build command',
    async () => {
      const topology = named('imageless');
      tamper(topology, (cloud) => withhold(cloud, 'image:gateway'));
      const { stacks } = await deploy(topology, ['--stack', 'idcf-network', '--stack', 'idcf-gateway-b'], 1);
      const [failed, ...others] = stacks.filter(({ ok }) => !ok);
      expect(others).toEqual([]);
      expect(failed).toMatchObject({ stack: 'idcf-gateway-b', summary: 'plan failed' });
      expect(failed?.error).toContain('Build it: npx watari image build gateway --arch amd64 --builder cloudstack');
      tamper(topology, (cloud) => grant(cloud, 'image:gateway'));
      expect(Object.keys(changesOf(await deploy(topology, ['--stack', 'idcf-gateway-b'])))).toEqual(['idcf-gateway-b']);
    },
    2 * minutes,
  );

  it('asks MAAS for images before anything is planned, because its plans would not tell', async () => {
    const topology = editedTopology(onlyMetal, (edited) => (edited.name = 'imageless-metal'));
    tamper(topology, (cloud) => withhold(cloud, 'image:origin'));
    const { code, stderr } = await watari(['deploy', '--sandbox', '--topology', write(topology)]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/has no image watari-origin-amd64-v4-[0-9a-f]{12}, which machines of role origin boot/);
    expect(stderr).toContain('npx watari image build origin --arch amd64-v4 --builder qemu --format tgz');
    expect(objects(topology)).toEqual([]);
  });

  it('refuses sites and stacks that do not exist, all at once', async () => {
    const file = write(named('part'));
    const { code, stderr } = await watari(['deploy', '--sandbox', '-t', file, '--site', 'idfc', '--stack', 'dns']);
    expect(code).toBe(2);
    expect(stderr).toContain('idfc');
    expect(stderr).toContain('2 problems');
  });

  it(
    'lists stacks that the topology forgot and that still have resources',
    async () => {
      const forgetful = editedTopology(named('mended'), (topology) => (topology.systems = {}));
      const { orphans } = await deploy(forgetful);
      expect(orphans).toEqual(
        ['idcf-live', 'idcf-live-a', 'idcf-live-b'].map((stack) => ({ stack, resources: expect.any(Number) })),
      );
      const { stdout } = await watari(['deploy', '--sandbox', '--topology', write(forgetful)]);
      expect(stdout).toContain('Orphan: stack idcf-live-a is no longer in the topology');
    },
    2 * minutes,
  );
});

describeWith(requirement('terraform'), 'watari deploy, for real', () => {
  const { watari, write } = testRehearsal();

  it('asks for all sensitive variables at once, of every stack, before anything is run', async () => {
    const { code, stdout } = await watari(['deploy', '--json', '--topology', write(named('real'))]);
    const { problems } = JSON.parse(stdout) as { problems: { path: string; fix: string }[] };
    expect(code).toBe(2);
    const asked = problems.map(({ path, fix }) => `${path}: ${/TF_VAR_\w+/.exec(fix)![0]}`);
    expect(asked).toEqual(
      expect.arrayContaining([
        'stack idcf-network: TF_VAR_idcf_cloudstack_api_key',
        'stack idcf-live: TF_VAR_idcf_cloudstack_secret_key',
      ]),
    );
    expect(asked.length).toBeGreaterThanOrEqual(12);
  });
});
