import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { hash } from './stable';
import { mendState } from './state-file';
import { stateName } from './state-key';
import type { WantedProviders } from './server';

/** Where a stack is worked on in the sandbox. */
export interface StackFolder {
  /** The stack: objects remember it as their owner. */
  readonly name: string;
  /** Run Terraform here: it has links to all of the stack's files, and an override that keeps its state local. */
  readonly folder: string;
  readonly state: string;
  readonly providers: WantedProviders | undefined;
  /** Variables without a default. */
  readonly variables: Readonly<Record<string, unknown>>;
}

const OVERRIDE = 'watari_sandbox_override.tf.json';
/** What a run leaves beside a stack; the sandbox has its own. */
const LEFTOVERS =
  /^(\.terraform|\.terraform\.lock\.hcl|.*\.tfstate(\..*)?|plan|crash\.log|watari_sandbox_override\.tf\.json)$/;

interface Configuration {
  readonly terraform?: {
    readonly backend?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly required_providers?: Readonly<Record<string, { readonly source?: string; readonly version?: string }>>;
  };
  readonly data?: { readonly terraform_remote_state?: Readonly<Record<string, RemoteState>> };
  readonly variable?: Readonly<Record<string, { readonly type?: unknown; readonly default?: unknown }>>;
}

interface RemoteState {
  readonly backend?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Whether there is anything for Terraform in a folder. */
export function isStack(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => /\.tf(\.json)?$/.test(name));
}

/**
 * Makes the folder in which a stack is worked on, or brings it up to date. Nothing is written beside the stack: what was synthesised for
 * real use stays what it was, also when the run is killed. Backends and remote states are read from the stack's JSON files.
 * @param home where work folders and states are kept
 */
export function prepareStack(source: string, home: string): StackFolder {
  const configuration = readConfiguration(source);
  const name = nameOf(source);
  const folder = join(home, 'work', name);
  const states = join(home, 'states');
  mkdirSync(folder, { recursive: true });
  mkdirSync(states, { recursive: true });
  link(source, folder);
  const state = join(states, ownState(configuration, source));
  mendState(state);
  writeIfChanged(join(folder, OVERRIDE), override(configuration, { source, state, states }));
  return { name, folder, state, providers: providersOf(configuration), variables: missingVariables(configuration) };
}

/** Stacks that cdktf wrote have unique names; any other folder is told apart by its path. */
function nameOf(source: string): string {
  const name = basename(resolve(source));
  return basename(dirname(resolve(source))) === 'stacks' ? name : `${name}-${hash(resolve(source)).slice(0, 8)}`;
}

function readConfiguration(folder: string): readonly Configuration[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.tf.json'))
    .sort();
  return files.map((name) => readJson(join(folder, name)));
}

function readJson(file: string): Configuration {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Configuration;
  } catch (error) {
    throw new Error(`${file} is not JSON: synthesise again`, { cause: error });
  }
}

/** A Terraform that is at work on the same stack never sees half a file. */
function writeIfChanged(file: string, content: object): void {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function link(source: string, folder: string): void {
  const wanted = new Set(readdirSync(source).filter((name) => !LEFTOVERS.test(name)));
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!lstatSync(path).isSymbolicLink()) continue;
    if (wanted.has(name) && readlinkSync(path) === resolve(source, name)) wanted.delete(name);
    else rmSync(path, { force: true });
  }
  for (const name of wanted) linkOnce(resolve(source, name), join(folder, name));
}

/** Another call for the same stack may have made the link meanwhile. */
function linkOnce(target: string, path: string): void {
  try {
    symlinkSync(target, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function ownState(all: readonly Configuration[], source: string): string {
  const backends = all.flatMap(({ terraform }) => Object.entries(terraform?.backend ?? {}));
  const [type, configuration] = backends[0] ?? ['local', {}];
  return stateName(type, configuration, source);
}

interface Places {
  readonly source: string;
  readonly state: string;
  readonly states: string;
}

function override(all: readonly Configuration[], { source, state, states }: Places): object {
  const remote = all.flatMap(({ data }) => Object.entries(data?.terraform_remote_state ?? {}));
  const redirected = remote.map(([name, { backend = 'local', config = {} }]) => {
    const path = join(states, stateName(backend, config, source));
    return [name, { backend: 'local', config: { path } }] as const;
  });
  const data = redirected.length ? { data: { terraform_remote_state: Object.fromEntries(redirected) } } : {};
  return { terraform: { backend: { local: { path: state } } }, ...data };
}

/** Without host; a source of one word is HashiCorp's (`aws`). */
function addressOf(source: string): string {
  const parts = source.toLowerCase().split('/');
  return parts.length === 1 ? `hashicorp/${source.toLowerCase()}` : parts.slice(-2).join('/');
}

/** Undefined when the stack does not say, or says it in files that are not JSON: then every provider is served. */
function providersOf(all: readonly Configuration[]): WantedProviders | undefined {
  const named = all.flatMap(({ terraform }) => Object.values(terraform?.required_providers ?? {}));
  if (named.length === 0) return undefined;
  const entries = named.map(({ source = '', version }) => [addressOf(source), version]);
  return Object.fromEntries(entries) as WantedProviders;
}

function missingVariables(all: readonly Configuration[]): Readonly<Record<string, unknown>> {
  const variables = all.flatMap(({ variable }) => Object.entries(variable ?? {}));
  const missing = variables.filter(([, declaration]) => declaration.default === undefined);
  return Object.fromEntries(missing.map(([name, { type }]) => [name, type ?? 'string']));
}
