import type { AttributeChange } from '../report';
import type { Path } from './build';
import { filesChanged } from './file-changes';
import type { Known } from './hide';
import { wordsFor } from './identity';
import { isReordered, matchLists, type Matching } from './match';
import { bothNothing, canonical, Document, fieldOf, isFields, isList, isNothing, type Node, Unknown } from './node';
import { present, presentName, presentPair } from './present';

/** Elements of a list that come or go one by one; the rest is counted. */
const elementLimit = 60;

/** A change with the paths that Terraform gives to its place on both sides. */
export interface Draft {
  readonly change: AttributeChange;
  readonly former: Path;
  readonly later: Path;
}

/** A place in both trees. */
export interface At {
  readonly path: string;
  readonly former: Path;
  readonly later: Path;
  readonly known: Known;
}

/** What differs between two values, by meaning. */
export function changesBetween(before: Node | undefined, after: Node | undefined, at: At): Draft[] {
  if (after instanceof Unknown) return unknownChange(before, after, at);
  if (bothNothing(before, after) || canonical(before) === canonical(after)) return [];
  if (before instanceof Document && after instanceof Document) return documentChanges(before, after, at);
  if (isFields(before) && isFields(after)) return fieldChanges(before, after, at);
  if (isList(before) && isList(after) && before.length + after.length > 0) return listChanges(before, after, at);
  return [draft(valueChange(before, after, at), at)];
}

export const draft = (change: AttributeChange, { former, later }: At): Draft => ({ change, former, later });

/** What only the provider knows of is left out: an update makes all of it unknown. */
function unknownChange(before: Node | undefined, after: Unknown, at: At): Draft[] {
  if (!after.configured) return [];
  return [draft(unknownValue(before, after, at), at)];
}

export function unknownValue(before: Node | undefined, after: Unknown, { path, known }: At): AttributeChange {
  if (isNothing(before)) return { path, change: 'added', unknown: after.text };
  return { path, change: 'changed', before: present(before, known), unknown: after.text };
}

function documentChanges(before: Document, after: Document, at: At): Draft[] {
  const changes = changesBetween(before.value, after.value, at);
  return changes.length > 0 ? changes : [draft(valueChange(before, after, at), at)];
}

function fieldChanges(before: Node, after: Node, at: At): Draft[] {
  if (!isFields(before) || !isFields(after)) return [];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const inside = { ...at, path: joined(at, key), former: [...at.former, key], later: [...at.later, key] };
    return changesBetween(fieldOf(before, key), fieldOf(after, key), inside);
  });
}

export function joined({ path, known }: Pick<At, 'path' | 'known'>, key: string): string {
  const name = presentName(key, known);
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}["${name}"]`;
  return path === '' ? name : `${path}.${name}`;
}

function listChanges(before: readonly Node[], after: readonly Node[], at: At): Draft[] {
  const matching = matchLists(before, after);
  const single = before.length === 1 && after.length === 1;
  const place = (node: Node, former: number | undefined, later: number | undefined): At => ({
    ...at,
    path: single ? at.path : elementPath(node, at),
    former: former === undefined ? at.former : [...at.former, former],
    later: later === undefined ? at.later : [...at.later, later],
  });
  return [
    ...orderChange(before, after, matching, at),
    ...matching.changed.flatMap(([former, later]) => {
      const [one = null, other = null] = [before[former], after[later]];
      return changesBetween(one, other, place(one, former, later));
    }),
    ...elements(before, matching.removed, (node, index) =>
      draft(removed(node, place(node, index, undefined)), place(node, index, undefined)),
    ),
    ...moreElements(matching, at),
    ...elements(after, matching.added, (node, index) => added(node, place(node, undefined, index))),
  ];
}

function elements<T>(list: readonly Node[], indices: readonly number[], make: (node: Node, index: number) => T): T[] {
  return indices.slice(0, elementLimit).map((index) => make(list[index] ?? null, index));
}

function moreElements({ removed: gone, added: come }: Matching, at: At): Draft[] {
  const more = (change: 'added' | 'removed', count: number): Draft[] =>
    count > elementLimit ? [draft({ path: `${at.path}[… ${count - elementLimit} more]`, change }, at)] : [];
  return [...more('removed', gone.length), ...more('added', come.length)];
}

function elementPath(node: Node, { path, known }: At): string {
  const words = wordsFor(node, path) ?? (node instanceof Unknown ? node.text : present(node, known));
  return `${path}[${presentName(words, known)}]`;
}

function orderChange(before: readonly Node[], after: readonly Node[], matching: Matching, at: At): Draft[] {
  if (!isReordered(matching)) return [];
  const names = (list: readonly Node[]): string =>
    list.slice(0, 50).map((node) => wordsFor(node, at.path) ?? present(node, at.known)).join(', '); // prettier-ignore
  const [one, other] = presentPair(names(before), names(after), at.known);
  return [draft({ path: at.path, change: 'order', before: one, after: other }, at)];
}

const removed = (node: Node, { path, known }: At): AttributeChange => ({
  path,
  change: 'removed',
  before: present(node, known),
});

const added = (node: Node, at: At): Draft =>
  draft(
    node instanceof Unknown
      ? { path: at.path, change: 'added', unknown: node.text }
      : { path: at.path, change: 'added', after: present(node, at.known) },
    at,
  );

/** One value in the place of another, without looking into them further. */
export function valueChange(before: Node | undefined, after: Node | undefined, { path, known }: At): AttributeChange {
  const files = filesChanged(before, after, path, known);
  const change = isNothing(before) ? 'added' : isNothing(after) ? 'removed' : 'changed';
  if (files) return { path, change, files };
  if (change === 'added') return { path, change, after: present(after, known) };
  if (change === 'removed') return { path, change, before: present(before, known) };
  const [one, other] = presentPair(before, after, known);
  return { path, change, before: one, after: other };
}
