import { type Hit, type Point, proveSurvived, type Scenario, scenario } from '../faults/converge';
import { cloudLoss, type Loss, proveLossContained, storeLoss } from '../faults/loss';
import { moved, oneSite, twoProviders, twoZones } from '../faults/topologies';
import { proveWornOut } from '../faults/trouble';
import { proveOneAtATime } from '../faults/two-at-once';
import { randomOf } from '../generate/random';
import type { Figures, Proof, ProofContext } from '../proof';
import { rehearsal, type Rehearsal } from '../rehearsal';

const seed = 4;
const kills = { deploy: 50, move: 25, destroy: 25 } as const;
/** Of so many kills one takes watari alone. */
const aloneEvery = 4;
const resolution = 1000;

/** Seeded, and spread evenly: each lies somewhere in its own part of the command's time. */
function pointsOf(count: number, random: ReturnType<typeof randomOf>): Point[] {
  return Array.from({ length: count }, (_, at) => ({
    share: (at + random.int(0, resolution) / resolution) / count,
    victims: at % aloneEvery === 0 ? 'watari alone' : 'all',
  }));
}

interface Stage extends ProofContext {
  readonly cloud: Rehearsal;
}

async function killAll(stage: Stage, name: keyof typeof kills, make: () => Promise<Scenario>): Promise<Hit[]> {
  const { cloud, root, part, say } = stage;
  const scene = await make();
  const hits: Hit[] = [];
  for (const [at, point] of pointsOf(kills[name], randomOf(seed)).entries()) {
    const title = `${name} ${at + 1} of ${kills[name]}`;
    hits.push(
      await part(title, async () => {
        const hit = await proveSurvived(cloud, root, scene, point);
        say(`${title}: killed after ${hit.milliseconds} ms with ${hit.objects} objects`);
        return hit;
      }),
    );
  }
  return hits;
}

const troubles = {
  'fails now and then': { kind: 'fail', probability: 0.2, seed: 'proof', message: 'Error 503: try again' },
  'fails at reads too': { kind: 'fail', operations: ['read', 'create'], probability: 0.1, seed: 'proof' },
  'is slow': { kind: 'slow', probability: 0.5, seed: 'proof', seconds: 0.3 },
  'dies before it acts': { kind: 'die', after: 12, times: 3 },
  'acts and dies': { kind: 'lose', after: 9, times: 3 },
  'answers and dies': { kind: 'answer-and-die', after: 15, times: 3 },
} as const;
const mostRuns = 12;

async function wearOut({ cloud, part }: Stage, scene: Scenario): Promise<Figures> {
  const runs: Record<string, number> = {};
  for (const [name, fault] of Object.entries(troubles))
    runs[`runs until done, provider ${name}`] = await part(`a provider that ${name}`, () =>
      proveWornOut(cloud, scene, fault, mostRuns),
    );
  return runs;
}

/** Objects that stand when something is lost. */
const early = 15;
const late = 60;

async function loseAll({ cloud, part }: Stage): Promise<number> {
  const scene = await scenario(cloud, { topology: twoProviders });
  const at = (site: string) => (stack: string) => stack.startsWith(`${site}-`);
  const losses: Record<string, Loss> = {
    'the provider cloudstack': cloudLoss(cloud, scene, { types: ['cloudstack_*'] }, at('idcf')),
    'the provider aws': cloudLoss(cloud, scene, { types: ['aws_*'] }, at('aws')),
    'the site idcf': cloudLoss(cloud, scene, { owners: ['idcf-*'] }, at('idcf')),
    'the site aws': cloudLoss(cloud, scene, { owners: ['aws-*'] }, at('aws')),
    'the state store of idcf': storeLoss(scene.states, at('idcf')),
    'the state store of aws': storeLoss(scene.states, at('aws')),
  };
  for (const [name, loss] of Object.entries(losses))
    for (const objects of [early, late])
      await part(`lost at ${objects} objects: ${name}`, async () => {
        const { stacks, blocked } = await proveLossContained(cloud, scene, loss, objects);
        return { failed: stacks.filter(({ ok }) => !ok).length, blocked: blocked.length };
      });
  return Object.keys(losses).length * 2;
}

export const proof: Proof = {
  name: 'A deploy that is killed, held up or deprived ends as an undisturbed one',
  minutes: 20,
  async run(context) {
    const cloud = rehearsal(context.root, context.folder);
    const stage: Stage = { ...context, cloud };
    const deploy = (): Promise<Scenario> => scenario(cloud, { topology: oneSite });
    const hits = [
      ...(await killAll(stage, 'deploy', deploy)),
      ...(await killAll(stage, 'move', () => scenario(cloud, { topology: moved, before: twoZones }))),
      ...(await killAll(stage, 'destroy', () =>
        scenario(cloud, { topology: oneSite, args: ['--destroy'], before: oneSite }),
      )),
    ];
    const scene = await deploy();
    const runs = await wearOut(stage, scene);
    await context.part('two at once', () => proveOneAtATime(cloud, context.root, scene));
    const losses = await loseAll(stage);
    return {
      'kills survived': hits.length,
      'different numbers of objects at the kill': new Set(hits.map(({ objects }) => objects)).size,
      ...runs,
      'losses contained': losses,
    };
  },
};
