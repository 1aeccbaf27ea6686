import assert from 'node:assert/strict';
import { registry } from '../../../constructs/providers/registry';
import type { DeployReport } from '../../deploy/report';
import { listFacts } from '../../facts/store';
import type { Cloud } from '../../sandbox/cloud';
import { seedObjects } from '../../sandbox/control';
import { readFacts } from '../../sandbox/facts';
import { World } from '../../sandbox/world';
import type { Proof } from '../proof';
import { rehearsal } from '../rehearsal';
import { newImage, objections, topologiesOverYears, years } from '../years';

export const proof: Proof = {
  name: 'Each change of the reference over the years touches what it must and nothing else, halves apart, nothing left behind',
  minutes: 5,
  async run({ root, folder, say, part }) {
    const { deploy, objects, tamper } = rehearsal(root, folder);
    const [first, ...later] = topologiesOverYears();
    assert(first);
    const names = (): string[] => objects(first).map(({ type, owner, name }) => `${owner} ${type} ${name}`);
    const before = await part('first', async () => {
      tamper(first, (cloud) => publishImage(root, cloud));
      await deploy(first);
      return names();
    });
    const found: string[] = [];
    const figures: Record<string, string> = {};
    for (const [index, year] of years.entries()) {
      const topology = later[index] ?? first;
      const report = await part(year.name, () => deploy(topology));
      figures[year.name] = describe(report);
      found.push(...objections(year, report));
      say(`${year.name}: ${figures[year.name]}`);
    }
    assert.deepEqual(found, []);
    const last = await part('last', () => Promise.resolve(names()));
    assert.deepEqual(stableNames(last), stableNames(before));
    await part('destroy', () => deploy(later.at(-1) ?? first, ['--destroy']));
    assert.deepEqual(names(), []);
    return figures;
  },
};

/** The image that a later year boots is there before: images are published, not deployed. */
function publishImage(root: string, cloud: Cloud): void {
  const simulations = Object.values(registry).flatMap((provider) => [...provider.simulations]);
  const facts = listFacts(root).map(({ path }) => readFacts(path));
  const seed = { type: 'google_compute_image', id: newImage, attributes: { name: newImage } };
  seedObjects(cloud, new World(simulations, facts), [seed]);
}

/** Without the machines that a cloud makes for an elastic fleet, and the template that the changed image made anew. */
const stableNames = (names: readonly string[]): string[] =>
  names.filter((name) => !/-live aws_instance| google_compute_instance |instance_template/.test(name)).sort();

function describe({ stacks, seconds }: DeployReport): string {
  const changed = stacks.filter((stack) => stack.changed);
  const sum = (kind: keyof (typeof stacks)[number]['changes']): number =>
    changed.reduce((total, { changes }) => total + changes[kind].length, 0);
  const counts = (['create', 'update', 'replace', 'destroy'] as const).map((kind) => `${sum(kind)} ${kind}`);
  return `${changed.length} stacks, ${counts.join(', ')}, ${seconds.toFixed(1)} s`;
}
