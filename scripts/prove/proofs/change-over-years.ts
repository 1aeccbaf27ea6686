import assert from 'node:assert/strict';
import type { DeployReport } from '../../deploy/report';
import { sandboxPlace } from '../../sandbox/place';
import type { Proof } from '../proof';
import { happeningsSince, markOf } from '../order';
import { type Rehearsal, rehearsal } from '../rehearsal';
import { cloudParts } from '../snapshot';
import { type Draft, objections, topologiesOverYears, type Year, years } from '../years';

export const proof: Proof = {
  name: 'Each change of the reference over the years touches what it must and nothing else, halves apart, nothing left behind',
  minutes: 3,
  async run(context) {
    const { root, folder, say } = context;
    const cloud = rehearsal(root, folder);
    const [first, ...later] = topologiesOverYears();
    assert(first);
    const part = cloudParts(context, first.name);
    const names = (): string[] => cloud.objects(first).map(({ type, owner, name }) => `${owner} ${type} ${name}`);
    const before = await part('first', async () => {
      await cloud.deploy(first);
      return names();
    });
    const figures: Record<string, string> = {};
    for (const [index, year] of years.entries()) {
      figures[year.name] = await part(year.name, () => passYear(cloud, folder, year, later[index] ?? first));
      say(`${year.name}: ${figures[year.name]}`);
    }
    await part('destroy', async () => {
      assert.deepEqual(stableNames(names()), stableNames(before));
      await cloud.deploy(later.at(-1) ?? first, ['--destroy']);
      assert.deepEqual(names(), []);
    });
    return figures;
  },
};

/** Deploys a year's change, which must do what the year says, in the order that halves need. */
async function passYear({ deploy, tamper }: Rehearsal, home: string, year: Year, topology: Draft): Promise<string> {
  // Whoever opens the cloud may rewrite its file, so that it is opened before the mark, and not before the look.
  tamper(topology, () => undefined);
  const { cloudFile } = sandboxPlace(home, topology.name);
  const mark = markOf(cloudFile);
  const report = await deploy(topology);
  assert.deepEqual(objections(year, report, happeningsSince(cloudFile, mark)), []);
  return describe(report);
}

/** Without the machines that a cloud makes for an elastic fleet, and the template that the changed image made anew. */
const stableNames = (names: readonly string[]): string[] =>
  names
    .filter(
      (name) =>
        !/-live aws_instance| google_compute_instance |cloudstack_instance autoScaleVm-|instance_template/.test(name),
    )
    .sort();

function describe({ stacks, seconds }: DeployReport): string {
  const changed = stacks.filter((stack) => stack.changed);
  const sum = (kind: keyof (typeof stacks)[number]['changes']): number =>
    changed.reduce((total, { changes }) => total + changes[kind].length, 0);
  const counts = (['create', 'update', 'replace', 'destroy'] as const).map((kind) => `${sum(kind)} ${kind}`);
  return `${changed.length} stacks, ${counts.join(', ')}, ${seconds.toFixed(1)} s`;
}
