import type { Provider } from '../../constructs/contract/adapter';
import type { ImageReference } from '../../constructs/contract/image';
import type { SimulatedSeed } from '../../constructs/contract/simulation';
import type { Site } from '../../constructs/contract/site';
import { registry } from '../../constructs/providers/registry';
import type { Platform } from '../../stacks/platform/platform';
import { listFacts } from '../facts/store';
import { seedsOf } from '../sandbox/adopted';
import type { Cloud } from '../sandbox/cloud';
import { listObjects } from '../sandbox/control';
import { hasMachine } from '../sandbox/machines';
import type { SandboxPlace } from '../sandbox/place';
import type { RealProvider } from '../sandbox/real/providers';
import { prepareInSandbox } from '../sandbox/run';
import { type Sandbox, startSandbox } from '../sandbox/server';
import type { Target, Workspace } from './workspace';

/** The state is always a local one. */
export type SandboxWorkspace = Workspace & { readonly state: string };

/** Terraform against the simulated cloud: local states, made-up values for every variable that a real run must supply. */
export function sandboxTarget(
  root: string,
  place: SandboxPlace,
  env: Readonly<Record<string, string>>,
  platform: Platform,
  realProviders: readonly RealProvider[] = [],
): Target {
  const simulations = Object.values(registry).flatMap((provider) => [...provider.simulations]);
  const facts = listFacts(root).map(({ path }) => path);
  const sandbox = startSandbox({
    cloudFile: place.cloudFile,
    simulations,
    facts,
    seeds: seedsOf(platform),
    realProviders,
  });
  return {
    prepare: (_stack, synthesised) => workspaceIn(sandbox, synthesised, { home: place.home, env }),
    // A simulated machine serves as soon as it exists with its address.
    probe: ({ address }) => Promise.resolve(hasMachine(sandbox.cloud, simulations, address)),
    missingImages: (site, images) =>
      Promise.resolve(images.filter((image) => !imageSeeds(site, image).every((seed) => isThere(sandbox.cloud, seed)))),
    close: () => sandbox.close(),
  };
}

/** Where a synthesised stack is worked on against the simulated cloud. */
export async function workspaceIn(
  sandbox: Sandbox,
  synthesised: string,
  { home, env }: { readonly home: string; readonly env: Readonly<Record<string, string>> },
): Promise<SandboxWorkspace> {
  const prepared = await prepareInSandbox(sandbox, synthesised, { home, env });
  return { folder: prepared.cwd, env: merged(env, prepared.env), state: prepared.state };
}

/** What stands for an image in the simulated cloud of a site. */
function imageSeeds(site: Site, image: ImageReference): readonly SimulatedSeed[] {
  const providers: Readonly<Record<string, Provider>> = registry;
  const seeds = providers[site.provider]?.seeds(site, [image]) ?? [];
  return seeds.filter(({ prerequisites = [] }) => prerequisites.includes('images'));
}

const isThere = (cloud: Cloud, { type, id }: SimulatedSeed): boolean =>
  listObjects(cloud, { type, origins: ['seed'] }).some((object) => object.id === id);

/** Null takes a variable away. */
function merged(
  env: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const all = { ...env, ...changes };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
}
