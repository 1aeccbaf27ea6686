import type { FileDiff } from '../report';
import { fileDiff, type FileText } from './files';
import { Hidden, identityOf, textOf } from './hidden';
import { hide, type Known, secretsInFiles } from './hide';
import { Files, isNothing, type Node } from './node';
import { presentName } from './present';
import type { FileContent } from './user-data';

/** Files of one attribute that are shown; the rest is counted. */
const fileLimit = 40;

/** Contents as they are, or a text whose secrets are hidden already. */
type Contents = ReadonlyMap<string, FileContent | Hidden>;

/** User data file by file, and texts of several lines as one file; undefined where a value is neither. */
export function filesChanged(
  before: Node | undefined,
  after: Node | undefined,
  path: string,
  known: Known,
): FileDiff[] | undefined {
  const [one, other] = [filesIn(before, path), filesIn(after, path)];
  if (!one || !other || (one.size === 0 && other.size === 0)) return undefined;
  const all = [...new Set([...one.keys(), ...other.keys()])].sort();
  const names = all.filter((name) => identity(one.get(name)) !== identity(other.get(name)));
  const shown = names.slice(0, fileLimit);
  const secrets = secretsInFiles(
    shown.flatMap((name) => [one.get(name), other.get(name)]),
    known,
  );
  const diffs = shown.flatMap((name) => {
    const file = presentName(name, known);
    return fileDiff(file, hidden(one.get(name), secrets), hidden(other.get(name), secrets)) ?? [];
  });
  const rest = names.length - shown.length;
  return rest > 0 ? [...diffs, { file: `${rest} more files`, change: 'changed', diff: '' }] : diffs;
}

const hidden = (content: FileContent | Hidden | undefined, known: Known): FileText | undefined =>
  typeof content === 'string' ? hide(content, known) : content;

const identity = (content: FileContent | Hidden | undefined): string | undefined =>
  typeof content === 'string' || content instanceof Hidden ? identityOf(content) : content?.identity;

function filesIn(node: Node | undefined, path: string): Contents | undefined {
  if (node instanceof Files) return node.contents;
  if (isNothing(node)) return new Map();
  if (!(typeof node === 'string' || node instanceof Hidden)) return undefined;
  return textOf(node).trimEnd().includes('\n') ? new Map([[path, node]]) : undefined;
}
