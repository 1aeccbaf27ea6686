import { listFacts, parseFacts } from '../../facts/store';
import { knownProviders } from '../../facts/used';
import type { BlockFacts } from '../facts';
import type { Fields } from '../values';
import { mirrorsOf, programsOf } from './places';

/** A real provider on this machine that plans in the place of its simulation. */
export interface RealProvider {
  /** Registry address without its host. */
  readonly provider: string;
  readonly version: string;
  /** Path of its program. */
  readonly binary: string;
  /** The schema of its provider block. */
  readonly block: BlockFacts;
  /** Made-up arguments with which it answers offline. */
  readonly configuration: Fields;
  /** Arguments of a stack's own provider block that plans depend on. */
  readonly fromStack: readonly string[];
}

export interface FoundProviders {
  readonly providers: readonly RealProvider[];
  /** Who plans what, one sentence each. */
  readonly notes: readonly string[];
}

interface Machine {
  /** The checkout. */
  readonly root: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Looks where Terraform would for the providers of the facts; only the very version that the facts are of counts. */
export function findRealProviders({ root, cwd, env }: Machine): FoundProviders {
  const mirrors = mirrorsOf(env, cwd);
  const found = listFacts(root).map((file) => {
    const { provider, version, provider_config } = parseFacts(file);
    const programs = programsOf(provider, mirrors);
    const program = programs.find((one) => one.version === version);
    const title = `${provider} ${version}`;
    if (!program) return { note: `${title} is simulated: ${absence(programs.map((one) => one.version))}.` };
    const { configuration, fromStack = [] } = knownProviders[file.name] ?? {};
    if (!configuration) return { note: `${title} is simulated: when it is configured it asks its device.` };
    const real = { provider, version, binary: program.binary, block: provider_config, configuration, fromStack };
    return { real, note: `${title} plans itself: ${program.binary}.` };
  });
  return { providers: found.flatMap(({ real }) => (real ? [real] : [])), notes: found.map(({ note }) => note) };
}

function absence(versions: readonly string[]): string {
  const others = [...new Set(versions)].join(', ');
  return others ? `only another version is here (${others})` : 'its program is not where Terraform would look';
}
