/** A type of Terraform's type system, in its JSON form: `"string"`, `["list", "string"]`, `["object", {...}]`. */
export type Type =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', Type]
  | readonly ['tuple', readonly Type[]]
  | readonly ['object', Readonly<Record<string, Type>>, (readonly string[])?];

/** A value that is not known yet; `extension` and `data` are echoed, because they may carry refinements. */
export class Unknown {
  constructor(
    readonly extension = 0,
    readonly data: Uint8Array = Uint8Array.of(0),
  ) {}
}

export const UNKNOWN = new Unknown();

/** A value of a place whose type the schema leaves open. */
export class Dynamic {
  constructor(
    readonly type: Type,
    readonly value: Value,
  ) {}
}

/** A number that does not fit into a double. */
export class Precise {
  constructor(readonly digits: string) {}
}

export interface Fields {
  readonly [name: string]: Value;
}

export type Value = null | boolean | number | string | Unknown | Dynamic | Precise | readonly Value[] | Fields;

export function isFields(value: Value | undefined): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown || value instanceof Dynamic || value instanceof Precise)
  );
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isUnknown(value: Value | undefined): value is Unknown {
  return value instanceof Unknown;
}

/** Whether a configuration sets a value: null, unknown and empty blocks are not set. */
export function isSet(value: Value | undefined): boolean {
  return value !== null && value !== undefined && !isUnknown(value) && !(isList(value) && value.length === 0);
}

/** Whether it is what the older SDK holds for nothing: null, false, 0, an empty text, list or map. */
export function isVoid(value: Value | undefined): boolean {
  if (!value) return true;
  return isList(value) ? value.length === 0 : isFields(value) && Object.keys(value).length === 0;
}

/** Whether anything inside is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
  if (isUnknown(value)) return true;
  if (isList(value)) return value.some(hasUnknown);
  return isFields(value) && Object.values(value).some(hasUnknown);
}

/** Deep equality; an unknown equals nothing, a missing field equals null. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return !isUnknown(a);
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (a instanceof Precise) return b instanceof Precise && a.digits === b.digits;
  if (a instanceof Dynamic) return b instanceof Dynamic && equal(a.value, b.value);
  if (!isFields(a) || !isFields(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => equal(a[name], b[name]));
}

/** Equality of sets: the same elements in any order. */
export function equalSets(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  const rest = [...b];
  return a.every((item) => {
    const at = rest.findIndex((other) => equal(item, other));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

/** A value as text that is the same whatever the order of its fields. */
export function canonical(value: Value | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (isUnknown(value)) return '?';
  if (value instanceof Precise) return value.digits;
  if (value instanceof Dynamic) return canonical(value.value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isFields(value)) return JSON.stringify(value);
  const names = Object.keys(value).filter((name) => value[name] !== null);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join(',')}}`;
}

/** Every value at a dotted path, lists on the way flattened. */
export function valuesAt(value: Value | undefined, path: readonly string[]): readonly Value[] {
  if (isList(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return value === undefined ? [] : [value];
  if (isUnknown(value)) return [value];
  return isFields(value) ? valuesAt(value[name], rest) : [];
}

/** Values of a kept file: unlike plain JSON they know numbers and types that a double or a schema cannot hold. */
export function toJson(value: Value): unknown {
  if (value instanceof Precise) return { $number: value.digits };
  if (value instanceof Dynamic) return { $type: value.type, $value: toJson(value.value) };
  if (isUnknown(value)) return null;
  if (isList(value)) return value.map(toJson);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJson(item)]));
}

/** The opposite of `toJson`. */
export function fromJson(json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== 'object') return json as string | number | boolean;
  const fields = json as Record<string, unknown>;
  if (typeof fields['$number'] === 'string') return new Precise(fields['$number']);
  if ('$type' in fields) return new Dynamic(fields['$type'] as Type, fromJson(fields['$value']));
  return Object.fromEntries(Object.entries(fields).map(([name, item]) => [name, fromJson(item)]));
}
