import { encode } from '../codec';
import type { BlockFacts } from '../facts';
import { typeOfBlock, withBlocks } from '../schema';
import type { Fields } from '../values';
import { launch, type Plugin } from './plugin';

/** A provider's program, and what it is told when it starts. */
export interface Configured {
  readonly binary: string;
  /** Folder for its socket. */
  readonly folder: string;
  /** The schema of its provider block. */
  readonly block: BlockFacts;
  /** Absent for a provider that would ask its device. */
  readonly configuration: Fields | undefined;
}

/** What the provider is told; some ask for it. */
const terraformVersion = '1.11.4';
const errorSeverity = 1;

interface Diagnosed {
  readonly diagnostics?: readonly { readonly severity?: number; readonly summary?: string; readonly detail?: string }[];
}

/** The first error of an answer, in the provider's words. */
export function errorOf({ diagnostics = [] }: Diagnosed): string | undefined {
  const first = diagnostics.find(({ severity }) => severity === errorSeverity);
  return first && [first.summary, first.detail].filter(Boolean).join(': ');
}

/** Starts a provider and configures it, offline, where it can be. Throws when it does not start or refuses. */
export async function launchConfigured(options: Configured): Promise<Plugin> {
  const plugin = await launch(options.binary, options.folder);
  try {
    await configure(plugin, options);
    return plugin;
  } catch (error) {
    plugin.close();
    throw error;
  }
}

/** Throws what the provider says against its configuration. */
export async function configure(
  plugin: Plugin,
  { binary, block, configuration }: Omit<Configured, 'folder'>,
): Promise<void> {
  if (!configuration) return;
  const config = encode(withBlocks(block, configuration), typeOfBlock(block));
  const answer = (await plugin.ask('configure', { terraform_version: terraformVersion, config })) as Diagnosed;
  const said = errorOf(answer);
  if (said !== undefined) throw new Error(`${binary} refuses its made-up configuration: ${said}`);
}
