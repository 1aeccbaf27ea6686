import assert from 'node:assert/strict';
import onlyAws from '../../../stacks/topologies/only-aws';
import onlyGcp from '../../../stacks/topologies/only-gcp';
import onlyIdcf from '../../../stacks/topologies/only-idcf';
import onlyMetal from '../../../stacks/topologies/only-metal';
import onlyPrivate from '../../../stacks/topologies/only-private';
import reference from '../../../stacks/topologies/reference';
import type { DeployReport } from '../../deploy/report';
import type { Figures, Proof, ProofContext } from '../proof';
import { changesIn, rehearsal } from '../rehearsal';
import { cloudParts } from '../snapshot';

type Deployable = Parameters<ReturnType<typeof rehearsal>['deploy']>[0];

const topologies: readonly Deployable[] = [reference, onlyAws, onlyGcp, onlyIdcf, onlyMetal, onlyPrivate];

export const proof: Proof = {
  name: 'The reference and the only-* topologies are deployed, are found unchanged, and leave nothing when they are taken down',
  minutes: 2,
  async run(context) {
    const first: Record<string, DeployReport> = {};
    const figures: Record<string, Figures[string]> = {};
    for (const topology of topologies) {
      const { report, seconds } = await live(topology, context);
      first[topology.name] = report;
      figures[`${topology.name}, s`] = seconds.map((each) => each.toFixed(1)).join(' / ');
    }
    const stacks = Object.values(first).flatMap((report) => report.stacks);
    return {
      stacks: stacks.length,
      resources: stacks.reduce((sum, { resources = 0 }) => sum + resources, 0),
      ...figures,
    };
  },
};

/** From the first deployment to the end. `seconds`: of the deployment, of finding it unchanged, of taking it down. */
async function live(topology: Deployable, context: ProofContext): Promise<{ report: DeployReport; seconds: number[] }> {
  const { deploy, objects } = rehearsal(context.root, context.folder);
  const part = cloudParts(context, topology.name);
  const report = await part(`${topology.name}: deploy`, () => deploy(topology));
  const again = await part(`${topology.name}: again`, async () => {
    const found = await deploy(topology);
    assert.deepEqual(changesIn(found), []);
    return found;
  });
  const last = await part(`${topology.name}: destroy`, async () => {
    const found = await deploy(topology, ['--destroy']);
    assert.deepEqual(objects(topology), []);
    return found;
  });
  return { report, seconds: [report, again, last].map(({ seconds }) => seconds) };
}
