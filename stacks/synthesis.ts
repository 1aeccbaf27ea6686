import { GcsBackend, HttpBackend, S3Backend, TerraformOutput, type TerraformStack } from 'cdktf';
import type { StackSpec } from '../constructs/contract/stack';
import { groupBy } from '../constructs/util/group';
import { type StackPlan, writeApp } from './app';
import type { Platform } from './platform/platform';
import { handleReader } from './remote-handles';
import type { StoreInput } from './topology/schema';

/** Turns planned stacks into what Terraform reads, through cdktf's own App and stacks. */
export function writeStacks(platform: Platform, specs: readonly StackSpec[], outdir: string): void {
  writeApp(outdir, stackPlans(platform, specs));
}

/** What cdktf is to make of each stack. */
export function stackPlans(platform: Platform, specs: readonly StackSpec[]): StackPlan[] {
  return specs.map((spec) => ({
    id: spec.id,
    // cdktf knows one kind of order only.
    dependsOn: [...spec.dependsOn, ...spec.after],
    fill: (stack) => fillStack(platform, specs, spec, stack),
  }));
}

/** One stack's content, in a stack that may stand alone (tests). */
export function fillStack(
  platform: Platform,
  specs: readonly StackSpec[],
  spec: StackSpec,
  stack: TerraformStack,
): void {
  addBackend(stack, storeOf(platform, spec.store), stateKey(platform, spec.id));
  const byId = groupBy(specs, ({ id }) => id);
  const read = handleReader(stack, (id) => {
    const target = byId.get(id)?.[0];
    if (!target || !spec.dependsOn.includes(id))
      throw new Error(`stack ${spec.id} reads ${id} without depending on it`);
    return { keys: target.handleKeys, store: storeOf(platform, target.store), stateKey: stateKey(platform, id) };
  });
  const handles = spec.build(stack, read);
  exportHandles(spec, stack, handles);
}

/** Exactly the planned keys, whether or not anybody reads them. */
function exportHandles(spec: StackSpec, stack: TerraformStack, handles: Readonly<Record<string, string>>): void {
  const missing = spec.handleKeys.filter((key) => handles[key] === undefined);
  const extra = Object.keys(handles).filter((key) => !spec.handleKeys.includes(key));
  if (missing.length + extra.length > 0)
    throw new Error(`stack ${spec.id}: handles missing [${missing.join(', ')}], not planned [${extra.join(', ')}]`);
  const value = Object.fromEntries([...spec.handleKeys].sort().map((key) => [key, handles[key] as string]));
  new TerraformOutput(stack, 'handles', { value, staticId: true });
}

function storeOf(platform: Platform, store: string): StoreInput {
  const found = platform.topology.stores[store];
  if (!found) throw new Error(`no store ${store}: checkTopology lets no such reference through`);
  return found;
}

const stateKey = (platform: Platform, stack: string): string => `${platform.topology.name}/${stack}`;

/** Locking is always on: GCS locks by itself, S3 by a lock file (Terraform and OpenTofu 1.10), HTTP by its lock address. */
function addBackend(stack: TerraformStack, store: StoreInput, key: string): void {
  if (store.kind === 'gcs') new GcsBackend(stack, { bucket: store.bucket ?? '', prefix: key });
  else if (store.kind === 's3') {
    const backend = new S3Backend(stack, {
      bucket: store.bucket ?? '',
      key: `${key}.tfstate`,
      region: store.region ?? '',
      encrypt: true,
    });
    backend.addOverride('use_lockfile', true);
  } else {
    const address = `${store.address}/${key}`;
    new HttpBackend(stack, { address, lockAddress: `${address}/lock`, unlockAddress: `${address}/lock` });
  }
}
