import { App, LocalBackend, TerraformStack } from 'cdktf';
import type { Provider, StateStoreMember } from '../constructs/contract/adapter';
import { ProblemsError } from '../constructs/contract/problem';
import { sortedEntries } from '../constructs/util/group';
import type { Platform } from './platform/platform';
import type { StoreInput } from './topology/schema';

type Providers = Readonly<Record<string, Provider>>;

/** A state store that the topology owns, and the stack that makes it. */
export interface StorePlan {
  readonly store: string;
  /** `store-osaka`. */
  readonly stack: string;
  readonly description: string;
}

/** Stores that do not exist before Watari: `adopted: false`. */
export function ownedStores(platform: Platform): StorePlan[] {
  return sortedEntries(platform.topology.stores).flatMap(([store, { adopted, kind, bucket = '' }]) =>
    adopted ? [] : [{ store, stack: `store-${store}`, description: `${kind} bucket ${bucket}` }],
  );
}

/**
 * Writes one stack for each owned store. Their own state is local: nothing else exists yet that could hold it.
 * @param stateFile path of a stack's state
 * @throws ProblemsError for a store that no adapter can make
 */
export function writeStores(
  platform: Platform,
  providers: Providers,
  outdir: string,
  stateFile: (stack: string) => string,
): StorePlan[] {
  const app = new App({ outdir, context: { excludeStackIdFromLogicalIds: 'true' } });
  const plans = ownedStores(platform);
  for (const plan of plans) {
    const stack = new TerraformStack(app, plan.stack);
    new LocalBackend(stack, { path: stateFile(plan.stack) });
    buildStore(platform, providers, plan.store, stack);
  }
  app.synth();
  return plans;
}

function buildStore(platform: Platform, providers: Providers, name: string, stack: TerraformStack): void {
  const { topology } = platform;
  const store = topology.stores[name] as StoreInput;
  const member = memberFor(providers, name, store);
  const settings = settingsOf(name, store);
  const labels = { platform: topology.name, owner: topology.owner, cost: topology.cost };
  member.configure(stack, settings);
  member.bucket(stack, 'states', { name: store.bucket ?? '', settings, labels });
}

function memberFor(providers: Providers, name: string, store: StoreInput): StateStoreMember {
  const adapters = Object.values(providers).flatMap(({ profiles }) => Object.values(profiles));
  const found = adapters.find(({ stateStore }) => stateStore?.kind === store.kind)?.stateStore;
  if (found) return found;
  const fix = 'Make it yourself and write adopted: true, or use a store of kind gcs or s3.';
  throw new ProblemsError([
    { path: `stores.${name}.adopted`, message: `no provider here makes stores of kind ${store.kind}`, fix },
  ]);
}

/** What the adapter's own schema asks for, from the fields of the store. */
function settingsOf(name: string, store: StoreInput): unknown {
  if (store.kind === 's3') return { region: store.region };
  const missing = (['project', 'region'] as const).filter((field) => store[field] === undefined);
  if (missing.length === 0) return { project: store.project, location: store.region };
  throw new ProblemsError(
    missing.map((field) => ({
      path: `stores.${name}`,
      message: `a gcs store that is to be made needs "${field}"`,
      fix: `Add "${field}", or write adopted: true when the bucket exists.`,
    })),
  );
}
