import type { SimulatedResource } from '../../constructs/contract/simulation';
import { holdersOf } from './paths';
import type { Context } from './context';
import type { Step } from './diagnostics';
import type { TypeFacts } from './facts';
import { isLegacy } from './facts';
import { planOf } from './plan';
import { replacements } from './replace';
import { equal, hasUnknown, isUnknown, UNKNOWN, type Fields, type Value } from './values';
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
  const planned = planOf(type, planning, filledBy(resource));
  if (isLegacy(type)) normalise(planned, planning);
  if (prior) keepEquivalents(planned, prior, resource);
  fillPlanned(planned, planning);
  if (!prior) return { planned, replaced: [] };
  renew(planned, prior, planning);
  const view = (fields: Fields): View => new View(planning.typeName, planning.context.scope, fields);
  const [before, after] = [view(prior), view(planned)];
  const due = replacements(type, prior, planned).filter((path) => !isExcused(path, resource, before, after));
  return { planned, replaced: [...due, ...conditional(resource, before, after)] };
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
      if (fresh === null || isUnknown(fresh) || equal(old, fresh)) return;
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
      const isOpen = isTop ? isLeftOut(name, planning) : (block[name] ?? null) === null || isUnknown(block[name]);
      if (isOpen && isTop && config[name] === '') planned[name] = UNKNOWN;
      const value = isOpen ? compute(self, context, { attributes: simulatedFields(block), index }) : undefined;
      if (value !== undefined) (block as Draft)[name] = valueFrom(value);
      else if (isOpen && isTop && config[name] === '' && prior) planned[name] = prior[name] || UNKNOWN;
      else if (isOpen && isTop && type.block.attributes?.[name]?.computed && (!prior || hasUnknown(planned)))
        planned[name] = UNKNOWN;
    }
  }
}

/** To the older SDK an empty text says nothing about what is computed. */
function isLeftOut(name: string, { type, config }: Planning): boolean {
  const given = config[name] ?? null;
  return given === null || (given === '' && isLegacy(type) && Boolean(type.block.attributes?.[name]?.computed));
}

function mayPlan(path: string, { type }: Planning): boolean {
  const [name = ''] = path.split('.');
  const attribute = type.block.attributes?.[name];
  return isLegacy(type) ? Boolean(attribute ?? type.block.block_types?.[name]) : Boolean(attribute?.computed);
}

/** Blocks that the cloud fills in by what the adapter knows. */
function filledBy({ filledBlocks = [], computed = {} }: SimulatedResource): readonly string[] {
  return [...filledBlocks, ...Object.keys(computed)];
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

/** Steps of `disk.0.source_image`. */
const stepsOf = (path: string): readonly Step[] =>
  path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

function conditional({ replacedBy }: SimulatedResource, before: View, after: View): readonly (readonly Step[])[] {
  return replacedBy?.(before, after).map(stepsOf) ?? [];
}

function isExcused(path: readonly Step[], resource: SimulatedResource, before: View, after: View): boolean {
  const plain = path.filter((step) => typeof step === 'string').join('.');
  return resource.replacedUnless?.[plain]?.(before, after) ?? false;
}
