import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter, Provider } from '../../constructs/contract/adapter';

/** The next step of somebody who adds a provider: what is missing, where, and how to mend it. */
export interface Gap {
  readonly missing: string;
  readonly where: string;
  readonly mend: string;
}

/** What is looked at: a checkout, and the folder's module once it can be loaded. */
export interface Candidate {
  readonly root: string;
  readonly name: string;
  /** The exports of the folder's `index.ts`. Throws what loading it throws. */
  load(): Readonly<Record<string, unknown>>;
}

type Step = (candidate: Candidate) => Gap | undefined;

/** Folders below constructs/providers, and names in the registry: whatever wants to be a provider. */
export function candidateNames(root: string): string[] {
  const folders = readdirSync(providersOf(root), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...new Set([...folders.map(({ name }) => name), ...registered(root)])].sort();
}

const providersOf = (root: string): string => join(root, 'constructs', 'providers');
const folderOf = ({ name }: Candidate): string => `constructs/providers/${name}`;
const exists = ({ root }: Candidate, path: string): boolean => existsSync(join(root, path));

function registered(root: string): string[] {
  const text = readFileSync(join(providersOf(root), 'registry.ts'), 'utf8');
  const [, names = ''] = /registry = \{([^}]*)\}/.exec(text) ?? [];
  return names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/** The first thing that is missing until a folder is an enrolled provider; undefined: nothing. */
export function nextStep(candidate: Candidate): Gap | undefined {
  for (const step of steps) {
    const gap = step(candidate);
    if (gap) return gap;
  }
  return undefined;
}

/** One after the other, as they are done; the later ones look at what the former ones ask for. */
const steps: readonly Step[] = [
  hasFolder,
  hasIndex,
  isRegistered,
  loads,
  isExported,
  hasItsName,
  hasSchemas,
  hasProfiles,
  hasMembers,
  hasFacts,
  hasExamples,
  hasSchemaFacts,
  hasSimulations,
  hasReadme,
];

function hasFolder(candidate: Candidate): Gap | undefined {
  if (exists(candidate, folderOf(candidate))) return undefined;
  return {
    missing: `the registry names "${candidate.name}", and there is no such folder`,
    where: `${folderOf(candidate)}/`,
    mend: 'Make the folder; it is called as the key in the registry. What it holds is described in docs/contract.md.',
  };
}

function hasIndex(candidate: Candidate): Gap | undefined {
  const path = `${folderOf(candidate)}/index.ts`;
  if (exists(candidate, path)) return undefined;
  return {
    missing: 'the folder has no index.ts',
    where: path,
    mend: `Write one that exports \`export const ${candidate.name} = { ... } satisfies Provider\` (constructs/contract/adapter.ts).`,
  };
}

function isRegistered(candidate: Candidate): Gap | undefined {
  if (registered(candidate.root).includes(candidate.name)) return undefined;
  const { name } = candidate;
  return {
    missing: `the registry does not know "${name}"`,
    where: 'constructs/providers/registry.ts',
    mend: `Add \`import { ${name} } from './${name}';\` and \`${name}\` to the registry. The key is the folder's name.`,
  };
}

