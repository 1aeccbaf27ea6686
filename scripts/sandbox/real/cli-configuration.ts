import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder in which Terraform looks for providers, and for which: `registry.terraform.io/hashicorp/*`. */
export interface Mirror {
  readonly folder: string;
  /** @default all */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

/** What Terraform's own configuration file says of where providers are. */
export interface CliConfiguration {
  /** Undefined where it does not say: then Terraform looks in the usual folders. */
  readonly mirrors?: readonly Mirror[];
  readonly cache?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the file that TF_CLI_CONFIG_FILE names, else `~/.terraformrc`. One that is not there says nothing. */
export function readCliConfiguration(env: Environment): CliConfiguration {
  const file = env['TF_CLI_CONFIG_FILE'] ?? env['TERRAFORM_CONFIG'] ?? join(env['HOME'] ?? '', '.terraformrc');
  return existsSync(file) ? parseCliConfiguration(readFileSync(file, 'utf8')) : {};
}

/**
 * The little that is asked of the file, which is HCL: blocks `filesystem_mirror` and the setting `plugin_cache_dir`
 * (https://developer.hashicorp.com/terraform/cli/config/config-file).
 */
export function parseCliConfiguration(text: string): CliConfiguration {
  const plain = text.replace(/^\s*(#|\/\/).*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
  const blocks = [...plain.matchAll(/\bfilesystem_mirror\s*\{([^}]*)\}/g)].map(([, inner = '']) => inner);
  const mirrors = blocks.map((inner) => ({
    folder: settingOf(inner, 'path') ?? '',
    ...listOf(inner, 'include'),
    ...listOf(inner, 'exclude'),
  }));
  const cache = settingOf(plain, 'plugin_cache_dir');
  const isSaid = /\bprovider_installation\s*\{/.test(plain);
  return { ...(isSaid ? { mirrors: mirrors.filter(({ folder }) => folder) } : {}), ...(cache ? { cache } : {}) };
}

function settingOf(text: string, name: string): string | undefined {
  const [, quoted] = new RegExp(`\\b${name}\\s*=\\s*("(?:[^"\\\\]|\\\\.)*")`).exec(text) ?? [];
  return quoted === undefined ? undefined : (JSON.parse(quoted) as string);
}

function listOf<N extends 'include' | 'exclude'>(text: string, name: N): Partial<Record<N, string[]>> {
  const [, list] = new RegExp(`\\b${name}\\s*=\\s*\\[([^\\]]*)\\]`).exec(text) ?? [];
  if (list === undefined) return {};
  const items = [...list.matchAll(/"([^"]*)"/g)].map(([, item = '']) => item);
  return { [name]: items } as Partial<Record<N, string[]>>;
}
