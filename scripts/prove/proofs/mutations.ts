import assert from 'node:assert/strict';
import { delimiter, join } from 'node:path';
import { agreementOf } from '../../fidelity/compare';
import { emittedResources } from '../../fidelity/emitted';
import { leastAgreement } from '../../fidelity/fidelity';
import { measurable, measureFidelity } from '../../fidelity/measure';
import { percent } from '../../fidelity/report';
import { findTerraform } from '../../terraform/find';
import type { Proof } from '../proof';

/** Folders of filesystem mirrors in place of the registry: those of WATARI_PLUGIN_DIRS, and the one for AWS alone. */
function pluginDirs({ WATARI_PLUGIN_DIRS, WATARI_AWS_PLUGIN_DIR }: NodeJS.ProcessEnv): string[] {
  const given = WATARI_PLUGIN_DIRS?.split(delimiter) ?? [];
  return [...given, ...(WATARI_AWS_PLUGIN_DIR ? [WATARI_AWS_PLUGIN_DIR] : [])].filter(Boolean);
}

/** AWS alone where nothing else is named: the other providers are as big, and measured by `npm run fidelity`. */
const usual = /^aws@/;

export const proof: Proof = {
  name: 'The sandbox gives the verdicts of the real providers on mutated configurations',
  minutes: 2,
  async run({ root, folder, part, say }) {
    const { env } = process;
    const { path: terraform } = await findTerraform({ root, env, note: say });
    const emitted = emittedResources(join(folder, 'synth'));
    const titles = measurable(root).filter((title) => env['WATARI_PLUGIN_DIRS'] !== undefined || usual.test(title));
    const figures: Record<string, string> = {};
    for (const title of titles) {
      const work = { root, folder, terraform, pluginDirs: pluginDirs(env), env };
      const measured = await part(title, () => measureFidelity(title, emitted, work));
      const share = agreementOf(measured);
      figures[title] = `${percent(share)} of ${measured.asked}`;
      assert.ok(share >= leastAgreement, `${title}: ${figures[title]}: ${JSON.stringify(measured.disagreements[0])}`);
    }
    return figures;
  },
};
