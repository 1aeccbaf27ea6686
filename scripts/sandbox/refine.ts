import type { SimulatedResource } from '../../constructs/contract/simulation';
import { holdersOf } from './paths';
import type { Context } from './context';
import type { Step } from './diagnostics';
import type { TypeFacts } from './facts';
import { isLegacy } from './facts';
import { planOf } from './plan';
import { replacements } from './replace';
import { equal, hasUnknown, isList, isUnknown, UNKNOWN, type Fields, type Value } from './values';
import { simulated, simulatedFields, valueFrom, View } from './view';

type Draft = Record<string, Value>;

interface Planning {
  readonly typeName: string;
  readonly type: TypeFacts;
  readonly resource: SimulatedResource;
  readonly context: Context;
  readonly prior: Fields | null;
  readonly proposed: Fields;
  readonly config: Fields;
}

interface Refined {
  readonly planned: Fields;
  readonly replaced: readonly (readonly Step[])[];
}

/** The plan by the facts, with what the adapter knows beyond them. */
export function refine(planning: Planning): Refined {
  const { type, resource, prior } = planning;
  const planned = planOf(type, planning);
  if (isLegacy(type)) normalise(planned, planning);
  if (prior) keepEquivalents(planned, prior, resource);
  fillPlanned(planned, planning);
  if (isLegacy(type)) openBlocks(planned, planning);
  if (!prior) return { planned, replaced: [] };
  renew(planned, prior, planning);
  return { planned, replaced: [...replacements(type, prior, planned), ...conditional(planned, prior, planning)] };
}

function normalise(planned: Draft, { resource }: Planning): void {
  for (const [path, change] of Object.entries(resource.normalised ?? {})) {
    for (const { block, name } of holdersOf(planned, path)) {
      const value = block[name] ?? null;
      if (value !== null && !hasUnknown(value)) (block as Draft)[name] = valueFrom(change(simulated(value)));
    }
  }
}

/** A value that means what the old one means stays the old one. */
function keepEquivalents(planned: Draft, prior: Fields, { equivalent }: SimulatedResource): void {
  for (const [path, same] of Object.entries(equivalent ?? {})) {
    const before = holdersOf(prior, path);
    holdersOf(planned, path).forEach(({ block, name }, index) => {
      const [old, fresh] = [before[index]?.block[name] ?? null, block[name] ?? null];
      if (old === null || fresh === null || isUnknown(fresh) || equal(old, fresh)) return;
      if (same(simulated(old), simulated(fresh))) (block as Draft)[name] = old;
    });
  }
}

/** Values that the provider already knows when it plans. Only the older SDK may plan one for an argument that is not computed. */
function fillPlanned(planned: Draft, planning: Planning): void {
  const { typeName, type, resource, context, config, prior } = planning;
  const self = new View(typeName, context.scope, planned);
  for (const [path, compute] of Object.entries(resource.planned ?? {})) {
    if (!mayPlan(path, planning)) continue;
    const isTop = !path.includes('.');
    for (const { block, name, index } of holdersOf(planned, path)) {
      const isOpen = isTop ? (config[name] ?? null) === null : (block[name] ?? null) === null || isUnknown(block[name]);
      const value = isOpen ? compute(self, context, { attributes: simulatedFields(block), index }) : undefined;
      if (value !== undefined) (block as Draft)[name] = valueFrom(value);
      else if (isOpen && isTop && type.block.attributes?.[name]?.computed && (!prior || hasUnknown(planned)))
        planned[name] = UNKNOWN;
    }
  }
}

function mayPlan(path: string, { type }: Planning): boolean {
  const [name = ''] = path.split('.');
  const attribute = type.block.attributes?.[name];
  return isLegacy(type) ? Boolean(attribute ?? type.block.block_types?.[name]) : Boolean(attribute?.computed);
}

/** Blocks that the cloud fills in where there are none are unknown until it has, then stay; newer providers cannot plan that. */
function openBlocks(planned: Draft, { type, resource, config, prior }: Planning): void {
  const names = [
    ...(type.computed_blocks ?? []),
    ...(resource.filledBlocks ?? []),
    ...Object.keys(resource.computed ?? {}),
  ];
  const open = names.filter((name) => type.block.block_types?.[name] && isEmpty(config[name]));
  for (const name of open) planned[name] = prior ? (prior[name] ?? null) : UNKNOWN;
}

function isEmpty(value: Value | undefined): boolean {
  return value === null || value === undefined || (isList(value) && value.length === 0);
}

/** An update makes some computed values new; a plan that kept the old ones would be broken by the apply. */
function renew(planned: Draft, prior: Fields, { type, resource, config }: Planning): void {
  const changed = Object.keys(planned).filter((name) => !equal(planned[name], prior[name]));
  if (changed.length === 0) return;
  for (const [name, causes] of Object.entries(resource.renewed ?? {})) {
    const isDue = causes.length === 0 || causes.some((cause) => changed.includes(cause));
    if (isDue && type.block.attributes?.[name] && (config[name] ?? null) === null) planned[name] = UNKNOWN;
  }
}

function conditional(
  planned: Fields,
  prior: Fields,
  { typeName, resource, context }: Planning,
): readonly (readonly Step[])[] {
  if (!resource.replacedBy) return [];
  const before = new View(typeName, context.scope, prior);
  return resource
    .replacedBy(before, new View(typeName, context.scope, planned))
    .map((path) => path.split('.').slice(0, 1));
}
