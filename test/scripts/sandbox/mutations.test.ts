import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shortcomings } from '../../../scripts/fidelity/bounds';
import { emittedResources } from '../../../scripts/fidelity/emitted';
import { awsMirror } from '../../../scripts/facts/aws-mirror';
import { measureFidelity } from '../../../scripts/fidelity/measure';
import onlyAws from '../../../stacks/topologies/only-aws';
import { terraformBinary } from '../../support/programs';
import { describeWith, requirement } from '../../support/requirements';

const root = join(__dirname, '..', '..', '..');
/** The whole of it is a proof; a part of it shows that nothing has gone far wrong. */
const sample = { perType: 1, every: 4 };

describeWith(
  [requirement('terraform'), requirement('aws-provider')],
  'a configuration, and what is wrong in it',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'watari-mutations-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('is refused, accepted and planned by the sandbox as the real AWS provider refuses, accepts and plans it', async () => {
      const emitted = emittedResources(join(folder, 'synth'), [onlyAws]);
      const mirror = awsMirror(root, process.env);
      const terraform = terraformBinary() ?? 'terraform';
      const work = { root, folder, terraform, pluginDirs: mirror ? [mirror] : [], env: process.env, ...sample };
      const measured = await measureFidelity('aws@5.100.0', emitted, work);
      const { verdicts, plans } = measured;
      expect(verdicts.unjudged).toEqual([]);
      expect(verdicts.asked).toBeGreaterThan(150);
      expect(verdicts.bothRefused).toBeGreaterThan(30);
      expect([plans.creates > 30, plans.updates > 100, plans.replacements > 30]).toEqual([true, true, true]);
      expect(shortcomings(measured)).toEqual([]);
    }, 120_000);
  },
);
