import type { AttributeFacts, BlockFacts, NestedFacts } from '../facts';
import { entries } from '../schema';
import { Dynamic, isFields, isList, type Fields, type Type, type Value } from '../values';
import type { Path } from './typed';

/** Places that the schema calls sensitive, of the blocks that are there, as Terraform 1.11 keeps them in states. */
export function sensitivePaths(block: BlockFacts, value: Fields): readonly Path[] {
  return isSensitive(block) ? inBlock(block, value, []) : [];
}

const known = new WeakMap<BlockFacts, boolean>();

function isSensitive(block: BlockFacts): boolean {
  const answer =
    known.get(block) ??
    (entries(block.attributes).some(([, attribute]) => isSensitiveAttribute(attribute)) ||
      entries(block.block_types).some(([, nested]) => isSensitive(nested.block)));
  known.set(block, answer);
  return answer;
}

function isSensitiveAttribute({ sensitive, nested_type: nested }: AttributeFacts): boolean {
  return Boolean(sensitive) || entries(nested?.attributes).some(([, attribute]) => isSensitiveAttribute(attribute));
}

function inBlock(block: BlockFacts, value: Fields, at: Path): readonly Path[] {
  const blocks = entries(block.block_types).filter(([, nested]) => isSensitive(nested.block));
  return [
    ...inAttributes(block.attributes, value, at),
    ...blocks.flatMap(([name, nested]) =>
      inItems(nested.nesting_mode, value[name] ?? null, [...at, name], (item, path) =>
        inBlock(nested.block, item, path),
      ),
    ),
  ];
}

function inAttributes(
  attributes: Readonly<Record<string, AttributeFacts>> | undefined,
  value: Fields,
  at: Path,
): readonly Path[] {
  return entries(attributes).flatMap(([name, attribute]): readonly Path[] => {
    if (attribute.sensitive) return [[...at, name]];
    const nested = attribute.nested_type;
    return nested ? inNested(nested, value[name] ?? null, [...at, name]) : [];
  });
}

function inNested(nested: NestedFacts, value: Value, at: Path): readonly Path[] {
  return inItems(nested.nesting_mode, value, at, (item, path) => inAttributes(nested.attributes, item, path));
}

type InItem = (item: Fields, at: Path) => readonly Path[];

/** Elements of a set have no place of their own: the set is sensitive as a whole. */
function inItems(mode: string, value: Value, at: Path, inItem: InItem): readonly Path[] {
  if (mode === 'set')
    return isList(value) && value.some((item) => isFields(item) && inItem(item, []).length > 0) ? [at] : [];
  if (isList(value)) return value.flatMap((item, index) => (isFields(item) ? inItem(item, [...at, index]) : []));
  if (!isFields(value)) return [];
  if (mode !== 'map') return inItem(value, at);
  return Object.entries(value).flatMap(([key, item]) => (isFields(item) ? inItem(item, [...at, key]) : []));
}

/** Paths in the form of a state file, each once, sorted; into a set there is no path. */
export function pathsInState(paths: readonly Path[], type: Type, value: Value): readonly object[] {
  const texts = paths.map((path) => JSON.stringify(stepsOf(path, type, value)));
  return [...new Set(texts)].sort().map((text) => JSON.parse(text) as object);
}

function stepsOf([step, ...rest]: Path, type: Type, value: Value): readonly object[] {
  if (value instanceof Dynamic)
    return stepsOf([...(step === undefined ? [] : [step]), ...rest], value.type, value.value);
  if (step === undefined || typeof type === 'string' || type[0] === 'set') return [];
  const inner = isList(value) ? value[Number(step)] : isFields(value) ? value[step] : undefined;
  if (type[0] === 'object') {
    return [{ type: 'get_attr', value: step }, ...stepsOf(rest, type[1][step] ?? 'dynamic', inner ?? null)];
  }
  const next = type[0] === 'tuple' ? (type[1][Number(step)] ?? 'dynamic') : type[1];
  const key = { value: step, type: typeof step === 'number' ? 'number' : 'string' };
  return [{ type: 'index', value: key }, ...stepsOf(rest, next, inner ?? null)];
}
