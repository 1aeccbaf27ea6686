import { isArgument, leastOf, sampleOf, type Rules } from '../facts/samples';
import type { AttributeFacts, BlockFacts, NestedBlockFacts } from '../sandbox/facts';
import { entries, typeOfAttribute } from '../sandbox/schema';
import { isFields, isList, isUnknown, type Fields, type Type, type Value } from '../sandbox/values';

export type MutationKind =
  'changed' | 'dropped' | 'wrong type' | 'out of range' | 'dangling reference' | 'added' | 'doubled';

/** A configuration with one thing changed. */
export interface Mutation {
  /** Without indices. */
  readonly path: string;
  readonly kind: MutationKind;
  /** What was put there. */
  readonly detail: string;
  /** Undefined where no configuration can say it: Terraform itself refuses a value of another type. */
  readonly config?: Fields;
}

/** What the walk carries along. */
interface Walk {
  readonly rules: Rules;
  readonly at: readonly string[];
  /** The whole configuration around a changed block. */
  readonly around: (block: Fields) => Fields;
}

/** Blocks of a list beyond these are like them. */
const walkedItems = 2;

/** Every configured attribute changed, dropped, of another type, out of range, dangling; every other argument added beside them. */
export function mutationsOf(block: BlockFacts, config: Fields, rules: Rules): Mutation[] {
  return inBlock(block, config, { rules, at: [], around: (whole) => whole });
}

function inBlock(block: BlockFacts, config: Fields, walk: Walk): Mutation[] {
  const attributes = entries(block.attributes)
    .filter(([name, attribute]) => isArgument(name, attribute))
    .flatMap(([name, attribute]) => ofAttribute(name, attribute, config, walk));
  const blocks = entries(block.block_types)
    .filter(([name]) => name !== 'timeouts')
    .flatMap(([name, nested]) => ofBlocks(name, nested, config, walk));
  return [...attributes, ...blocks];
}

function ofAttribute(name: string, attribute: AttributeFacts, config: Fields, walk: Walk): Mutation[] {
  const path = [...walk.at, name].join('.');
  const put = (kind: MutationKind, detail: string, value: Value): Mutation => {
    return { path, kind, detail, config: walk.around({ ...config, [name]: value }) };
  };
  const type = typeOfAttribute(attribute);
  const value = config[name] ?? null;
  if (value === null) return [put('added', 'sample', sampleOf(type, name, walk.rules[path]))];
  return [
    ...otherThan(value, type, name, walk.rules[path]).map((other) => put('changed', 'another value', other)),
    put('dropped', 'nothing', null),
    { path, kind: 'wrong type', detail: 'a value of another type' },
    ...(isUnknown(value) ? dangling(type).map((made) => put('dangling reference', 'made-up', made)) : []),
    ...badValues(type).map(([detail, bad]) => put(detail === 'junk' ? 'wrong type' : 'out of range', detail, bad)),
    ...withHostBits(value).map((bad) => put('out of range', 'host bits', bad)),
  ];
}

/** A value of the same form, for a change that nothing speaks against. */
function otherThan(value: Value, type: Type, name: string, rule: Rules[string] = {}): Value[] {
  if (isUnknown(value) || value === null) return [];
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value === (rule.max ?? rule.ranges?.[0]?.[1]) ? value - 1 : value + 1];
  if (isList(value) && (type[0] === 'list' || type[0] === 'set'))
    return value.slice(0, 1).flatMap((first) => otherThan(first, type[1] as Type, name, rule).map((other) => [other]));
  if (typeof value !== 'string') return [];
  if (rule.one_of ?? rule.format)
    return [sampleOf(type, name, rule, 2), sampleOf(type, name, rule)].filter((other) => other !== value).slice(0, 1);
  return [/\d$/.test(value) ? value.replace(/\d$/, (last) => String((Number(last) + 1) % 10)) : `${value}x`];
}

const madeUp = 'made-up-0123456789';

function dangling(type: Type): Value[] {
  if (type === 'string') return [madeUp];
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set') && type[1] === 'string'
    ? [[madeUp]]
    : [];
}

/** A network whose address is not its first: 10.0.0.1/24 for 10.0.0.0/24. */
function withHostBits(value: Value): Value[] {
  if (isList(value))
    return value.slice(0, 1).flatMap((first) => withHostBits(first).map((bad) => [bad, ...value.slice(1)]));
  const [, network, last, length] = /^((?:\d+\.){3})(\d+)\/(\d+)$/.exec(String(value)) ?? [];
  return network !== undefined && Number(length) < 32 && Number(last) % 2 === 0
    ? [`${network}${Number(last) + 1}/${length}`]
    : [];
}

const long = 'a'.repeat(5000);
const big = 99_999_999;

/** What is in the range of nothing that has one. */
function badValues(type: Type): (readonly [string, Value])[] {
  if (type === 'string')
    return [
      ['junk', '\u00a7junk'],
      ['too long', long],
      ['empty', ''],
    ] as const;
  if (type === 'number')
    return [
      ['too small', -big],
      ['too big', big],
      ['zero', 0],
    ] as const;
  if (type === 'bool')
    return [
      ['true', true],
      ['false', false],
    ] as const;
  if (typeof type === 'string') return [];
  if (type[0] === 'list' || type[0] === 'set')
    return [['empty', []], ...badValues(type[1]).map(([detail, value]) => [detail, [value]] as const)];
  return type[0] === 'map' ? [['empty', {}]] : [];
}

function ofBlocks(name: string, nested: NestedBlockFacts, config: Fields, walk: Walk): Mutation[] {
  const at = [...walk.at, name];
  const path = at.join('.');
  const put = (kind: MutationKind, detail: string, value: Value): Mutation => {
    return { path, kind, detail, config: walk.around({ ...config, [name]: value }) };
  };
  const value = config[name] ?? null;
  const isMany = nested.nesting_mode === 'list' || nested.nesting_mode === 'set';
  const items = isList(value) ? value.filter(isFields) : isFields(value) ? [value] : [];
  if (items.length === 0) {
    const least = leastOf(nested.block, walk.rules, at);
    return nested.nesting_mode === 'map' ? [] : [put('added', 'least', isMany ? [least] : least)];
  }
  const inner = items.slice(0, walkedItems).flatMap((item, index) => {
    const around = (changed: Fields): Fields =>
      walk.around({ ...config, [name]: isMany ? items.map((old, own) => (own === index ? changed : old)) : changed });
    return nested.nesting_mode === 'map' ? [] : inBlock(nested.block, item, { ...walk, at, around });
  });
  const twice = isMany ? [put('doubled', 'twice', [...items, ...items.slice(0, 1)])] : [];
  return [put('dropped', 'nothing', isMany ? [] : null), ...twice, ...inner];
}