function loads(candidate: Candidate): Gap | undefined {
  try {
    candidate.load();
    return undefined;
  } catch (error) {
    return {
      missing: `the module cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
      where: `${folderOf(candidate)}/index.ts`,
      mend: 'Mend the import. Bindings come from .gen/providers (npm run typecheck makes them from schema/) or from @cdktf.',
    };
  }
}

const providerOf = (candidate: Candidate): Provider => candidate.load()[candidate.name] as Provider;

function isExported(candidate: Candidate): Gap | undefined {
  if (providerOf(candidate)) return undefined;
  return {
    missing: `the module does not export "${candidate.name}"`,
    where: `${folderOf(candidate)}/index.ts`,
    mend: `Export \`${candidate.name}\`, an object that satisfies \`Provider\` (constructs/contract/adapter.ts).`,
  };
}

function hasItsName(candidate: Candidate): Gap | undefined {
  const { name } = providerOf(candidate);
  if (name === candidate.name) return undefined;
  return {
    missing: `its name is ${JSON.stringify(name)}, and the folder's is "${candidate.name}"`,
    where: `${folderOf(candidate)}/index.ts, name`,
    mend: `Write \`name: '${candidate.name}'\`: registry key, folder and name are one word, and are never changed.`,
  };
}

function hasSchemas(candidate: Candidate): Gap | undefined {
  const provider = providerOf(candidate);
  const missing = (['settings', 'circuitEnd'] as const).find((key) => provider[key]?.type !== 'object');
  if (!missing) return undefined;
  return {
    missing: `"${missing}" is no object schema`,
    where: `${folderOf(candidate)}/settings.ts`,
    mend: 'Write a closed typebox object, `Type.Object({...}, { additionalProperties: false })`, each field with a description.',
  };
}

function hasProfiles(candidate: Candidate): Gap | undefined {
  if (Object.keys(providerOf(candidate).profiles ?? {}).length > 0) return undefined;
  return {
    missing: 'it has no profile',
    where: `${folderOf(candidate)}/index.ts, profiles`,
    mend: 'Add `profiles: { standard }`, where `standard` satisfies `Adapter`. Several profiles share one folder where a provider comes in kinds.',
  };
}

const coreMembers: readonly (keyof Adapter)[] = [
  'check',
  'configure',
  'network',
  'networkHandles',
  'machines',
  'machineHandles',
  'machineType',
  'machineTypes',
  'balancer',
  'link',
];

function hasMembers(candidate: Candidate): Gap | undefined {
  for (const [profile, adapter] of Object.entries(providerOf(candidate).profiles)) {
    const absent = coreMembers.filter((member) => typeof adapter[member] !== 'function');
    if (typeof adapter.image?.name !== 'function' || typeof adapter.image.packerSource !== 'function')
      absent.push('image');
    if (absent.length > 0)
      return {
        missing: `profile "${profile}" lacks ${absent.join(', ')}`,
        where: `${folderOf(candidate)}/index.ts, profiles.${profile}`,
        mend: 'Write one file for each (network.ts, machines.ts ...). The signatures, with what each must do, are in constructs/contract/adapter.ts.',
      };
  }
  return undefined;
}

const factNames = [
  'limits',
  'addressSettings',
  'reservedBlocks',
  'healthCheckSources',
  'identity',
  'antiAffinity',
  'zones',
  'balancer',
  'hub',
  'egress',
  'paths',
  'vpn',
  'detectionMs',
  'prerequisites',
] as const;

function hasFacts(candidate: Candidate): Gap | undefined {
  for (const [profile, { facts }] of Object.entries(providerOf(candidate).profiles)) {
    const absent = factNames.filter((name) => facts?.[name] === undefined);
    if (absent.length > 0)
      return {
        missing: `the facts of profile "${profile}" lack ${absent.join(', ')}`,
        where: `${folderOf(candidate)}/facts.ts`,
        mend: 'Add them as data, each number with its source and the date on which it was read (constructs/contract/facts.ts).',
      };
  }
  return undefined;
}

function hasExamples(candidate: Candidate): Gap | undefined {
  const provider = providerOf(candidate);
  const absent = Object.keys(provider.profiles).find((profile) => !provider.examples?.[profile]);
  if (absent === undefined) return undefined;
  return {
    missing: `profile "${absent}" has no example`,
    where: `${folderOf(candidate)}/example.ts`,
    mend: `Add \`examples: { ${absent}: { settings: {...} } }\`: one site as a topology would hold it (SiteExample in constructs/contract/adapter.ts).`,
  };
}

function hasSchemaFacts(candidate: Candidate): Gap | undefined {
  const folder = `${folderOf(candidate)}/schema`;
  const files = exists(candidate, folder) ? readdirSync(join(candidate.root, folder)) : [];
  const used = files.includes('used.json');
  if (used && files.some((file) => /^[a-z0-9-]+@.+\.json$/.test(file))) return undefined;
  return {
    missing: used ? 'the schema facts of its Terraform providers' : 'the list of resource types that it uses',
    where: used ? `${folder}/<provider>@<version>.json` : `${folder}/used.json`,
    mend: used
      ? 'Run `npm run facts`, which asks the provider itself.'
      : 'List `{ "<provider>@<version>": { "resources": [...], "dataSources": [...] } }`.',
  };
}

function hasSimulations(candidate: Candidate): Gap | undefined {
  const { simulations } = providerOf(candidate);
  if (Array.isArray(simulations) && simulations.length > 0) return undefined;
  return {
    missing: 'it has no simulation',
    where: `${folderOf(candidate)}/simulation/`,
    mend: 'Add `simulations: [...]`, one for each Terraform provider: ids, references, conflicts, quotas, prerequisites (constructs/contract/simulation.ts).',
  };
}

/** What a reader looks for in an adapter's README. */
const readmeParts: readonly [what: string, pattern: RegExp][] = [
  ['its limits', /limit|cannot|does not/i],
  ['its sources', /source|https?:\/\//i],
  ['the date on which they were checked', /\b20\d\d-\d\d-\d\d\b/],
];

function hasReadme(candidate: Candidate): Gap | undefined {
  const path = `${folderOf(candidate)}/README.md`;
  const text = exists(candidate, path) ? readFileSync(join(candidate.root, path), 'utf8') : '';
  const absent = readmeParts.filter(([, pattern]) => !pattern.test(text)).map(([what]) => what);
  if (absent.length === 0) return undefined;
  return {
    missing: text === '' ? 'the folder has no README.md' : `the README does not say ${absent.join(', ')}`,
    where: path,
    mend: 'Say what the adapter makes, its limits, its sources (addresses of pages) and when they were checked (2026-11-20).',
  };
}
