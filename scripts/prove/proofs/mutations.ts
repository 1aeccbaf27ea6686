import assert from 'node:assert/strict';
import { delimiter, join } from 'node:path';
import { awsMirror } from '../../facts/aws-mirror';
import { shortcomings } from '../../fidelity/bounds';
import { emittedResources } from '../../fidelity/emitted';
import { measurable, measureFidelity } from '../../fidelity/measure';
import { summariesOf } from '../../fidelity/report';
import { findTerraform } from '../../terraform/find';
import type { Proof } from '../proof';

/** Folders of filesystem mirrors in place of the registry: those of WATARI_PLUGIN_DIRS, and the one that has AWS. */
function pluginDirs(root: string, env: NodeJS.ProcessEnv): string[] {
  const given = env['WATARI_PLUGIN_DIRS']?.split(delimiter) ?? [];
  return [...given, awsMirror(root, env) ?? ''].filter(Boolean);
}

/** AWS alone where nothing else is named: the other providers are as big, and measured by `npm run fidelity`. */
const usual = /^aws@/;

export const proof: Proof = {
  name: 'The sandbox gives the verdicts and the plans of the real providers on mutated configurations',
  minutes: 2,
  async run({ root, folder, part, say }) {
    const { env } = process;
    const { path: terraform } = await findTerraform({ root, env, note: say });
    const emitted = emittedResources(join(folder, 'synth'));
    const titles = measurable(root).filter((title) => env['WATARI_PLUGIN_DIRS'] !== undefined || usual.test(title));
    const figures: Record<string, string> = {};
    for (const title of titles) {
      const work = { root, folder, terraform, pluginDirs: pluginDirs(root, env), env };
      const measured = await part(title, () => measureFidelity(title, emitted, work));
      figures[title] = summariesOf(measured).join('; ');
      assert.deepEqual(shortcomings(measured), [], title);
    }
    return figures;
  },
};
