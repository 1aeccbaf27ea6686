import { buildNode } from './build';
import { secretTexts } from './collect';
import { visibleMessage } from './foreign';
import { Hidden, textOf } from './hidden';
import { hide, knownSecrets } from './hide';
import { Document, Files, isFields, isList, type Node, Unknown } from './node';

/** What is known of a value beside itself. */
export interface MaskedPlace {
  /** `before_sensitive` or `after_sensitive` of the same place. */
  readonly sensitive?: unknown;
  /** Name of the attribute or output. */
  readonly name?: string;
  /** Type of the resource. */
  readonly type?: string;
  /** Secrets known from elsewhere. */
  readonly secrets?: Iterable<string>;
}

/** A value of a plan as plain JSON in which nothing secret is left. Texts may hold foreign characters: see `visible`. */
export function maskValue(value: unknown, place: MaskedPlace = {}): unknown {
  const { sensitive, name = '', type = '', secrets = [] } = place;
  const standing = { name, type };
  const known = knownSecrets([...secretTexts(value, [sensitive], standing), ...secrets]);
  const node = buildNode({ value, marks: [sensitive], unknown: undefined, path: [], standing }, { known });
  return plain(node ?? null);
}

/** Free text, such as a message of Terraform, without secrets and without anything that cannot be seen. */
export function maskText(text: string, secrets: Iterable<string> = []): string {
  return visibleMessage(textOf(hide(visibleMessage(text), knownSecrets(secrets))));
}

function plain(node: Node): unknown {
  if (node instanceof Hidden) return node.text;
  if (node instanceof Document) return JSON.stringify(plain(node.value));
  if (node instanceof Files) return textOf(node.text());
  if (node instanceof Unknown) return null;
  if (isList(node)) return node.map(plain);
  if (isFields(node))
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [textOf(hide(key)), plain(inner)]));
  return node;
}
