import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProblemsError } from '../../constructs/contract/problem';
import type { BlockFacts, TypeFacts } from '../sandbox/facts';
import { terraformEnvironment, type Environment } from '../terraform/environment';
import { wantedMirror } from './aws-mirror';
import { knownProviders, type Used } from './used';

/** What `terraform providers schema -json` prints of one provider. */
export interface ProviderSchema {
  readonly provider: { readonly block: BlockFacts };
  readonly resource_schemas: Readonly<Record<string, TypeFacts>>;
  readonly data_source_schemas: Readonly<Record<string, TypeFacts>>;
}

export interface Installation {
  readonly schema: ProviderSchema;
  /** Path of the provider's program. */
  readonly binary: string;
}

export interface InstallOptions {
  readonly terraform: string;
  /** Empty folder to work in. */
  readonly folder: string;
  /** Filesystem mirrors to use in place of the registry. */
  readonly pluginDirs: readonly string[];
  readonly env: Environment;
}

/** Installs a provider with Terraform and reads its schema. Throws a `ProblemsError` with Terraform's own words. */
export async function install(used: Used, options: InstallOptions): Promise<Installation> {
  const binary = await installProgram(used, options);
  const output = await run(used, options, ['providers', 'schema', '-json', '-no-color']);
  const document = JSON.parse(output) as { readonly provider_schemas: Readonly<Record<string, ProviderSchema>> };
  const [schema] = Object.values(document.provider_schemas);
  if (!schema) throw failure(used, 'Terraform gave no schema');
  return { schema, binary };
}

/** Installs a provider with Terraform. Returns the path of its program. Throws as `install`. */
export async function installProgram(used: Used, options: InstallOptions): Promise<string> {
  const source = knownProviders[used.name]?.source ?? used.name;
  const required_providers = { [used.name]: { source, version: used.version } };
  mkdirSync(options.folder, { recursive: true });
  writeFileSync(join(options.folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers } }));
  await run(used, options, ['init', '-no-color']);
  return findBinary(used, options.folder);
}

function findBinary(used: Used, folder: string): string {
  const root = join(folder, '.terraform', 'providers');
  const [host = ''] = readdirSync(root);
  const [namespace = ''] = readdirSync(join(root, host));
  const version = join(root, host, namespace, used.name, used.version);
  const [platform = ''] = readdirSync(version);
  const program = readdirSync(join(version, platform)).find((name) => name.startsWith('terraform-provider-'));
  if (!program) throw failure(used, `there is no program in ${join(version, platform)}`);
  return join(version, platform, program);
}

async function run(used: Used, options: InstallOptions, args: readonly string[]): Promise<string> {
  const { env } = terraformEnvironment(options.env);
  const child = spawn(options.terraform, args, {
    cwd: options.folder,
    env: { ...env, ...mirrorVariables(options) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done));
  if (code === 0) return Buffer.concat(output).toString();
  throw failure(used, `terraform ${args[0] ?? ''} failed: ${Buffer.concat(errors).toString().trim()}`);
}

/** A mirror is named in a configuration file of its own, so that the user's is neither needed nor changed. */
function mirrorVariables({ folder, pluginDirs }: InstallOptions): Record<string, string> {
  if (pluginDirs.length === 0) return {};
  const mirrors = pluginDirs.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(resolve(path))}\n  }`);
  const file = join(folder, 'terraform.rc');
  writeFileSync(file, `provider_installation {\n${mirrors.join('\n')}\n}\n`);
  return { TF_CLI_CONFIG_FILE: file };
}

function failure(used: Used, message: string): ProblemsError {
  const mirror = used.name === 'aws' ? `have ${wantedMirror}` : 'name a filesystem mirror that holds the provider';
  const fix = `Make sure that the registry can be reached, or ${mirror} (npm run facts and fidelity: --plugin-dir).`;
  return new ProblemsError([{ path: `${used.name}@${used.version}`, message, fix }]);
}
