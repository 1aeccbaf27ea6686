import assert from 'node:assert/strict';
import reference from '../../../stacks/topologies/reference';
import type { Proof } from '../proof';
import { changesIn, rehearsal } from '../rehearsal';
import { cloudParts } from '../snapshot';

export const proof: Proof = {
  name: 'The reference is deployed, is found unchanged, and leaves nothing when it is taken down',
  minutes: 1,
  async run(context) {
    const { deploy, objects } = rehearsal(context.root, context.folder);
    const part = cloudParts(context, reference.name);
    const first = await part('deploy', () => deploy(reference));
    const again = await part('again', async () => {
      const report = await deploy(reference);
      assert.deepEqual(changesIn(report), []);
      return report;
    });
    const last = await part('destroy', async () => {
      const report = await deploy(reference, ['--destroy']);
      assert.deepEqual(objects(reference), []);
      return report;
    });
    return {
      stacks: first.stacks.length,
      resources: first.stacks.reduce((sum, { resources = 0 }) => sum + resources, 0),
      'deploy s': first.seconds.toFixed(1),
      'again s': again.seconds.toFixed(1),
      'destroy s': last.seconds.toFixed(1),
    };
  },
};
