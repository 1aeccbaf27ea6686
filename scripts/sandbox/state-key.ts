import { resolve } from 'node:path';
import { hash } from './stable';
import { canonical, fromJson } from './values';

/** What tells a backend's states apart; of any other backend the whole configuration does. */
const IDENTIFYING: Readonly<Record<string, readonly string[]>> = {
  gcs: ['bucket', 'prefix'],
  s3: ['bucket', 'key', 'endpoint'],
  http: ['address'],
  azurerm: ['storage_account_name', 'container_name', 'key'],
  consul: ['address', 'path'],
  pg: ['conn_str', 'schema_name'],
  local: ['path'],
};

type Configuration = Readonly<Record<string, unknown>>;

/**
 * The name of the local state that stands for a backend's state: the same for the stack that writes it and for those that read it.
 * @param folder of the stack; paths of the `local` backend count from there
 */
export function stateName(backend: string, configuration: Configuration, folder: string): string {
  const names = IDENTIFYING[backend] ?? Object.keys(configuration).sort();
  const parts = names.map((name) => [name, configuration[name] ?? null] as const);
  const absolute =
    backend === 'local'
      ? parts.map(([name, path]) => [name, resolve(folder, String(path ?? 'terraform.tfstate'))] as const)
      : parts;
  const words = absolute.map(([, value]) => (typeof value === 'string' ? value : '')).join('-');
  const readable = words
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(-60);
  return `${readable}-${hash(backend, canonical(fromJson(Object.fromEntries(absolute)))).slice(0, 8)}.tfstate`;
}
