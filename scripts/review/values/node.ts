import { Hidden } from './hidden';
import type { FileContent } from './user-data';

/** Known only after the apply. */
export class Unknown {
  constructor(
    /** Whether the configuration says anything of it, or only the provider does. */
    readonly configured: boolean,
    /** References in the configuration from which it comes. */
    readonly from: readonly string[] = [],
  ) {}

  get text(): string {
    return this.from.length > 0 ? `known after apply, from ${listed(this.from)}` : 'known after apply';
  }
}

/** A text that is JSON. */
export class Document {
  constructor(readonly value: Node) {}
}

/** User data as the files that it makes. */
export class Files {
  constructor(
    /** With their secrets: hiding takes time, and most files stay. */
    readonly contents: ReadonlyMap<string, FileContent>,
    /** The text that it was, without secrets. */
    readonly text: () => string | Hidden,
  ) {}
}

/** A value of a plan, without its secrets, its texts unpacked. */
export type Node =
  | null
  | boolean
  | number
  | string
  | Hidden
  | Unknown
  | Document
  | Files
  | readonly Node[]
  | { readonly [key: string]: Node };

export type Fields = Readonly<Record<string, Node>>;

export function isFields(node: Node | undefined): node is Fields {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && !isSpecial(node);
}

export function isList(node: Node | undefined): node is readonly Node[] {
  return Array.isArray(node);
}

export function fieldOf(fields: Fields, key: string): Node | undefined {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

const isSpecial = (node: unknown): boolean =>
  node instanceof Hidden || node instanceof Unknown || node instanceof Document || node instanceof Files;

/** No value: absent, null or empty, all of which providers of the old SDK write for the same. */
export function isNothing(node: Node | undefined): boolean {
  if (node === undefined || node === null || node === '') return true;
  if (isList(node)) return node.length === 0;
  return isFields(node) && Object.values(node).every(isNothing);
}

/** Whether two values differ only in how they say that there is nothing. */
export function bothNothing(before: Node | undefined, after: Node | undefined): boolean {
  if (isNothing(before)) return isNothing(after) || ((before ?? null) === null && isZero(after));
  return isNothing(after) && (after ?? null) === null && isZero(before);
}

const isZero = (node: Node | undefined): boolean => node === false || node === 0 || node === '0' || node === 'false';

/** For comparing and for nothing else: it holds the secrets. */
export function canonical(node: Node | undefined): string {
  if (node instanceof Hidden) return JSON.stringify(node.identity);
  if (node instanceof Document) return canonical(node.value);
  if (node instanceof Files) return canonicalFiles(node);
  if (node instanceof Unknown) return 'unknown';
  if (isList(node)) return `[${node.map(canonical).join(',')}]`;
  if (isFields(node)) return canonicalFields(node);
  return JSON.stringify(node ?? null);
}

function canonicalFields(fields: Fields): string {
  const keys = Object.keys(fields).filter((key) => !isNothing(fields[key]));
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`)
    .join(',')}}`;
}

function canonicalFiles({ contents }: Files): string {
  const entries = [...contents].sort(([one], [other]) => (one < other ? -1 : 1));
  return `files${JSON.stringify(entries)}`;
}

function listed(references: readonly string[]): string {
  const most = 3;
  const rest = references.length - most;
  return `${references.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
