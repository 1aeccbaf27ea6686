import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { readCliConfiguration, type Mirror } from './cli-configuration';

type Environment = Readonly<Record<string, string | undefined>>;

const hosts = ['registry.terraform.io', 'registry.opentofu.org'];

/**
 * Where Terraform would look for providers that are already on this machine: mirrors that its configuration names, else the
 * usual folders, and its cache. Before these the folders of WATARI_PLUGIN_DIRS and WATARI_AWS_PLUGIN_DIR.
 */
export function mirrorsOf(env: Environment, cwd: string): readonly Mirror[] {
  const own = [...(env['WATARI_PLUGIN_DIRS'] ?? '').split(delimiter), env['WATARI_AWS_PLUGIN_DIR'] ?? ''];
  const { mirrors, cache } = readCliConfiguration(env);
  const usual = mirrors ?? usualFolders(env).map((folder) => ({ folder }));
  const caches = [env['TF_PLUGIN_CACHE_DIR'] ?? '', cache ?? ''];
  const named = (folders: readonly string[]): Mirror[] => folders.filter(Boolean).map((folder) => ({ folder }));
  return [...named(own), ...usual, ...named(caches)].map((one) => ({ ...one, folder: resolve(cwd, one.folder) }));
}

/** https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function usualFolders(env: Environment): string[] {
  const home = env['HOME'] ?? '';
  const data = [env['XDG_DATA_HOME'] ?? join(home, '.local', 'share')];
  const shared = (env['XDG_DATA_DIRS'] ?? '/usr/local/share:/usr/share').split(':').filter(Boolean);
  return [
    join('terraform.d', 'plugins'),
    join(home, '.terraform.d', 'plugins'),
    ...(process.platform === 'darwin'
      ? [join(home, 'Library', 'Application Support', 'io.hashicorp.terraform', 'plugins')]
      : []),
    ...[...data, ...shared].map((folder) => join(folder, 'terraform', 'plugins')),
  ];
}

/** A provider's program in a mirror. */
export interface Program {
  readonly version: string;
  readonly binary: string;
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };
const platform = `${process.platform}_${architectures[process.arch] ?? process.arch}`;

/** The unpacked programs of a provider in all mirrors, the first mirror first. @param address without host */
export function programsOf(address: string, mirrors: readonly Mirror[]): Program[] {
  const name = address.toLowerCase();
  return mirrors.flatMap((mirror) =>
    hosts
      .filter((host) => isServed(`${host}/${name}`, mirror))
      .flatMap((host) => [...new Set([name, address])].map((path) => join(mirror.folder, host, path)))
      .flatMap((folder) => listed(folder).flatMap((version) => programIn(join(folder, version, platform), version))),
  );
}

function programIn(folder: string, version: string): Program[] {
  const program = listed(folder).find((file) => file.startsWith('terraform-provider-'));
  return program === undefined ? [] : [{ version, binary: join(folder, program) }];
}

function listed(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink() || entry.name.startsWith('terraform-provider-'))
    .map(({ name }) => name)
    .sort();
}

function isServed(address: string, { include, exclude = [] }: Mirror): boolean {
  const fits = (pattern: string): boolean => matches(pattern.toLowerCase(), address);
  return (include ?? ['*/*/*']).some(fits) && !exclude.some(fits);
}

/** `hashicorp/*` is of the usual registry. */
function matches(pattern: string, address: string): boolean {
  const parts = pattern.split('/');
  const whole = parts.length === 3 ? parts : [hosts[0] ?? '', ...parts];
  return address.split('/').every((part, at) => whole[at] === '*' || whole[at] === part);
}
