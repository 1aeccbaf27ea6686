import type { Path } from './build';
import { fieldOf, isFields, isList, type Node, Unknown } from './node';
import { present, presentPair } from './present';
import { type At, type Draft, draft, joined } from './walk';

/** `replace_paths` of a plan, as far as they are paths. */
export function pathsIn(value: unknown): Path[] {
  if (!Array.isArray(value)) return [];
  return value.filter((path): path is (string | number)[] => Array.isArray(path) && path.every(isStep));
}

const isStep = (step: unknown): boolean => typeof step === 'string' || typeof step === 'number';

/** Changes marked that force a replacement; a path for which there is none gets its own. */
export function markForcing(
  drafts: readonly Draft[],
  paths: readonly Path[],
  before: Node | undefined,
  after: Node | undefined,
  at: At,
): Draft[] {
  const marked = drafts.map((one) => (paths.some((path) => isAt(one, path)) ? forcing(one) : one));
  const silent = paths.filter((path) => !drafts.some((one) => isAt(one, path)));
  return [...marked, ...silent.map((path) => forcing(changeAt(path, before, after, at)))];
}

const forcing = ({ change, ...rest }: Draft): Draft => ({ ...rest, change: { ...change, forces: true } });

function isAt({ change, former, later }: Draft, path: Path): boolean {
  if (isWithin(former, path) || isWithin(later, path)) return true;
  return change.change !== 'order' && (isWithin(path, former) || isWithin(path, later));
}

const isWithin = (path: Path, of: Path): boolean => of.every((step, index) => String(path[index]) === String(step));

/** Forced by what is no change by meaning, such as null for an empty text, or by what only the provider knows. */
function changeAt(raw: Path, before: Node | undefined, after: Node | undefined, root: At): Draft {
  const at: At = { ...root, path: namesOf(raw, before, after, root), former: raw, later: raw };
  const [one, other] = [nodeAt(before, raw), nodeAt(after, raw)];
  const { path, known } = at;
  if (other instanceof Unknown)
    return draft({ path, change: 'changed', before: present(one, known), unknown: other.text }, at);
  const [text, otherText] = presentPair(one, other, known);
  return draft({ path, change: 'changed', before: text, after: otherText }, at);
}

function nodeAt(node: Node | undefined, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((inner, step) => {
    if (isList(inner)) return inner[Number(step)];
    return isFields(inner) ? fieldOf(inner, String(step)) : inner;
  }, node);
}

/** The only element of a list needs no index. */
function namesOf(raw: Path, before: Node | undefined, after: Node | undefined, { known }: At): string {
  return raw.reduce<string>((path, step, index) => {
    if (typeof step === 'string') return joined({ path, known }, step);
    const lists = [before, after].map((node) => nodeAt(node, raw.slice(0, index)));
    return lists.every((list) => isList(list) && list.length === 1) ? path : `${path}[${step}]`;
  }, '');
}
