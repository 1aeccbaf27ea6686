import type { PlannedResource } from '../../constructs/contract/pricing';
import { registry } from '../../constructs/providers/registry';
import type { Pricing, StackResources } from '../../scripts/cost/cost';
import { describe as describePlatform, loadPlatform, stacksOf } from '../../stacks/main';
import { type Attributes, emittedBy, plainStack } from './emitted';
import { textsOf } from './synthesised';

/** What costs are reckoned from: a topology's stacks as a plan of nothing that stands has them, and its contracts. */
export function plannedPlatform(topology: unknown): { stacks: StackResources[]; pricing: Pricing } {
  const platform = loadPlatform(topology);
  const specs = stacksOf(platform);
  const texts = textsOf({ platform, specs });
  const stacks = specs.map(({ id, sites }) => ({ stack: id, sites, resources: plannedIn(texts[id] ?? '{}') }));
  return { stacks, pricing: { providers: registry, billing: describePlatform(platform).billing } };
}

/** Resources of a stack's configuration, without what refers to others: in a plan that is unknown, and absent. */
export function plannedIn(text: string): PlannedResource[] {
  return emittedBy(plainStack(text))
    .filter(({ mode }) => mode === 'resource')
    .map(({ address, type, config }) => ({ address, type, values: known(config) as Attributes }));
}

function known(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('${') ? undefined : value;
  if (Array.isArray(value)) return value.map(known).filter((item) => item !== undefined);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).map(([key, item]) => [key, known(item)] as const);
  return Object.fromEntries(kept.filter(([, item]) => item !== undefined));
}
