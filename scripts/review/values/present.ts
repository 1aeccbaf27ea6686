import { looksAlike, spelledOut, visible } from './foreign';
import { Hidden, textOf } from './hidden';
import { hide, type Known } from './hide';
import { Document, Files, isFields, isList, isNothing, type Node, Unknown } from './node';
import { shorten, shortenPair } from './shorten';

/** Characters of one value of an attribute. */
export const valueLimit = 200;
const nameLimit = 80;

/** A value as text for people, not shortened. */
function describe(node: Node | undefined, former?: Node): string {
  if (node instanceof Hidden) return node.textAfter(isText(former) ? former : undefined);
  if (node instanceof Unknown) return `(${node.text})`;
  if (node instanceof Document) return describe(node.value);
  if (node instanceof Files) return `${node.contents.size} ${node.contents.size === 1 ? 'file' : 'files'}`;
  if (typeof node === 'string') return /[\n\t]/.test(node) || node === '' ? JSON.stringify(node) : node;
  return JSON.stringify(toPlain(node ?? null)) ?? 'null';
}

const isText = (node: Node | undefined): node is string | Hidden => typeof node === 'string' || node instanceof Hidden;

/** Without what is nothing, and without what only the provider knows. */
function toPlain(node: Node): unknown {
  if (isList(node)) return node.map(toPlain);
  if (!isFields(node)) return node instanceof Hidden || isPlain(node) ? node : describe(node);
  const entries = Object.entries(node).filter(([, inner]) => !isNothing(inner) && !isUnconfigured(inner));
  return Object.fromEntries(entries.map(([key, inner]) => [key, toPlain(inner)]));
}

const isPlain = (node: Node): boolean => typeof node !== 'object' || node === null;

const isUnconfigured = (node: Node): boolean => node instanceof Unknown && !node.configured;

/** One value, short. */
export function present(node: Node | undefined, known: Known): string {
  return shorten(clean(describe(node), known), valueLimit);
}

/** Two different values, short, and never the same text. */
export function presentPair(
  before: Node | undefined,
  after: Node | undefined,
  known: Known,
): readonly [string, string] {
  const [text, otherText] = [clean(describe(before), known), clean(describe(after, before), known)];
  const [one, other] = text === otherText ? quoted(text, before, after) : distinct(text, otherText);
  return shortenPair(one, other, valueLimit);
}

/** `5` and `"5"`. */
function quoted(text: string, before: Node | undefined, after: Node | undefined): readonly [string, string] {
  const isQuoted = typeof before === 'string';
  if (isQuoted === (typeof after === 'string')) return [text, `${text} (another value)`];
  return isQuoted ? [JSON.stringify(text), text] : [text, JSON.stringify(text)];
}

function distinct(before: string, after: string): readonly [string, string] {
  if (!looksAlike(before, after)) return [before, after];
  const [one, other] = [spelledOut(JSON.stringify(before)), spelledOut(JSON.stringify(after))];
  return one === other ? [before, `${after} (another value)`] : [one, other];
}

/** A name or key in a path. */
export function presentName(name: string, known: Known): string {
  return shorten(clean(name, known), nameLimit).replace(/\s+/g, ' ');
}

/** Once more in the whole: keys may be secrets too. */
const clean = (text: string, known: Known): string => visible(textOf(hide(text, known)));
