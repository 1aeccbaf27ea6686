import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Accepted, violations } from '../generate/invariants';
import { judge } from '../generate/judge';
import { mendUntilAccepted } from '../generate/mend';
import { generateTopology } from '../generate/topology';
import { inParallel } from '../parallel';
import type { Proof } from '../proof';
import { type Rehearsal, rehearsal } from '../rehearsal';

const count = 200;
/** Deploys wait for each other's processors beyond the number of these. */
const atOnce = 2;

interface Answer {
  readonly seed: number;
  readonly sites: number;
  readonly stacks: number;
  readonly resources: number;
  /** Turns of mending that a refusal took; 0: it was accepted as it was. */
  readonly turns: number;
  readonly problems: number;
}

export const proof: Proof = {
  name: 'Of 200 generated platforms each is deployed to a plan without changes, or refused with a fix that mends it',
  minutes: 20,
  async run({ root, folder, say, part }) {
    const answers = await inParallel(seeds(), atOnce, async (seed) => {
      const home = join(folder, String(seed));
      const answer = await part(`platform ${seed}`, () => settle(seed, rehearsal(root, home)));
      rmSync(home, { recursive: true, force: true });
      if (seed % 10 === 0) say(`${seed} of ${count}`);
      return answer;
    });
    const deployed = answers.filter(({ turns }) => turns === 0);
    return {
      deployed: deployed.length,
      'refused and mended as told': count - deployed.length,
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

async function settle(seed: number, { deploy }: Rehearsal): Promise<Answer> {
  const topology = generateTopology(seed);
  const first = judge(topology);
  if (!first.accepted) return mend(seed);
  assert.deepEqual(violations(first), [], `platform ${seed}`);
  const report = await deploy(topology);
  const again = await deploy(topology);
  const changed = again.stacks.filter((stack) => stack.changed).map(({ stack, summary }) => `${stack}: ${summary}`);
  assert.deepEqual(changed, [], `platform ${seed}, deployed again`);
  const resources = report.stacks.reduce((all, stack) => all + (stack.resources ?? 0), 0);
  return { ...sizeOf(seed, first), resources, turns: 0, problems: 0 };
}

function mend(seed: number): Answer {
  const { verdict, turns, problems } = mendUntilAccepted(generateTopology(seed));
  assert.deepEqual(violations(verdict), [], `platform ${seed}, mended`);
  return { ...sizeOf(seed, verdict), resources: 0, turns, problems };
}

const sizeOf = (seed: number, { platform, specs }: Accepted) => ({
  seed,
  sites: Object.keys(platform.places).length,
  stacks: specs.length,
});
