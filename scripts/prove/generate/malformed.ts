import type { Random } from './random';

type Json = unknown;
type Holder = Record<string, Json> | Json[];

/** A document with one to three places spoilt at random: what an editor, a merge or a template makes of one. */
export function spoil(random: Random, document: Json): Json {
  const copy = structuredClone(document);
  const rest = random.chance(2) ? random.pick<Json>([null, [], 'text', 7, true, {}, [copy]]) : copy;
  for (let left = random.int(1, 3); left > 0; left--) spoilOnce(random, rest);
  return rest;
}

function spoilOnce(random: Random, document: Json): void {
  const places = placesOf(document);
  if (places.length === 0) return;
  const { holder, key } = random.pick(places);
  const old = (holder as Record<string, Json>)[key];
  const next = random.chance(35) ? 'structure' : 'value';
  if (next === 'value') Object.assign(holder, { [key]: wrongValue(random, old) });
  else changeStructure(random, holder, key, old);
}

/** Every key and every index; those near the top as often as the many below. */
function placesOf(value: Json, depth = 0): { holder: Holder; key: string; depth: number }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.entries(holder).flatMap(([key, inner]) => {
    const own = { holder, key, depth };
    return [...(depth < 3 ? Array<typeof own>(4).fill(own) : [own]), ...placesOf(inner, depth + 1)];
  });
}

function changeStructure(random: Random, holder: Holder, key: string, old: Json): void {
  if (Array.isArray(holder)) {
    random.pick([() => holder.push(old), () => holder.splice(Number(key), 1), () => holder.push(null)])();
    return;
  }
  if (random.chance(90)) Reflect.deleteProperty(holder, key);
  if (random.chance(60)) define(holder, random.pick(oddKeys(key)), old);
}

const oddKeys = (key: string): string[] => [
  ...[`${key}x`, key.slice(1), key.toUpperCase(), '', ' ', '__proto__', 'constructor', 'toString', 'é', '渡り', '0'],
  ...['a.b', '../..', '${var.x}', 'x'.repeat(300)],
];

/** As JSON has it: `__proto__` is a key like any other. */
function define(holder: object, key: string, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function wrongValue(random: Random, old: Json): Json {
  const kind = likeValues(old);
  return structuredClone(
    random.pick<Json>(random.chance(60) ? kind : [...numbers, ...texts, ...others, [old], { old }]),
  );
}

function likeValues(old: Json): readonly Json[] {
  if (typeof old === 'number') return numbers;
  if (typeof old !== 'string') return others;
  return /^[0-9.]+(\/[0-9]+)?$/.test(old) ? addresses : texts;
}

const deep = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as Json;
const numbers: readonly Json[] = [0, -1, 1.5, 1e308, 9007199254740993, 4294967296, 64, 65536, '1'];
const texts: readonly Json[] = [
  ...[
    '',
    ' ',
    'x',
    'constructor',
    '__proto__',
    'toString',
    '${aws_vpc.main.id}',
    '%{ for x in y }',
    'a\u0000b',
    '\ud800',
  ],
  ...['x'.repeat(10_000), '渡り', '🦆', '\u202e', '../../etc', "'; --", 'null', '0'],
  ...[
    '10.0.0.0/8',
    '10.64.0.0/33',
    '999.1.1.1',
    '999.1.1.1/24',
    '10.0.0.0/31',
    '10.66.0.0/30',
    '0.0.0.0/0',
    '1.2.3.4/0',
  ],
  ...['ssh-', 'https://', 's64', 's99', 'a', 'live', 'metal', 'gcp', 'idcf', 'vpn', 'segment', 'circuit'],
];
const addresses: readonly Json[] = [
  ...['10.0.0.0/8', '10.64.0.0/33', '999.1.1.1', '999.1.1.1/24', '10.0.0.0/31', '10.66.0.0/30', '10.66.0.0/28'],
  ...[
    '0.0.0.0/0',
    '1.2.3.4/0',
    '1.2.3.4/31',
    '255.255.255.255/32',
    '10.66.0.1/20',
    '01.02.03.04/24',
    '0.0.0.0',
    '1.2.3',
  ],
  ...['172.16.0.0/12', '224.0.0.0/10', '10.64.0.0/26', '203.0.113.1/32', '203.0.113.255', '::1/64'],
];
const others: readonly Json[] = [null, true, false, [], {}, [null], [[]], { '': null }, deep(200), 'text', 3];
