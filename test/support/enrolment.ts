import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter, Provider } from '../../constructs/contract/adapter';
import { declarationsOf } from './declarations';

/** The next step of somebody who adds a provider: what is missing, where, and how to mend it. */
export interface Gap {
  readonly missing: string;
  /** File to open, and the place in it. */
  readonly where: string;
  readonly mend: string;
  /** What is missing as the contract declares it. */
  readonly declared?: readonly string[];
  /** Page and section. */
  readonly documented: string;
}

/** A gap in sentences, for whoever reads a failed test. */
export function describeGap({ missing, where, mend, declared = [], documented }: Gap): string {
  const declarations = declared.length > 0 ? ['The contract declares:', ...declared.map((line) => `  ${line}`)] : [];
  return [`${where}: ${missing}.`, mend, ...declarations, `It is described in ${documented}.`].join('\n');
}

/** A failed test that says this and nothing of its own code. */
export function withoutTrace(text: string): Error {
  const error = new Error(text);
  error.stack = text;
  return error;
}

const firstSteps = 'Run `npx jest test/conformance/registration` first: it says what is missing, one step at a time.';

/**
 * A provider of the registry that the suite can build on. Types say that it is whole; nothing checks them before a test runs.
 * @throws Error that names the folder and what to run
 */
export function finishedProvider(name: string, provider: Partial<Provider> | undefined): Provider {
  const profiles = Object.entries(provider?.profiles ?? {});
  const whole = profiles.length > 0 && profiles.every(([profile, { facts }]) => facts && provider?.examples?.[profile]);
  if (whole) return provider as Provider;
  throw withoutTrace(`constructs/providers/${name} is registered and not finished. ${firstSteps}`);
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
  hasSeeds,
  hasPricing,
  isReviewed,
  hasReadme,
];

function hasFolder(candidate: Candidate): Gap | undefined {
  if (exists(candidate, folderOf(candidate))) return undefined;
  return {
    missing: `the registry names "${candidate.name}", and there is no such folder`,
    where: `${folderOf(candidate)}/`,
    mend: 'Make the folder; it is called as the key in the registry.',
    documented: 'docs/adapters.md, "Follow the errors"',
  };
}

const providerParts = ['name', 'settings', 'circuitEnd', 'profiles', 'examples', 'simulations'];

function hasIndex(candidate: Candidate): Gap | undefined {
  const path = `${folderOf(candidate)}/index.ts`;
  if (exists(candidate, path)) return undefined;
  return {
    missing: 'the folder has no index.ts',
    where: path,
    mend: `Write \`export const ${candidate.name} = { ... } satisfies Provider;\` with \`import type { Provider } from '../../contract/adapter';\`.`,
    declared: declarationsOf('constructs/contract/adapter.ts', 'Provider', providerParts),
    documented: 'docs/adapters.md, "The folder"',
  };
}

function isRegistered(candidate: Candidate): Gap | undefined {
  if (registered(candidate.root).includes(candidate.name)) return undefined;
  const { name } = candidate;
  return {
    missing: `the registry does not know "${name}"`,
    where: 'constructs/providers/registry.ts',
    mend: `Add \`import { ${name} } from './${name}';\` and \`${name}\` to the registry. The key is the folder's name.`,
    documented: 'docs/adapters.md, "Follow the errors"',
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
      documented: 'docs/adapters.md, "Bindings and schema facts"',
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
    declared: declarationsOf('constructs/contract/adapter.ts', 'Provider', providerParts),
    documented: 'docs/adapters.md, "The folder"',
  };
}

function hasItsName(candidate: Candidate): Gap | undefined {
  const { name } = providerOf(candidate);
  if (name === candidate.name) return undefined;
  return {
    missing: `its name is ${JSON.stringify(name)}, and the folder's is "${candidate.name}"`,
    where: `${folderOf(candidate)}/index.ts, name`,
    mend: `Write \`name: '${candidate.name}'\`: registry key, folder and name are one word, and are never changed.`,
    documented: 'docs/adapters.md, "The folder"',
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
    documented: 'docs/adapters.md, "The folder"',
  };
}

function hasProfiles(candidate: Candidate): Gap | undefined {
  if (Object.keys(providerOf(candidate).profiles ?? {}).length > 0) return undefined;
  return {
    missing: 'it has no profile',
    where: `${folderOf(candidate)}/index.ts, profiles`,
    mend: 'Add `profiles: { standard }`, where `standard` satisfies `Adapter`. Several profiles share one folder where a provider comes in kinds.',
    documented: 'docs/adapters.md, "Members"',
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
        mend: 'Write one file for each (network.ts, machines.ts ...). What each must do is said in constructs/contract/adapter.ts.',
        declared: declarationsOf('constructs/contract/adapter.ts', 'Adapter', absent),
        documented: 'docs/adapters.md, "Members"',
      };
  }
  return undefined;
}

const factPaths = [
  'limits.userDataBytes',
  'limits.nameLength',
  'addressSettings',
  'reservedBlocks',
  'healthCheckSources',
  'identity',
  'antiAffinity',
  'zones',
  'balancer.modes',
  'balancer.healthChecks',
  'balancer.publicAddresses',
  'hub.kind',
  'hub.transit',
  'egress',
  'paths',
  'vpn.tunnelsPerPeerAddress',
  'vpn.outsideAddresses',
  'detectionMs',
  'prerequisites',
] as const;

