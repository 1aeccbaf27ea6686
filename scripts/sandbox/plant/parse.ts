import { Reader } from './reader';
import type { BinaryOperator, Node } from './syntax';
import { bool, nothing, number, text } from './typed';

const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(\.\d+)?([eE][+-]?\d+)?/y;
/** A double holds any decimal of so many digits. */
const MOST_DIGITS = 15;
/** Roots that mean something only in modules, loops and files. */
const FOREIGN = new Set(['path', 'terraform', 'each', 'count', 'module', 'ephemeral']);

const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** A text of a JSON configuration: a template, or one expression alone, which keeps its type. Throws `NotPlantable`. */
export function parseTemplate(source: string): Node {
  if (!source.includes('${') && !source.includes('%{')) return literal(source);
  return templateOf(partsUntil(new Reader(source), undefined));
}

/** An address in a list such as `depends_on`: an expression without `${}` around it. */
export function parseAddress(source: string): Node {
  const reader = new Reader(source.replace(/^\$\{(.*)\}$/s, '$1'));
  const node = expression(reader);
  return reader.atEnd ? node : reader.refuse('more than an address');
}

const literal = (value: string): Node => ({ kind: 'literal', value: text(value) });

function templateOf(parts: readonly Node[]): Node {
  const [only] = parts;
  if (only === undefined) return literal('');
  return parts.length === 1 ? only : { kind: 'template', parts };
}

/** Texts and expressions in turn, up to the closing quote of a quoted text or the end of the whole. */
function partsUntil(reader: Reader, quote: '"' | undefined): readonly Node[] {
  const parts: Node[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain) parts.push(literal(plain));
    plain = '';
  };
  while (quote ? !reader.takes(quote) : !reader.atEnd) {
    if (reader.takes('$${')) plain += '${';
    else if (reader.takes('%%{')) plain += '%{';
    else if (reader.sees('%{') || reader.sees('${~')) reader.refuse('a directive in a template');
    else if (reader.takes('${')) {
      flush();
      parts.push(expression(reader));
      reader.expect('}');
    } else {
      const letter = reader.next();
      plain += quote && letter === '\\' ? reader.escaped() : letter;
    }
  }
  flush();
  return parts;
}

/** One expression with the space around it. */
function expression(reader: Reader): Node {
  const condition = binary(reader, 0);
  if (!reader.takes('?')) return condition;
  const yes = expression(reader);
  reader.expect(':');
  return { kind: 'conditional', condition, yes, no: expression(reader) };
}

function binary(reader: Reader, level: number): Node {
  const operators = LEVELS[level];
  if (!operators) return operand(reader);
  let left = binary(reader, level + 1);
  for (;;) {
    const operator = operators.find((candidate) => reader.takes(candidate));
    if (!operator) return left;
    left = { kind: 'binary', operator, left, right: binary(reader, level + 1) };
  }
}

function operand(reader: Reader): Node {
  reader.skipSpace();
  const operator = (['-', '!'] as const).find((candidate) => reader.takes(candidate));
  if (operator) return { kind: 'unary', operator, of: operand(reader) };
  const node = followed(reader, primary(reader));
  reader.skipSpace();
  return node;
}

function primary(reader: Reader): Node {
  if (reader.takes('(')) return closed(reader, expression(reader), ')');
  if (reader.takes('"')) return templateOf(partsUntil(reader, '"'));
  if (reader.takes('[')) return { kind: 'tuple', items: list(reader, ']', expression).items };
  if (reader.takes('{')) return { kind: 'object', items: list(reader, '}', member).items };
  const digits = reader.takesPattern(NUMBER);
  if (digits !== undefined && digits.length > MOST_DIGITS) reader.refuse('the number, which is too long');
  if (digits !== undefined) return { kind: 'literal', value: number(Number(digits)) };
  const name = reader.takesPattern(NAME);
  return name === undefined ? reader.refuse('something else than a value') : named(reader, name);
}

function closed(reader: Reader, node: Node, end: string): Node {
  reader.expect(end);
  return node;
}

interface Listed<T> {
  readonly items: readonly T[];
  /** Whether the last item has `...` behind it. */
  readonly spread: boolean;
}

function list<T>(reader: Reader, end: string, read: (reader: Reader) => T): Listed<T> {
  const items: T[] = [];
  for (reader.skipSpace(); !reader.takes(end); reader.skipSpace()) {
    if (reader.takesPattern(/for\s/y)) reader.refuse('a for expression');
    items.push(read(reader));
    if (reader.takes('...')) {
      reader.skipSpace();
      reader.expect(end);
      return { items, spread: true };
    }
    // In an object a new line separates as a comma does; its items cannot be taken for anything else.
    if (!reader.takes(',') && end !== '}' && !reader.sees(end)) reader.refuse(`"${end}" is expected`);
  }
  return { items, spread: false };
}

function member(reader: Reader): readonly [Node, Node] {
  const key = memberKey(reader);
  reader.skipSpace();
  if (!reader.takes(':')) reader.expect('=');
  return [key, expression(reader)];
}

function memberKey(reader: Reader): Node {
  if (reader.takes('(')) return closed(reader, expression(reader), ')');
  if (reader.takes('"')) return templateOf(partsUntil(reader, '"'));
  const name = reader.takesPattern(NAME) ?? reader.takesPattern(NUMBER);
  return name === undefined ? reader.refuse('a key of an object') : literal(name);
}

function named(reader: Reader, name: string): Node {
  if (name === 'null') return { kind: 'literal', value: nothing };
  if (name === 'true' || name === 'false') return { kind: 'literal', value: bool(name === 'true') };
  if (reader.takes('(')) {
    const { items, spread } = list(reader, ')', expression);
    return { kind: 'call', name, args: items, spread };
  }
  if (FOREIGN.has(name)) reader.refuse(`${name}.`);
  if (name === 'self') return { kind: 'reference', root: 'self', name };
  if (name === 'var' || name === 'local') return { kind: 'reference', root: name, name: part(reader) };
  if (name === 'data') return { kind: 'reference', root: 'data', name: `${part(reader)}.${part(reader)}` };
  return { kind: 'reference', root: 'resource', name: `${name}.${part(reader)}` };
}

function part(reader: Reader): string {
  reader.expect('.');
  return reader.takesPattern(NAME) ?? reader.refuse('a name is expected');
}

/** Attributes, elements and splats behind a value. */
function followed(reader: Reader, start: Node): Node {
  let node = start;
  for (;;) {
    if (reader.takes('[*]')) return { kind: 'splat', of: node, each: followed(reader, { kind: 'item' }) };
    if (reader.takes('.*')) {
      const each = attributes(reader, { kind: 'item' });
      node = { kind: 'splat', of: node, each };
    } else if (reader.takes('[')) node = { kind: 'index', of: node, key: closed(reader, expression(reader), ']') };
    else if (reader.sees('.') && !reader.sees('...')) node = attributes(reader, node);
    else return node;
  }
}

function attributes(reader: Reader, start: Node): Node {
  let node = start;
  while (reader.sees('.') && !reader.sees('...') && !reader.sees('.*')) {
    reader.expect('.');
    const name = reader.takesPattern(NAME) ?? reader.takesPattern(/\d+/y) ?? reader.refuse('a name is expected');
    node = { kind: 'attribute', of: node, name };
  }
  return node;
}
