import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { registry } from '../../../../constructs/providers/registry';
import { listFacts } from '../../../../scripts/facts/store';
import { seedsOf } from '../../../../scripts/sandbox/adopted';
import { main } from '../../../../scripts/watari';
import { loadPlatform, stacksOf } from '../../../../stacks/main';
import reference from '../../../../stacks/topologies/reference';
import { recordedContext } from '../../../support/cli';
import { terraformBinary } from '../../../support/programs';
import { describeWith, requirement } from '../../../support/requirements';
import { Nursery, objectsIn, statesIn, type Plot, type StateFile } from './nursery';

const minutes = 60_000;
const root = join(__dirname, '..', '..', '..', '..');

/** One or two of each provider, with data, remote states, secrets and devices. */
const PLANNED = [
  'aws-network',
  'cage-live',
  'cage-live-a',
  'dev-network',
  'dns',
  'gcp-live',
  'idcf-live',
  'link-aws-cage',
];

/** A stack beside which Terraform has to work: it compresses user data. */
const COMPRESSES = 'dev-live-dev';

/** Which of the like machines MAAS gives depends on who asks first: machines are called by the resource that got them. */
function machinesIn(states: Readonly<Record<string, StateFile>>): ReadonlyMap<string, string> {
  const resources = Object.values(states).flatMap((state) => state.resources);
  return new Map(
    resources
      .filter(({ type }) => type === 'maas_instance')
      .map(({ name, instances }) => [(instances[0]?.['attributes'] as { readonly id: string }).id, name]),
  );
}

function withoutChoice(value: object, machines: ReadonlyMap<string, string>): unknown {
  const forget = (_key: string, item: unknown): unknown => {
    if (typeof item !== 'object' || item === null || (item as { type?: unknown }).type !== 'maas_instance') return item;
    return JSON.parse(
      JSON.stringify(item, (name, inner: unknown) => (['hostname', 'fqdn', 'private'].includes(name) ? '' : inner)),
    );
  };
  const text = JSON.stringify(value, forget);
  return JSON.parse(text.replace(/\b[0-9a-f]{6}\b/g, (id) => machines.get(id) ?? id)) as unknown;
}

describeWith(requirement('terraform'), 'the reference, planted', () => {
  const nursery = new Nursery();
  const deployedHome = join(nursery.folder, 'sandbox', 'reference');
  const platform = loadPlatform(reference);
  const simulations = Object.values(registry).flatMap((provider) => [...provider.simulations]);
  const facts = listFacts(root).map(({ path }) => path);
  const plot = (name: string): Plot => nursery.plot(name, { simulations, facts, seeds: seedsOf(platform) });
  const folderOf = (id: string): string => join(deployedHome, 'cdktf.out', 'stacks', id);
  let planted: Plot;

  beforeAll(async () => {
    mkdirSync(nursery.folder, { recursive: true });
    const env = { ...process.env, WATARI_HOME: nursery.folder };
    const context = recordedContext({ root, cwd: nursery.folder, env });
    const code = await main(['deploy', '--sandbox', '--topology', 'reference'], context);
    if (code !== 0) throw new Error(context.written.stderr + context.written.stdout);
    planted = plot('planted');
  }, 5 * minutes);
  afterAll(() => nursery.close());

  it(
    'needs no Terraform but for the stack that compresses user data',
    async () => {
      const stacks = stacksOf(platform).map(({ id }) => ({ id, folder: folderOf(id) }));
      const outcome = await nursery.plant(planted, stacks);
      const isTofu = basename(terraformBinary() ?? '').includes('tofu');
      expect(outcome.failed).toEqual([]);
      if (!isTofu) expect(outcome.applied).toEqual([{ stack: COMPRESSES, why: 'the function base64gzip' }]);
    },
    2 * minutes,
  );

  it('leaves the states and the cloud that a deployment leaves', () => {
    const deployed = plot(join('sandbox', 'reference'));
    const [ours, theirs] = [planted, deployed].map(({ home, sandbox }) => {
      const states = statesIn(home);
      const machines = machinesIn(states);
      const objects = [...objectsIn(sandbox)].map((object) => withoutChoice(object, machines) as { key: string });
      return { states: withoutChoice(states, machines), objects: objects.sort((a, b) => (a.key < b.key ? -1 : 1)) };
    });
    expect(ours?.objects.length).toBeGreaterThan(400);
    expect(ours).toEqual(theirs);
  });

  it.each(PLANNED)(
    'has nothing to change in %s',
    async (id) => {
      expect(await nursery.plan(planted, folderOf(id))).toMatchObject({ code: 0 });
    },
    minutes,
  );
});
