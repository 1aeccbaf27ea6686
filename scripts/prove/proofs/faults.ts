import { type Hit, type Point, proveSurvived, type Scenario, scenario } from '../faults/converge';
import { cloudLoss, type Loss, proveLossContained, storeLoss } from '../faults/loss';
import { moved, onAws, oneSite, onGcp, onMetal, twoOthers, twoProviders, twoZones } from '../faults/topologies';
import { proveWornOut } from '../faults/trouble';
import { proveOneAtATime } from '../faults/two-at-once';
import { randomOf } from '../generate/random';
import type { Figures, Proof, ProofContext } from '../proof';
import { rehearsal, type Rehearsal } from '../rehearsal';

const seed = 4;
/** Undisturbed, each of them is the whole of `live` on one provider; the move is on two more. */
const kills = { idcf: 10, aws: 13, gcp: 13, metal: 14, move: 25, destroy: 25 } as const;
/** Of so many kills one takes watari alone. */
const aloneEvery = 4;
/** Of so many kills one is followed by a third run, which must find nothing to do. */
const settlesEvery = 5;
const resolution = 1000;

/** Seeded, and spread evenly: each lies somewhere in its own part of the command's time. */
function pointsOf(count: number, random: ReturnType<typeof randomOf>): Point[] {
  return Array.from({ length: count }, (_, at) => ({
    share: (at + random.int(0, resolution) / resolution) / count,
    victims: at % aloneEvery === 0 ? 'watari alone' : 'all',
    settles: at % settlesEvery === settlesEvery - 1,
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

async function killEverywhere(stage: Stage): Promise<Hit[]> {
  const run =
    (options: Parameters<typeof scenario>[1]) =>
    (name: keyof typeof kills): Promise<Hit[]> =>
      killAll(stage, name, () => scenario(stage.cloud, options));
  return [
    ...(await run({ topology: oneSite })('idcf')),
    ...(await run({ topology: onAws })('aws')),
    ...(await run({ topology: onGcp })('gcp')),
    ...(await run({ topology: onMetal })('metal')),
    ...(await run({ topology: moved, before: twoZones })('move')),
    ...(await run({ topology: oneSite, args: ['--destroy'], before: oneSite })('destroy')),
  ];
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

const at = (site: string) => (stack: string) => stack.startsWith(`${site}-`);

/** A site with its provider, each lost in its own way. */
function lossesOf(cloud: Rehearsal, scene: Scenario, site: string, types: readonly string[]): Record<string, Loss> {
  return {
    [`the provider of ${site}`]: cloudLoss(cloud, scene, { types }, at(site)),
    [`the site ${site}`]: cloudLoss(cloud, scene, { owners: [`${site}-*`] }, at(site)),
    [`the state store of ${site}`]: storeLoss(scene.states, at(site)),
  };
}

const pairs = [
  { topology: twoProviders, types: { idcf: ['cloudstack_*'], aws: ['aws_*'] } },
  { topology: twoOthers, types: { cage: ['maas_*', 'bigip_*', 'junos_*'], gcp: ['google_*'] } },
] as const;

/** One site of each pair is lost early, the other late. Returns the number of losses. */
async function loseAll({ cloud, part }: Stage): Promise<number> {
  let count = 0;
  for (const { topology, types } of pairs) {
    const scene = await scenario(cloud, { topology });
    for (const [index, [site, own]] of Object.entries(types).entries()) {
      const objects = index === 0 ? early : late;
      for (const [name, loss] of Object.entries(lossesOf(cloud, scene, site, own))) {
        count++;
        await part(`lost at ${objects} objects: ${name}`, async () => {
          const { stacks, blocked } = await proveLossContained(cloud, scene, loss, objects);
          return { failed: stacks.filter(({ ok }) => !ok).length, blocked: blocked.length };
        });
      }
    }
  }
  return count;
}

export const proof: Proof = {
  name: 'A deploy that is killed, held up or deprived ends as an undisturbed one',
  minutes: 13,
  async run(context) {
    const cloud = rehearsal(context.root, context.folder);
    const stage: Stage = { ...context, cloud };
    const hits = await killEverywhere(stage);
    const scene = await scenario(cloud, { topology: oneSite });
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
