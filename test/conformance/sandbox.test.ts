import { imageBuildCommand } from '../../constructs/contract/image';
import { grant, listObjects, removeObject, withhold } from '../../scripts/sandbox/control';
import type { StackOutcome } from '../../scripts/deploy/stack-work';
import { neededImages, sourceFor } from '../../stacks/images';
import { type Enrolled, exampleSite } from '../support/example-site';
import { leavesOf } from '../support/emitted';
import { storeId } from '../support/example-rest';
import { describeWith, requirement } from '../support/requirements';
import { type Refusal, SandboxPlatform } from '../support/sandbox-platform';
import { examplePlatform } from '../support/synthesised';
import { expectKept } from './deviations';
import { enrolled } from './enrolled';

jest.setTimeout(600_000);

/** What happened to one profile's platform, from its first deployment to its end. */
interface Life {
  readonly refusals: readonly Refusal[];
  readonly failed: readonly StackOutcome[];
  readonly again: readonly StackOutcome[];
  /** The stack that lost a machine, while the cloud has no images. */
  readonly imageless?: StackOutcome;
  /** The same with images. */
  readonly mended?: StackOutcome;
  readonly destroyed: readonly StackOutcome[];
  readonly left: readonly string[];
}

const simulated = ({ provider, adapter }: Enrolled): string[] => {
  const known = provider.simulations.flatMap(({ prerequisites = [] }) => prerequisites.map(({ id }) => id));
  return adapter.facts.prerequisites.map(({ id }) => id).filter((id) => known.includes(id));
};

async function live(entry: Enrolled): Promise<Life> {
  const example = examplePlatform(entry);
  const platform = new SandboxPlatform(entry.name, entry.provider.simulations, example);
  try {
    const { refusals, failed } = await platform.workUntilGranted(simulated(entry));
    const again = failed.length === 0 ? await platform.work('create') : [];
    const half = example.specs.filter(({ kind, half: of }) => kind === 'half' && of === 'a');
    const isLost = loseMachine(entry, platform);
    withhold(platform.sandbox.cloud, 'images');
    const [imageless] = isLost ? await platform.work('create', half) : [];
    grant(platform.sandbox.cloud, 'images');
    const [mended] = isLost ? await platform.work('create', half) : [];
    const destroyed = await platform.work('destroy-all');
    const left = listObjects(platform.sandbox.cloud)
      .filter(({ owner }) => owner !== storeId)
      .map(({ type, id }) => `${type} ${id}`);
    return {
      refusals,
      failed,
      again,
      destroyed,
      left,
      ...(imageless ? { imageless } : {}),
      ...(mended ? { mended } : {}),
    };
  } finally {
    await platform.close();
  }
}

/** Takes away what carries the address of the first origin, behind Terraform's back. */
function loseMachine(entry: Enrolled, platform: SandboxPlatform): boolean {
  const address = exampleSite(entry).plan.machine('origin', 'a', 1);
  const machine = listObjects(platform.sandbox.cloud, { origins: ['terraform'] }).find(
    ({ type, attributes }) => /instance$/.test(type) && leavesOf(attributes).some(({ value }) => value === address),
  );
  if (machine) removeObject(platform.sandbox.cloud, machine.type, machine.id);
  return machine !== undefined;
}

/** What builds the image of the lost machine, for the processor of its machine type. */
function commandForOrigin(entry: Enrolled): string {
  const { id } = exampleSite(entry);
  const images = neededImages(examplePlatform(entry).platform);
  const [needed] = images.filter(({ place, image }) => place.site.id === id && image.role === 'origin');
  if (!needed) throw new Error(`no origin stands at ${id}`);
  return imageBuildCommand(needed.image, sourceFor(needed));
}

const trouble = (outcomes: readonly StackOutcome[]): string[] =>
  outcomes.filter(({ ok }) => !ok).map(({ stack, summary, error = '' }) => `${stack}: ${summary}\n${error}`);

/** Lines that Terraform wraps, put together again. */
const flat = (text: string): string => text.replaceAll(/[│╷╵]/g, ' ').replaceAll(/\s+/g, ' ');

describeWith(requirement('terraform'), 'in the sandbox', () => {
  let lives: Map<string, Promise<Life>>;
  // All at once: a platform's stacks wait for each other most of the time.
  beforeAll(() => {
    lives = new Map(enrolled.map((entry) => [entry.title, live(entry)]));
    for (const one of lives.values()) one.catch(() => undefined);
  });

  describe.each(enrolled)('a platform on $title', (entry) => {
    const lived = (): Promise<Life> => lives.get(entry.title) as Promise<Life>;

    it('stands once everything is granted', async () => {
      expect(trouble((await lived()).failed)).toEqual([]);
    });

    it('fails without each prerequisite in the words of the API', async () => {
      const { refusals } = await lived();
      const silent = refusals.filter(({ error, output }) => !flat(output).includes(flat(error.summary).trim()));
      expect(silent.map(({ id, error }) => `${id}: ${error.summary}`)).toEqual([]);
    });

    it('needs every prerequisite that can be withheld', async () => {
      const needed = (await lived()).refusals.map(({ id }) => id);
      const unneeded = simulated(entry).filter((id) => !needed.includes(id));
      expectKept('unneeded-prerequisites', entry.title, unneeded);
    });

    it('has nothing to change when it is planned again', async () => {
      const { again } = await lived();
      expect(again.filter(({ changed }) => changed).map(({ stack, summary }) => `${stack}: ${summary}`)).toEqual([]);
      expect(again.length).toBeGreaterThan(0);
    });

    it('does not plan machines whose image is absent, and names the build command', async () => {
      const { imageless } = await lived();
      const { provider } = entry;
      expect(imageless?.ok).toBe(false);
      // Where no plan can tell, `watari deploy` asks before, and the API refuses the machine.
      const words = provider.imageInquiry ? 'is not a valid distro_series' : commandForOrigin(entry);
      expect(flat(imageless?.error ?? '')).toContain(words);
      if (!provider.imageInquiry) expect(imageless?.summary).toBe('plan failed');
    });

    it('finds a machine that somebody removed, and makes it again', async () => {
      const { mended } = await lived();
      expect(mended).toMatchObject({ ok: true, changed: true });
      expect(mended?.summary).toMatch(/to create/);
    });

    it('is taken down with nothing left in the cloud', async () => {
      const { destroyed, left } = await lived();
      expect(trouble(destroyed.filter(({ stack }) => stack !== storeId))).toEqual([]);
      expect(left).toEqual([]);
    });

    it('does not take down a state store', async () => {
      const store = (await lived()).destroyed.filter(({ stack }) => stack === storeId);
      expect(store.map(({ ok }) => ok)).toEqual(entry.adapter.stateStore ? [false] : []);
    });
  });
});
