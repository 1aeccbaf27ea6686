import type { BlockFacts } from '../sandbox/facts';
import { typeOfAttribute } from '../sandbox/schema';
import type { Fields, Type, Value } from '../sandbox/values';
import { groupRules, ruleFrom } from './messages';
import { networkFormat } from './probe-networks';
import { placesOf, type Place } from './places';
import { leastOf, repeat, sampleOf, withValue, type Rules } from './samples';
import type { Complaint, Subject } from './subject';
import type { MeasuredRule } from './types';

/** Values that no enumeration, pattern, length or range lets pass. */
const badStrings = ['\u00a7junk', 'a'.repeat(5000), '', '"'];
const badNumbers = [-99_999_999, 99_999_999];

/** The validation rules of a type, read from what the provider says of bad values. An absent rule proves nothing. */
export async function probeRules(subject: Subject, type: string, block: BlockFacts): Promise<Rules> {
  const least = leastOf(block, {});
  const say = async (config: Fields): Promise<readonly Complaint[]> =>
    (await subject.validate(type, block, config)) ?? [];
  const always = await say(least);
  const full = await say(leastOf(block, {}, [], true));
  const known = new Set(always.map((complaint) => complaint.text));
  const rules: Record<string, MeasuredRule> = {};
  for (const place of placesOf(block)) {
    const path = place.path.join('.');
    const said = new Set<string>();
    const bad = badValuesOf(place);
    const beside = bad.length > 0 ? await say(withValue(block, least, place.path, harmlessOf(place), {})) : [];
    const others = new Set(beside.map((complaint) => complaint.text));
    const saidOf = async (value: Value): Promise<readonly string[]> => {
      const answers = await say(withValue(block, least, place.path, value, {}));
      const own = answers.filter((answer) => !known.has(answer.text) && concerns(answer, place, others));
      return own.map(({ text }) => text);
    };
    for (const value of bad) for (const text of await saidOf(value)) said.add(text);
    const rule = ruleFrom([...said]);
    const format = await formatOf(rule, place, saidOf);
    if (Object.keys(rule).length > 0) rules[path] = { ...rule, ...(format && { format }) };
  }
  const found = await probeGroups(block, [...always, ...full], say);
  for (const [path, rule] of found) rules[path] = { ...rules[path], ...rule };
  return rules;
}

/** What a refusal of junk as "no CIDR" leaves open: families and host bits. */
async function formatOf(
  { format }: MeasuredRule,
  place: Place,
  saidOf: (value: Value) => Promise<readonly string[]>,
): Promise<string | undefined> {
  if (format !== 'cidr' || !('attribute' in place)) return format;
  const isList = typeof typeOfAttribute(place.attribute) !== 'string';
  return (await networkFormat(async (value) => (await saidOf(isList ? [value] : value)).length === 0)) ?? format;
}

type Say = (config: Fields) => Promise<readonly Complaint[]>;

/**
 * Exclusive and dependent arguments. Each block is asked for alone, empty and full. A provider names only the first
 * argument that another excludes, and words "at least one" and "exactly one" alike while there is none: so what was
 * found is asked for again in pairs.
 */
async function probeGroups(
  block: BlockFacts,
  complaints: readonly Complaint[],
  say: Say,
): Promise<ReadonlyMap<string, MeasuredRule>> {
  const least = leastOf(block, {});
  const places = placesOf(block);
  const ask = (...some: readonly Place[]): Promise<readonly Complaint[]> =>
    say(some.reduce((config, place) => withValue(block, config, place.path, onceOf(place), {}), least));
  const all = [...complaints];
  for (const place of places) {
    if (!('nested' in place)) continue;
    all.push(...(await ask(place)));
    all.push(...(await say(withValue(block, least, place.path, repeat(place.nested, {}, place.path, 1, true), {}))));
  }
  for (const [one, other] of pairsOf(groupRules(all), places)) all.push(...(await ask(one, other)));
  return groupRules(all);
}

/** Each exclusive argument with every one beside it, and the first two of each group of which one is needed. */
function pairsOf(rules: ReadonlyMap<string, MeasuredRule>, places: readonly Place[]): [Place, Place][] {
  const parent = ({ path }: Place): string => path.slice(0, -1).join('.');
  return [...rules].flatMap(([path, rule]) => {
    const one = places.find((place) => place.path.join('.') === path);
    const second = rule.at_least_one_of?.find((other) => other !== path);
    const others = places.filter(
      (place) => place.path.join('.') === second || (rule.conflicts_with && one && parent(place) === parent(one)),
    );
    return one ? others.filter((other) => other !== one).map((other): [Place, Place] => [one, other]) : [];
  });
}

function onceOf(place: Place): Value {
  return 'nested' in place
    ? repeat(place.nested, {}, place.path, Math.max(place.nested.min_items ?? 0, 1))
    : harmlessOf(place);
}

/** By its path, or by its words where it has none; `others` is what is said of the blocks around the place. */
function concerns(answer: Complaint, place: Place, others: ReadonlySet<string>): boolean {
  const path = place.path.join('.');
  if (answer.path === path || answer.path.startsWith(`${path}.`)) return true;
  return !others.has(answer.text) && answer.text.includes(place.path.at(-1) ?? path);
}

function badValuesOf(place: Place): Value[] {
  if (!('attribute' in place)) return [];
  const type = typeOfAttribute(place.attribute);
  const element = elementOf(type);
  const bad = element === 'string' ? badStrings : element === 'number' ? badNumbers : [];
  return element === type ? bad : [[], ...bad.map((value) => [value])];
}

/** What is said with any value there belongs to the blocks around it. */
function harmlessOf(place: Place): Value {
  return 'attribute' in place ? sampleOf(typeOfAttribute(place.attribute), place.path.at(-1) ?? '') : null;
}

function elementOf(type: Type): Type {
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set') ? type[1] : type;
}
