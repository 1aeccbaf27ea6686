import { parseAllDocuments } from 'yaml';
import { asJson, asJsonText, field, isRecord } from './json';
import { isHarmlessName, isSecretName, mayNameSecrets } from './secret-names';

/** Characters from which on a secret is looked for in other texts: a shorter one is in too many words. */
const shortest = 6;
const deepest = 40;
/** Characters of a text that is read as YAML for its names; parsing takes time. */
const yamlLimit = 64 * 1024;

/** How a value is known to be secret, from where it stands. */
export interface Standing {
  /** Name of the attribute or key. */
  readonly name: string;
  readonly type?: string;
  /** Whether it is inside of something with a secret name. */
  readonly inside?: boolean;
}

/** Whether a value that is not an object is secret by the names around it. */
export function isSecretPlace({ name, type, inside }: Standing): boolean {
  return isSecretName(name, type) || (inside === true && !isHarmlessName(name));
}

/** Where the value of a key stands; `{ name: "DB_PASSWORD", value: ... }` names its value itself. */
export function standingOf(parent: Standing, holder: Readonly<Record<string, unknown>>, key: string): Standing {
  const { type } = parent;
  const inside = isSecretPlace(parent) || (/^(?:value|values|default|content)$/i.test(key) && namesSecret(holder));
  return { name: key, inside, ...(type === undefined ? {} : { type }) };
}

/** Elements of a list stand where the list does. */
export const standingInList = (parent: Standing): Standing => ({ ...parent, inside: isSecretPlace(parent) });

function namesSecret(holder: Readonly<Record<string, unknown>>): boolean {
  return ['name', 'Name', 'key', 'Key', 'variable'].some((key) => {
    const name = field(holder, key);
    return typeof name === 'string' && name.length <= 120 && isSecretName(name);
  });
}

/** Texts in a tree that are secret by mark or by name, to look for elsewhere too. @param marks `before_sensitive` of a plan */
export function secretTexts(value: unknown, marks: readonly unknown[], standing: Standing, depth = 0): string[] {
  if (depth > deepest) return [];
  if (marks.includes(true)) return allTexts(value, depth);
  if (Array.isArray(value)) {
    const inList = standingInList(standing);
    return value.flatMap((item, index) => secretTexts(item, marksAt(marks, index), inList, depth + 1));
  }
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([key, item]) =>
      secretTexts(item, marksAt(marks, key), standingOf(standing, value, key), depth + 1),
    );
  }
  return isSecretPlace(standing) ? allTexts(value, depth) : [];
}

/** What a text says that is JSON or YAML. */
export function documentsIn(text: string): unknown[] {
  const json = asJson(text) ?? asJsonText(text);
  if (json !== undefined) return [json];
  return mayNameSecrets(text) ? yamlDocuments(text) : [];
}

/** The texts in a document. */
export function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (depth > deepest || typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner, depth + 1));
}

function yamlDocuments(text: string): unknown[] {
  if (text.length > yamlLimit || !/^[ \t-]*["']?[A-Za-z_][\w."'-]*[ \t]*:(?:\s|$)/m.test(text)) return [];
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent' });
    if (!Array.isArray(documents)) return [];
    return documents.flatMap((document) =>
      document.errors.length > 0 ? [] : [document.toJS({ maxAliasCount: 50 }) as unknown],
    );
  } catch {
    return [];
  }
}

export function marksAt(marks: readonly unknown[], key: string | number): unknown[] {
  return marks.map((mark) => {
    if (Array.isArray(mark)) return mark[Number(key)] as unknown;
    return isRecord(mark) ? field(mark, String(key)) : mark === true;
  });
}

function allTexts(value: unknown, depth: number): string[] {
  if (depth > deepest) return [];
  if (typeof value === 'string') return textsToFind(value);
  if (typeof value === 'number') return textsToFind(String(value));
  if (Array.isArray(value)) return value.flatMap((item) => allTexts(item, depth + 1));
  return isRecord(value) ? Object.values(value).flatMap((item) => allTexts(item, depth + 1)) : [];
}

/** Lines too: texts are indented where they are put into others. */
function textsToFind(text: string): string[] {
  const lines = text.includes('\n') ? text.split('\n').slice(0, 200) : [];
  return [text, ...lines].map((line) => line.trim()).filter((line) => line.length >= shortest);
}
