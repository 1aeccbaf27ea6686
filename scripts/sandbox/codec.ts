import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import type { Type, Value } from './values';
import { Dynamic, isFields, isList, Precise, Unknown } from './values';

/** `DynamicValue` of the protocol. */
export interface WireValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Unknown values are extension 0; with refinements they are 12 (Terraform's plugin protocol, `object-wire-format.md`). */
const UNKNOWN_EXTENSIONS = [0, 12];

const extensionCodec = new ExtensionCodec();
for (const type of UNKNOWN_EXTENSIONS) {
  extensionCodec.register({
    type,
    encode: (value) => (value instanceof Unknown && value.extension === type ? value.data : null),
    decode: (data) => new Unknown(type, Uint8Array.from(data)),
  });
}
const encoder = new Encoder({ extensionCodec });
const decoder = new Decoder({ extensionCodec, useBigInt64: true });

/** Reads a value of the protocol; absent is null. */
export function decode(wire: WireValue | undefined | null, type: Type): Value {
  if (wire?.msgpack?.length) return fromWire(decoder.decode(wire.msgpack), type);
  if (wire?.json?.length) return fromState(JSON.parse(Buffer.from(wire.json).toString()), type);
  return null;
}

export function encode(value: Value, type: Type): WireValue {
  return { msgpack: encoder.encode(toWire(value, type)) };
}

function fromWire(raw: unknown, type: Type): Value {
  if (raw === null || raw === undefined) return null;
  if (raw instanceof Unknown) return raw;
  if (type === 'dynamic') return dynamicFromWire(raw as [Uint8Array, unknown]);
  if (type === 'number') return numberFromWire(raw as number | bigint | string);
  if (typeof type === 'string') return raw as string | boolean;
  return convert(raw, type, fromWire);
}

function dynamicFromWire([json, raw]: [Uint8Array, unknown]): Dynamic {
  const type = JSON.parse(Buffer.from(json).toString()) as Type;
  return new Dynamic(type, fromWire(raw, type));
}

function numberFromWire(raw: number | bigint | string): Value {
  if (typeof raw === 'number') return raw;
  const number = Number(raw);
  return typeof raw === 'bigint' && Number.isSafeInteger(number) ? number : new Precise(String(raw));
}

/** Reads a value as a state file holds it; what the schema does not know is dropped, what is missing is null. */
export function fromState(raw: unknown, type: Type): Value {
  if (raw === null || raw === undefined) return null;
  if (type === 'dynamic') return dynamicFromState(raw as { type: Type; value: unknown });
  if (type === 'string') return typeof raw === 'string' ? raw : String(raw);
  if (type === 'number') return Number(raw);
  if (type === 'bool') return raw === true || raw === 'true';
  return convert(raw, type, fromState);
}

function dynamicFromState(raw: { type: Type; value: unknown }): Dynamic {
  return new Dynamic(raw.type, fromState(raw.value, raw.type));
}

type Converter = (raw: unknown, type: Type) => Value;
type Compound = Exclude<Type, string>;

function convert(raw: unknown, type: Compound, each: Converter): Value {
  if (type[0] === 'list' || type[0] === 'set') return (raw as unknown[]).map((item) => each(item, type[1]));
  if (type[0] === 'tuple') return (raw as unknown[]).map((item, index) => each(item, type[1][index] ?? 'dynamic'));
  const fields = raw as Record<string, unknown>;
  const converted: Record<string, Value> = {};
  const names = type[0] === 'object' ? Object.keys(type[1]) : Object.keys(fields);
  for (const name of names) converted[name] = each(fields[name], memberType(type, name));
  return converted;
}

function toWire(value: Value | undefined, type: Type): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Unknown) return value;
  if (type === 'dynamic') return dynamicToWire(value);
  if (value instanceof Precise) return value.digits;
  if (typeof type === 'string') return primitiveToWire(value, type);
  if (isList(value)) return value.map((item, index) => toWire(item, elementType(type, index)));
  if (!isFields(value)) return value;
  const names = type[0] === 'object' ? Object.keys(type[1]) : Object.keys(value);
  return Object.fromEntries(names.map((name) => [name, toWire(value[name], memberType(type, name))]));
}

/** Adapters may answer 5 for a string or "5" for a number: the schema decides. */
function primitiveToWire(value: Value, type: 'string' | 'number' | 'bool'): unknown {
  if (type === 'string') return typeof value === 'string' ? value : String(value);
  return type === 'number' ? Number(value) : value === true || value === 'true';
}

function dynamicToWire(value: Value): unknown {
  if (value instanceof Dynamic) return [Buffer.from(JSON.stringify(value.type)), toWire(value.value, value.type)];
  const type = typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? 'number' : 'string';
  return [Buffer.from(JSON.stringify(type)), value];
}

function elementType(type: Compound, index: number): Type {
  if (type[0] === 'list' || type[0] === 'set') return type[1];
  return type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : 'dynamic';
}

function memberType(type: Compound, name: string): Type {
  if (type[0] === 'map') return type[1];
  return type[0] === 'object' ? (type[1][name] ?? 'dynamic') : 'dynamic';
}
