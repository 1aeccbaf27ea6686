import { existsSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface CleanEnvironment {
  readonly env: Record<string, string>;
  /** What was left out of the user's environment, one sentence each, to be said once in a run. */
  readonly notes: readonly string[];
}

/**
 * The environment for a child that is Terraform, OpenTofu or cdktf: it asks nothing, reports nothing home, and does not
 * stumble over a `TF_CLI_CONFIG_FILE` that points at nothing.
 */
export function terraformEnvironment(env: Environment): CleanEnvironment {
  const { TF_CLI_CONFIG_FILE: config, ...rest } = withoutUnset(env);
  const clean = { ...rest, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  if (config === undefined) return { env: clean, notes: [] };
  if (existsSync(config)) return { env: { ...clean, TF_CLI_CONFIG_FILE: config }, notes: [] };
  return { env: clean, notes: [`TF_CLI_CONFIG_FILE is ignored: ${config} does not exist.`] };
}

function withoutUnset(env: Environment): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
