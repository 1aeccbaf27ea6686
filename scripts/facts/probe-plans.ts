import { fromState } from '../sandbox/codec';
import type { BlockFacts } from '../sandbox/facts';
import { entries, typeOfAttribute, typeOfBlock } from '../sandbox/schema';
import { canonical, hasUnknown, isFields, isList, isUnknown, isVoid, type Fields, type Value } from '../sandbox/values';
import { placesOf, type Place } from './places';
import { leastOf, repeat, sampleOf, withValue, type Rules, type Variant } from './samples';
import seedFile from './seeds.json';
import type { Subject } from './subject';

export interface Observed {
  /** Paths whose change replaces the resource. */
  readonly force_new: readonly string[];
  /** Values planned for what is left out, by path. */
  readonly defaults: Readonly<Record<string, Value>>;
  /** Blocks that the cloud fills in where the configuration has none. */
  readonly computed_blocks: readonly string[];
  /** Paths for which the provider gave no plan. */
  readonly unprobed: readonly string[];
}

/** A type under observation, and the configuration that its probes start from. */
interface Study {
  readonly subject: Subject;
  readonly type: string;
  readonly block: BlockFacts;
  readonly rules: Rules;
  readonly base: Fields;
}

/** Valid arguments for types whose plan looks at more than what is required. */
const seeds: Readonly<Record<string, object>> = seedFile;

/** Watches a provider plan: what it replaces, and what it fills in. */
export async function probePlans(subject: Subject, type: string, block: BlockFacts, rules: Rules): Promise<Observed> {
  const study: Study = { subject, type, block, rules, base: baseOf(type, block, rules) };
  const force_new: string[] = [];
  const unprobed: string[] = [];
  const defaults: Record<string, Value> = {};
  const computed_blocks: string[] = [];
  for (const path of [[], ...blockPaths(block)]) {
    const left = await leftOutAt(study, path);
    Object.assign(defaults, left.defaults);
    computed_blocks.push(...left.computedBlocks);
  }
  for (const place of placesOf(block)) {
    const answer = await replaces(study, place);
    if (answer === undefined) unprobed.push(place.path.join('.'));
    else if (answer) force_new.push(place.path.join('.'));
  }
  return { force_new: force_new.sort(), defaults, computed_blocks: computed_blocks.sort(), unprobed };
}

function baseOf(type: string, block: BlockFacts, rules: Rules): Fields {
  const seed = fromState(seeds[type] ?? {}, typeOfBlock(block));
  const given = isFields(seed) ? Object.entries(seed).filter(([name]) => name in (seeds[type] ?? {})) : [];
  return { ...leastOf(block, rules), ...Object.fromEntries(given) };
}

/** Whether a change at a place makes the provider replace the resource; undefined when it cannot be seen. */
async function replaces({ subject, type, block, rules, base }: Study, place: Place): Promise<boolean | undefined> {
  const config = (variant: Variant): Fields =>
    withValue(block, base, place.path, valueAt(place, rules, variant), rules);
  const [before, after] = [config(1), config(2)];
  if (canonical(before) === canonical(after)) return undefined;
  const change = await subject.plan(type, block, before, after);
  const seen = seenAt(block, place.path).join('.');
  return change?.replaces.some((path) => path === seen || path.startsWith(`${seen}.`));
}

/** Where a provider names a change: elements of a set have no path, so the set's own. */
function seenAt(block: BlockFacts, path: readonly string[]): readonly string[] {
  const [name = '', ...rest] = path;
  const nested = block.block_types?.[name];
  if (!nested || nested.nesting_mode === 'set') return [name];
  return rest.length === 0 ? [name] : [name, ...seenAt(nested.block, rest)];
}

function valueAt(place: Place, rules: Rules, variant: Variant): Value {
  const name = place.path.at(-1) ?? '';
  const path = place.path.join('.');
  if ('attribute' in place) return sampleOf(typeOfAttribute(place.attribute), name, rules[path], variant);
  return repeat(place.nested, rules, place.path, (place.nested.min_items ?? 0) + variant - 1);
}

function blockPaths(block: BlockFacts): string[][] {
  return placesOf(block)
    .filter((place) => 'nested' in place)
    .map((place) => [...place.path]);
}

interface LeftOut {
  readonly defaults: Record<string, Value>;
  readonly computedBlocks: readonly string[];
}

/** What is planned for what the configuration leaves out, in the block at a path. */
async function leftOutAt({ subject, type, block, rules, base }: Study, path: readonly string[]): Promise<LeftOut> {
  const inner = innerBlock(block, path);
  const config = path.length > 0 ? withBlock(block, base, path, rules) : base;
  const change = await subject.plan(type, block, null, config);
  const [given, planned] = [fieldsAt(config, path), fieldsAt(change?.planned, path)];
  if (!inner || !given || !planned) return { defaults: {}, computedBlocks: [] };
  const at = (name: string): string => [...path, name].join('.');
  const filled = entries(inner.attributes).filter(([name]) => given[name] === null && isDefault(planned[name]));
  const open = entries(inner.block_types).filter(([name]) => isVoid(given[name]) && isUnknown(planned[name]));
  return {
    defaults: Object.fromEntries(filled.map(([name]) => [at(name), planned[name] ?? null])),
    computedBlocks: open.map(([name]) => at(name)),
  };
}

function isDefault(value: Value | undefined): boolean {
  if (value === null || value === undefined || hasUnknown(value)) return false;
  return !(isList(value) && value.length === 0) && !(isFields(value) && Object.keys(value).length === 0);
}

/** The configuration with a block in it; one that it has already stays. */
function withBlock(block: BlockFacts, base: Fields, path: readonly string[], rules: Rules): Fields {
  const nested = nestedAt(block, path);
  if (!nested || fieldsAt(base, path)) return base;
  return withValue(block, base, path, repeat(nested, rules, path, Math.max(nested.min_items ?? 0, 1)), rules);
}

function nestedAt(
  block: BlockFacts,
  path: readonly string[],
): NonNullable<BlockFacts['block_types']>[string] | undefined {
  const [name = '', ...rest] = path;
  const nested = block.block_types?.[name];
  return rest.length === 0 || !nested ? nested : nestedAt(nested.block, rest);
}

function innerBlock(block: BlockFacts, path: readonly string[]): BlockFacts | undefined {
  return path.length === 0 ? block : nestedAt(block, path)?.block;
}

/** The fields at a path, the first element where there are several. */
function fieldsAt(value: Value | undefined, path: readonly string[]): Fields | undefined {
  const first = isList(value) ? value[0] : value;
  if (!isFields(first)) return undefined;
  const [name, ...rest] = path;
  return name === undefined ? first : fieldsAt(mapElement(first[name]), rest);
}

function mapElement(value: Value | undefined): Value | undefined {
  return isFields(value) && isFields(value['made']) ? value['made'] : value;
}
