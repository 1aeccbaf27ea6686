import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Draft } from '../generate/draft';
import { type Accepted, violations } from '../generate/invariants';
import { mendUntilAccepted } from '../generate/mend';
import { generateTopology } from '../generate/topology';
import { inParallel } from '../../cli/parallel';
import type { Proof } from '../proof';
import { changesIn, type Rehearsal, rehearsal } from '../rehearsal';

const count = 200;
/** Deploys wait for each other's processors beyond the number of these. */
const atOnce = 2;
/** What was refused is deployed too, once it is mended, unless it has more stacks than these: for the time that it takes. */
const mostMendedStacks = 12;

interface Answer {
  readonly seed: number;
  readonly sites: number;
  readonly stacks: number;
  readonly resources: number;
  /** Turns of mending that a refusal took; 0: it was accepted as it was. */
  readonly turns: number;
  readonly problems: number;
  readonly isDeployed: boolean;
}

export const proof: Proof = {
  name: 'Of 200 generated platforms each is deployed to a plan without changes, as it is or once it is mended as its refusal says',
  minutes: 16,
  async run({ root, folder, say, part }) {
    const answers = await inParallel(seeds(), atOnce, async (seed) => {
      const home = join(folder, String(seed));
      const answer = await part(`platform ${seed}`, () => {
        rmSync(home, { recursive: true, force: true });
        return settle(seed, rehearsal(root, home));
      });
      rmSync(home, { recursive: true, force: true });
      if (seed % 10 === 0) say(`${seed} of ${count}`);
      return answer;
    });
    const deployed = answers.filter(({ isDeployed }) => isDeployed);
    const mended = answers.filter(({ turns }) => turns > 0);
    return {
      'accepted as they were, and deployed': count - mended.length,
      'refused and mended as told': mended.length,
      'of them deployed': mended.filter(({ isDeployed }) => isDeployed).length,
      problems: sum(answers, ({ problems }) => problems),
      sites: sum(deployed, ({ sites }) => sites),
      stacks: sum(deployed, ({ stacks }) => stacks),
      resources: sum(deployed, ({ resources }) => resources),
      'largest, stacks': Math.max(...deployed.map(({ stacks }) => stacks)),
    };
  },
};

const seeds = (): number[] => Array.from({ length: count }, (_, index) => index + 1);
const sum = (answers: readonly Answer[], of: (answer: Answer) => number): number =>
  answers.reduce((all, answer) => all + of(answer), 0);

async function settle(seed: number, cloud: Rehearsal): Promise<Answer> {
  const topology = generateTopology(seed);
  const { verdict, turns, problems } = mendUntilAccepted(topology);
  assert.deepEqual(violations(verdict), [], `platform ${seed}, mended ${turns} times`);
  const size = sizeOf(seed, verdict);
  const isDeployed = turns === 0 || size.stacks <= mostMendedStacks;
  return { ...size, turns, problems, resources: isDeployed ? await deployTwice(cloud, topology) : 0, isDeployed };
}

/** The second time there must be nothing to do. Returns the number of resources. */
async function deployTwice({ deploy }: Rehearsal, topology: Draft): Promise<number> {
  const { stacks } = await deploy(topology);
  assert.deepEqual(changesIn(await deploy(topology)), [], `${topology.name}, deployed again`);
  return stacks.reduce((all, stack) => all + (stack.resources ?? 0), 0);
}

const sizeOf = (seed: number, { platform, specs }: Accepted) => ({
  seed,
  sites: Object.keys(platform.places).length,
  stacks: specs.length,
});
