import assert from 'node:assert/strict';
import reference from '../../../stacks/topologies/reference';
import type { Proof } from '../proof';
import { rehearsal } from '../rehearsal';

export const proof: Proof = {
  name: 'The reference is deployed, is found unchanged, and leaves nothing when it is taken down',
  minutes: 3,
  async run({ root, folder, part }) {
    const { deploy, objects } = rehearsal(root, folder);
    const first = await part('deploy', () => deploy(reference));
    const again = await part('again', () => deploy(reference));
    assert.deepEqual(
      again.stacks.filter(({ changed }) => changed),
      [],
    );
    const last = await part('destroy', () => deploy(reference, ['--destroy']));
    assert.deepEqual(objects(reference), []);
    return {
      stacks: first.stacks.length,
      resources: first.stacks.reduce((sum, { resources = 0 }) => sum + resources, 0),
      'deploy s': first.seconds.toFixed(1),
      'again s': again.seconds.toFixed(1),
      'destroy s': last.seconds.toFixed(1),
    };
  },
};
