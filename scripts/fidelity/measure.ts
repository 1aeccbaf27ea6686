import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProviderSimulation } from '../../constructs/contract/simulation';
import { registry } from '../../constructs/providers/registry';
import { installProgram } from '../facts/installation';
import { listFacts, parseFacts } from '../facts/store';
import { knownProviders, readUsed } from '../facts/used';
import type { MeasuredFacts } from '../facts/types';
import { withRules } from '../sandbox/more-rules';
import { withBlocks } from '../sandbox/schema';
import type { Fields } from '../sandbox/values';
import type { Environment } from '../terraform/environment';
import { compareVerdicts, type CompareOptions, type Fidelity } from './compare';
import type { Maker } from './created';
import type { EmittedResource } from './emitted';
import { realJudge, sandboxJudge } from './judges';
import { comparePlans, type PlanFidelity } from './plans';

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

/** What both said and planned. */
export interface Measured {
  readonly verdicts: Fidelity;
  readonly plans: PlanFidelity;
}

/** Compares the sandbox with one real provider. Throws when there is no program of it. */
export async function measureFidelity(
  title: string,
  emitted: readonly EmittedResource[],
  options: MeasureOptions,
): Promise<Measured> {
  const { facts, simulations, judges } = await openJudges(title, options);
  const simulation = simulations.find(({ provider }) => provider === facts.provider);
  const rulesOf: CompareOptions['rulesOf'] = (type) => simulation?.resources[type]?.rules;
  const factsOf = (name: string): ReturnType<Maker['factsOf']> => {
    const type = facts.resources[name];
    return type && { block: type.block, rules: withRules(type, rulesOf(name)).rules ?? {} };
  };
  try {
    const verdicts = await compareVerdicts(emitted, facts, judges, { ...options, rulesOf });
    return { verdicts, plans: await comparePlans({ ...judges, factsOf, emitted }, options) };
  } finally {
    judges.real.close();
    judges.sandbox.close();
  }
}

interface Opened {
  readonly facts: MeasuredFacts;
  readonly simulations: readonly ProviderSimulation[];
  readonly judges: Pick<Maker, 'real' | 'sandbox'>;
}

async function openJudges(title: string, options: MeasureOptions): Promise<Opened> {
  const { root, terraform, pluginDirs, env } = options;
  const folder = join(options.folder, title);
  mkdirSync(folder, { recursive: true });
  const file = listFacts(root).find(({ name, version }) => `${name}@${version}` === title);
  const used = readUsed(root).find(({ name, version }) => `${name}@${version}` === title);
  if (!file || !used) throw new Error(`there are no facts of ${title}`);
  const facts = parseFacts(file);
  const binary = await installProgram(used, { terraform, folder, pluginDirs, env });
  const given = knownProviders[used.name]?.configuration as Fields | undefined;
  const block = facts.provider_config;
  const configuration = withBlocks(block, given ?? {});
  const simulations: ProviderSimulation[] = Object.values(registry).flatMap((provider) => [...provider.simulations]);
  const real = realJudge({ binary, folder, block, configuration: given && configuration });
  const sandbox = sandboxJudge(facts, simulations, freshFile(folder), configuration);
  return { facts, simulations, judges: { real, sandbox } };
}

/** Each measurement has an empty cloud. */
function freshFile(folder: string): string {
  for (let at = 0; ; at++) {
    const file = join(folder, `cloud-${at}.json`);
    if (!existsSync(file)) return file;
  }
}
