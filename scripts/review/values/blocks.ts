import { isSecretName, mayNameSecrets } from './secret-names';

/** A key of YAML whose value is on the lines below: `password: |`, `tokens:`; at the start of a line or of a text in quotes. */
const key =
  /(^|["'])([ \t]*)((?:-[ \t]+)*)["']?([A-Za-z_][\w.-]{0,80})["']?[ \t]*:[ \t]*(?:[|>][-+\d]{0,3})?[ \t]*\r?$/;
/** A line ends, really or written as `\n`: see `Vault.separate`. */
const lineEnd = /(\n|\uE002\d+\uE003)/;

interface Line {
  readonly text: string;
  readonly end: string;
}

/** A text in which the lines below a secret key of YAML are replaced. */
export function replaceBlocks(text: string, replace: (secret: string) => string): string {
  if (!text.includes(':') || !mayNameSecrets(text)) return text;
  const lines = linesOf(text);
  const shown: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const { text: line = '', end = '' } = lines[index] ?? {};
    shown.push(line, end);
    const indent = indentOfSecret(lines, index);
    if (indent === undefined) continue;
    const next = endOfBlock(lines, index + 1, indent);
    shown.push(replaceBlock(lines.slice(index + 1, next), replace));
    index = next - 1;
  }
  return shown.join('');
}

function linesOf(text: string): Line[] {
  const parts = text.split(lineEnd);
  return parts.flatMap((part, index) => (index % 2 === 0 ? [{ text: part, end: parts[index + 1] ?? '' }] : []));
}

/** Columns that the lines below a secret key are deeper than; a text within a line begins anew. */
function indentOfSecret(lines: readonly Line[], index: number): number | undefined {
  const { text = '', end = '' } = lines[index] ?? {};
  const [, quote = '', indent = '', dashes = '', name] = key.exec(text.slice(-200)) ?? [];
  if (name === undefined || !isSecretName(name)) return undefined;
  const isInner = end !== '\n' && (lines[index - 1]?.end ?? '\n') === '\n';
  return quote !== '' || isInner ? 0 : indent.length + dashes.length;
}

function replaceBlock(lines: readonly Line[], replace: (secret: string) => string): string {
  const all = lines.map(({ text, end }) => `${text}${end}`).join('');
  const secret = all.slice(0, all.length - (lines.at(-1)?.end ?? '').length);
  const start = secret.search(/\S/);
  if (start < 0) return all;
  return `${secret.slice(0, start)}${replace(secret.slice(start))}${all.slice(secret.length)}`;
}

/** Deeper lines, empty ones between them, and items of a list that is not indented. */
function endOfBlock(lines: readonly Line[], start: number, indent: number): number {
  let end = start;
  for (let index = start; index < lines.length; index += 1) {
    const { text = '' } = lines[index] ?? {};
    const depth = text.search(/\S/);
    if (depth < 0) continue;
    if (depth < indent || (depth === indent && !/^[ \t]*-[ \t]/.test(text))) break;
    end = index + 1;
  }
  return end;
}
