import type { BlockFacts, RuleFacts, TypeFacts } from './facts';
import { errorAt, textOf, type Diagnostic } from './diagnostics';
import type { Place } from './rules';
import { hasUnknown, isFields, isList, isSet, isUnknown, type Fields, type Value } from './values';

/** A whole configuration, for members of a group that stand elsewhere. */
interface Whole {
  readonly config: Fields;
  readonly type: TypeFacts;
}

/** Errors of arguments that exclude or need each other; they count only where the block that holds them is present. */
export function groupErrors(rule: RuleFacts, place: Place, whole: Whole): readonly Diagnostic[] {
  const member = (path: string): Member => memberOf(path, place, whole);
  return [
    ...conflicts(rule.conflicts_with, place, member),
    ...exactlyOne(rule.exactly_one_of, place, member),
    ...atLeastOne(rule.at_least_one_of, place, member),
    ...requiredWith(rule.required_with, place, member),
  ];
}

/** `open`: given, and something in it is not known yet. That excludes others; whether it is the only one shows later. */
type Member = 'set' | 'unset' | 'unknown' | 'open';
const order = ['set', 'open', 'unknown'] as const;

/** A member beside the place is looked up in the same block, any other from the root. */
function memberOf(path: string, place: Place, { config, type }: Whole): Member {
  const own = place.path.filter((step) => typeof step === 'string').slice(0, -1);
  const steps = path.split('.');
  const isBeside = own.every((step, index) => steps[index] === step);
  const values = isBeside ? wholeValuesAt(place.block, steps.slice(own.length)) : wholeValuesAt(config, steps);
  const states = values.map((value) => stateOf(value, isBlock(type.block, steps)));
  return order.find((state) => states.includes(state)) ?? 'unset';
}

/** An empty list is a value of an argument, but no block. */
function stateOf(value: Value, block: boolean): Member {
  if (isUnknown(value)) return 'unknown';
  if (hasUnknown(value)) return 'open';
  return value === null || (block && isList(value) && value.length === 0) ? 'unset' : 'set';
}

function wholeValuesAt(value: Value, [name, ...rest]: readonly string[]): readonly Value[] {
  if (name === undefined) return [value];
  if (isList(value)) return value.flatMap((item) => wholeValuesAt(item, [name, ...rest]));
  return isFields(value) ? wholeValuesAt(value[name] ?? null, rest) : isUnknown(value) ? [value] : [];
}

function isBlock(block: BlockFacts | undefined, [name = '', ...rest]: readonly string[]): boolean {
  const nested = block?.block_types?.[name];
  return rest.length === 0 ? nested !== undefined : isBlock(nested?.block, rest);
}

function conflicts(
  others: readonly string[] | undefined,
  { path, value }: Place,
  member: (path: string) => Member,
): Diagnostic[] {
  if (!others || !isSet(value)) return [];
  const own = nameOf(path);
  const clash = others.find((other) => other !== own && ['set', 'open'].includes(member(other)));
  return clash
    ? [errorAt(path, 'Conflicting configuration arguments', `"${textOf(path)}": conflicts with ${clash}`)]
    : [];
}

function exactlyOne(
  all: readonly string[] | undefined,
  { path }: Place,
  member: (path: string) => Member,
): Diagnostic[] {
  if (!all) return [];
  const given = all.filter((other) => member(other) === 'set');
  if (given.length === 1 || (given.length === 0 && all.some((other) => ['unknown', 'open'].includes(member(other)))))
    return [];
  const said = given.length
    ? `only one of \`${all.join(',')}\` can be specified, but \`${given.join(',')}\` were specified.`
    : `one of \`${all.join(',')}\` must be specified`;
  return [errorAt(path, 'Invalid combination of arguments', `"${textOf(path)}": ${said}`)];
}

function atLeastOne(
  all: readonly string[] | undefined,
  { path }: Place,
  member: (path: string) => Member,
): Diagnostic[] {
  if (!all || all.some((other) => member(other) !== 'unset')) return [];
  return [
    errorAt(path, 'Missing required argument', `"${textOf(path)}": one of \`${all.join(',')}\` must be specified`),
  ];
}

function requiredWith(
  all: readonly string[] | undefined,
  { path, value }: Place,
  member: (path: string) => Member,
): Diagnostic[] {
  // What is not known yet needs its companions all the same.
  const isThere = isSet(value) || isUnknown(value);
  if (!all || !isThere || all.every((other) => member(other) !== 'unset')) return [];
  return [
    errorAt(path, 'Missing required argument', `"${textOf(path)}": all of \`${all.join(',')}\` must be specified`),
  ];
}

function nameOf(path: Place['path']): string {
  return path.filter((step) => typeof step === 'string').join('.');
}