function hasFacts(candidate: Candidate): Gap | undefined {
  for (const [profile, { facts }] of Object.entries(providerOf(candidate).profiles)) {
    const absent = factPaths.filter((path) => valueAt(facts, path) === undefined);
    if (absent.length > 0)
      return {
        missing: `the facts of profile "${profile}" lack ${absent.join(', ')}`,
        where: `${folderOf(candidate)}/facts.ts`,
        mend: 'Add them as data, each number with its source and the date on which it was read (constructs/contract/facts.ts).',
        declared: declarationsOf('constructs/contract/facts.ts', 'AdapterFacts', absent.map(firstStep)),
        documented: 'docs/adapters.md, "Facts"',
      };
  }
  return undefined;
}

const firstStep = (path: string): string => path.split('.')[0] ?? path;
const valueAt = (root: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], root);

const exampleParts = ['settings', 'adoptedNetwork', 'publicBlock', 'circuits', 'segment', 'dns', 'stateStore'];

function hasExamples(candidate: Candidate): Gap | undefined {
  const provider = providerOf(candidate);
  const absent = Object.keys(provider.profiles).find((profile) => !provider.examples?.[profile]);
  if (absent === undefined) return undefined;
  return {
    missing: `profile "${absent}" has no example`,
    where: `${folderOf(candidate)}/example.ts`,
    mend: `Add \`examples: { ${absent}: { settings: {...} } }\`: one site as a topology would hold it, on which the suite builds. For each of the roles origin, edge, balancer and gateway it has machines of 4 virtual CPUs, 8 GiB and 2 Gbit/s.`,
    declared: declarationsOf('constructs/contract/adapter.ts', 'SiteExample', exampleParts),
    documented: 'docs/contract.md, "Adding a provider"',
  };
}

function hasSchemaFacts(candidate: Candidate): Gap | undefined {
  const folder = `${folderOf(candidate)}/schema`;
  const files = exists(candidate, folder) ? readdirSync(join(candidate.root, folder)) : [];
  const used = files.includes('used.json');
  if (used && files.some((file) => /^[a-z0-9-]+@.+\.json$/.test(file))) return undefined;
  return {
    missing: used
      ? 'there are no schema facts of the providers in used.json'
      : 'there is no list of the resource types that it uses',
    where: used ? `${folder}/<provider>@<version>.json` : `${folder}/used.json`,
    mend: used
      ? 'Name the provider with its source in scripts/facts/providers.json, then run `npm run facts`, which asks the provider itself.'
      : 'Write `{ "<provider>@<version>": { "resources": [...], "dataSources": [...] } }`, the version in full.',
    documented: 'docs/adapters.md, "Bindings and schema facts"',
  };
}

function hasSimulations(candidate: Candidate): Gap | undefined {
  const { simulations = [] } = providerOf(candidate);
  const parts = ['provider', 'resources'] as const;
  const broken = simulations.findIndex((simulation) => parts.some((part) => simulation[part] === undefined));
  if (simulations.length > 0 && broken < 0) return undefined;
  const absent = parts.filter((part) => simulations[broken]?.[part] === undefined);
  return {
    missing: broken < 0 ? 'it has no simulation' : `simulation ${broken} lacks ${absent.join(', ')}`,
    where: `${folderOf(candidate)}/simulation/`,
    mend: 'Add `simulations: [...]`, one for each Terraform provider: ids, references, conflicts, quotas, prerequisites (constructs/contract/simulation.ts).',
    declared: declarationsOf('constructs/contract/simulation.ts', 'ProviderSimulation', absent),
    documented: 'docs/adapters.md, "Simulation"',
  };
}

function hasSeeds(candidate: Candidate): Gap | undefined {
  if (typeof providerOf(candidate).seeds === 'function') return undefined;
  return {
    missing: 'it does not tell what is there before anybody deploys',
    where: `${folderOf(candidate)}/index.ts, seeds`,
    mend: 'Add `seeds(site, images)`: an object of the simulated cloud for each image, with `imagePrerequisites(image)`, so that look-ups find it.',
    declared: declarationsOf('constructs/contract/adapter.ts', 'Provider', ['seeds']),
    documented: 'docs/adapters.md, "Simulation"',
  };
}

function hasPricing(candidate: Candidate): Gap | undefined {
  const { pricing, profiles } = providerOf(candidate);
  const parts = ['sheet', 'billed', 'place', 'rules'] as const;
  const absent = parts.filter((part) => pricing?.[part] === undefined);
  const unbilled = Object.keys(profiles).find((profile) => !pricing?.rules?.[profile]);
  if (absent.length === 0 && unbilled === undefined) return undefined;
  return {
    missing:
      absent.length > 0 ? `its pricing lacks ${absent.join(', ')}` : `nobody says how profile "${unbilled}" is billed`,
    where: `${folderOf(candidate)}/billing.ts`,
    mend: 'Add `pricing`: the sheet `prices.json`, in which a price has a source or is unknown, and for each profile a rule for each resource type, `free` where it costs nothing by itself.',
    declared: declarationsOf('constructs/contract/pricing.ts', 'ProviderPricing', absent),
    documented: 'docs/adapters.md, "Prices"',
  };
}

function isReviewed(candidate: Candidate): Gap | undefined {
  if (providerOf(candidate).reviewed !== undefined) return undefined;
  return {
    missing: 'reviewers are told nothing of its resource types',
    where: `${folderOf(candidate)}/reviewed.ts`,
    mend: 'Add `reviewed`: for each resource type what it is to those who use the platform, whether it holds data, who comes in by it, what protects it.',
    declared: declarationsOf('constructs/contract/review.ts', 'ReviewedType', [
      'kind',
      'stateful',
      'protections',
      'opens',
      'grants',
    ]),
    documented: 'docs/adapters.md, "Reviews"',
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
    documented: 'docs/adapters.md, "The folder"',
  };
}
