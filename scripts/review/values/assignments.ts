import { isSecretName, mayNameSecrets } from './secret-names';

/** A name and what stands between it and its value: `PASSWORD=`, `"token": `, `--secret `, `password is "`. */
const assignment =
  /(?<![A-Za-z0-9_.-])(?<flag>--?)?(?<name>[A-Za-z_][\w.-]{0,80})(?<sign>\\{0,64}["'`]?\]?[ \t]{0,8}(?::=|=>|[:=])[ \t]{0,8}|[ \t]{1,8}(?:is[ \t]{1,8})?)/g;
/** In quotes, which may themselves be escaped once or more, as in JSON within JSON. */
const quoted = /(?<quote>\\{0,64}["'`])(?<secret>[\s\S]{0,20000}?)(?<!\\)\k<quote>/y;
const unclosed = /\\{0,64}["'`](?<secret>[^\n]*)/y;
const restOfLine = /(?<secret>[^\n]+)/y;
const word = /(?<secret>[^\s"'`]+)/y;
const flagWord = /(?<secret>[^\s"'`-][^\s"'`]*)/y;

/** No secrets: switches, nothing, references to variables, and what is hidden already. */
const open =
  /^(?:true|false|null|none|nil|yes|no|on|off|~|undefined|unknown|\d{1,3}|\$\{[^}]*\}|\$[A-Z_][A-Z0-9_]*|\(sensitive(?:, another value)?\)|\(known after apply\)|[{}[\]()]+)[,;]?$/i;

/** A text in which the values of secret names are replaced, in whatever language it is written. */
export function replaceAssignments(text: string, replace: (secret: string) => string): string {
  if (!mayNameSecrets(text)) return text;
  const parts: string[] = [];
  let [from, named] = [0, false];
  assignment.lastIndex = 0;
  for (let match = assignment.exec(text); match; match = assignment.exec(text)) {
    const { name = '', flag = '' } = match.groups ?? {};
    if (naming.test(name)) named = namesSecret(text, match);
    const value = isSecretName(name) || (named && valuing.test(name)) ? valueAt(text, match) : undefined;
    if (value) {
      parts.push(text.slice(from, value.start), replace(value.secret));
      from = value.start + value.secret.length;
    }
    // A word that names nothing may be followed by one that does.
    assignment.lastIndex = value ? from : match.index + flag.length + name.length;
  }
  return `${parts.join('')}${text.slice(from)}`;
}

/** `name: DB_PASSWORD` and then `value: ...`. */
const naming = /^(?:name|key|variable)$/i;
const valuing = /^(?:value|values|default|content)$/i;

function namesSecret(text: string, match: RegExpExecArray): boolean {
  const start = match.index + match[0].length;
  const value = find(quoted, text, start) ?? find(word, text, start);
  return value !== undefined && value.secret.length <= 120 && isSecretName(value.secret);
}

interface Found {
  readonly start: number;
  readonly secret: string;
}

function valueAt(text: string, match: RegExpExecArray): Found | undefined {
  const start = match.index + match[0].length;
  const found = find(quoted, text, start) ?? find(unclosed, text, start) ?? unquotedAt(text, start, match);
  return found && !open.test(found.secret.trim()) && found.secret.trim() !== '' ? found : undefined;
}

function unquotedAt(text: string, start: number, match: RegExpExecArray): Found | undefined {
  const { sign = '', flag } = match.groups ?? {};
  if (/^[ \t]+(?:is[ \t]+)?$/.test(sign)) return flag ? find(flagWord, text, start) : undefined;
  return find(takesLine(text, match, sign) ? restOfLine : word, text, start);
}

/** `password: correct horse` of YAML, and lines of environment files. */
function takesLine(text: string, match: RegExpExecArray, sign: string): boolean {
  if (/[{[]/.test(text.charAt(match.index + match[0].length))) return false;
  if (/:[ \t]+$/.test(sign)) return true;
  const before = text.slice(Math.max(0, match.index - 80), match.index).replace(/^[\s\S]*[\n\uE003]/, '');
  return sign.includes('=') && /^[ \t]*(?:(?:export|set|setx|ENV|Environment=)[ \t]*)?$/.test(before);
}

function find(pattern: RegExp, text: string, start: number): Found | undefined {
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  const secret = match?.groups?.['secret'];
  if (!match || secret === undefined) return undefined;
  return { start: start + (match.groups?.['quote'] ?? quoteOf(match[0], secret)).length, secret };
}

const quoteOf = (all: string, secret: string): string => all.slice(0, all.length - secret.length);
