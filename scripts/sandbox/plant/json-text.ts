import { Dynamic, isFields, isList, Precise, type Value } from '../values';
import { digitsOf } from './convert';
import { refusePlanting } from './not-plantable';

/** What Go's `encoding/json` escapes beyond JSON's own rules. */
const ESCAPED = /[<>&\u2028\u2029]/g;

/** A value as Terraform's `jsonencode` writes it, byte for byte: sorted keys, no spaces. */
export function jsonOf(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return digitsOf(value);
  if (value instanceof Precise) return value.digits;
  if (value instanceof Dynamic) return jsonOf(value.value);
  if (isList(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (!isFields(value)) return refusePlanting('a value that is not known');
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${quoted(name)}:${jsonOf(value[name] ?? null)}`).join(',')}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
