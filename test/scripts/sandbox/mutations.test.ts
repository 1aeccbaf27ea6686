import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agreementOf } from '../../../scripts/fidelity/compare';
import { emittedResources } from '../../../scripts/fidelity/emitted';
import { leastAgreement } from '../../../scripts/fidelity/fidelity';
import { measureFidelity } from '../../../scripts/fidelity/measure';
import onlyAws from '../../../stacks/topologies/only-aws';
import { terraformBinary } from '../../support/programs';
import { describeWith, requirement } from '../../support/requirements';

const root = join(__dirname, '..', '..', '..');
/** The whole of it is a proof; a part of it shows that nothing has gone far wrong. */
const sample = { perType: 1, every: 4 };

describeWith([requirement('terraform'), requirement('aws-provider')], 'a configuration that is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'watari-mutations-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is refused by the sandbox where the real AWS provider refuses it, and accepted where it accepts', async () => {
    const emitted = emittedResources(join(folder, 'synth'), [onlyAws]);
    const pluginDirs = process.env['WATARI_AWS_PLUGIN_DIR'] ? [process.env['WATARI_AWS_PLUGIN_DIR']] : [];
    const terraform = terraformBinary() ?? 'terraform';
    const work = { root, folder, terraform, pluginDirs, env: process.env, ...sample };
    const measured = await measureFidelity('aws@5.100.0', emitted, work);
    expect(measured.unjudged).toEqual([]);
    expect(measured.asked).toBeGreaterThan(150);
    expect(measured.bothRefused).toBeGreaterThan(30);
    if (agreementOf(measured) < leastAgreement) throw new Error(JSON.stringify(measured.disagreements, null, 2));
  }, 60_000);
});
