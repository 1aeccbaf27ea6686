import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderSimulation } from '../../constructs/contract/simulation';
import { registry } from '../../constructs/providers/registry';
import { installProgram } from '../facts/installation';
import { listFacts, parseFacts } from '../facts/store';
import { knownProviders, readUsed } from '../facts/used';
import { withBlocks } from '../sandbox/schema';
import type { Fields } from '../sandbox/values';
import type { Environment } from '../terraform/environment';
import { compareVerdicts, type CompareOptions, type Fidelity } from './compare';
import type { EmittedResource } from './emitted';
import { realJudge, sandboxJudge } from './judges';

export interface MeasureOptions extends Pick<CompareOptions, 'perType' | 'every' | 'say'> {
  readonly root: string;
  /** Folder to work in. */
  readonly folder: string;
  readonly terraform: string;
  /** Filesystem mirrors in place of the registry. */
  readonly pluginDirs: readonly string[];
  readonly env: Environment;
}

/** Providers that the project's facts are of: `aws@5.100.0`. */
export const measurable = (root: string): string[] => listFacts(root).map(({ name, version }) => `${name}@${version}`);

/** Compares the sandbox with one real provider. Throws when there is no program of it. */
export async function measureFidelity(
  title: string,
  emitted: readonly EmittedResource[],
  options: MeasureOptions,
): Promise<Fidelity> {
  const { root, terraform, pluginDirs, env } = options;
  const folder = join(options.folder, title);
  mkdirSync(folder, { recursive: true });
  const file = listFacts(root).find(({ name, version }) => `${name}@${version}` === title);
  const used = readUsed(root).find(({ name, version }) => `${name}@${version}` === title);
  if (!file || !used) throw new Error(`there are no facts of ${title}`);
  const facts = parseFacts(file);
  const binary = await installProgram(used, { terraform, folder, pluginDirs, env });
  const given = knownProviders[used.name]?.configuration as Fields | undefined;
  const configuration = withBlocks(facts.provider_config, given ?? {});
  const simulations: ProviderSimulation[] = Object.values(registry).flatMap((provider) => [...provider.simulations]);
  const cloudFile = freshFile(folder);
  const judges = {
    real: realJudge(binary, folder, facts, given && configuration),
    sandbox: sandboxJudge(facts, simulations, cloudFile, configuration),
  };
  const simulation = simulations.find(({ provider }) => provider === facts.provider);
  const rulesOf: CompareOptions['rulesOf'] = (type) => simulation?.resources[type]?.rules;
  try {
    return await compareVerdicts(emitted, facts, judges, { ...options, rulesOf });
  } finally {
    judges.real.close();
    judges.sandbox.close();
  }
}

/** Each measurement has an empty cloud. */
function freshFile(folder: string): string {
  for (let at = 0; ; at++) {
    const file = join(folder, `cloud-${at}.json`);
    if (!existsSync(file)) return file;
  }
}
