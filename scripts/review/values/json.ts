/** Characters of a text that is read as JSON. */
const jsonLimit = 1024 * 1024;

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that the record itself has: foreign keys may be called `constructor`. */
export function field(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The object or list that a text writes, where it writes one. */
export function asJson(text: string): JsonRecord | readonly unknown[] | undefined {
  if (text.length > jsonLimit || !/^\s*[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What a text says that is a text in JSON, in quotes. */
export function asJsonText(text: string): string | undefined {
  if (text.length > jsonLimit || !/^\s*"/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Stands for a value that JSON cannot be written of. */
export const tooDeep = 'too deep to be compared';

/** A value as text for comparing, however deep it is. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return tooDeep;
  }
}
