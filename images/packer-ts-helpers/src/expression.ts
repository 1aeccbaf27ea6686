import { TemplateError } from './problem';

/** Packer's types of values, as its type constraints write them. */
export type ValueType =
  'string' | 'number' | 'bool' | 'list(string)' | 'list(number)' | 'list(list(string))' | 'map(string)';

interface Literals {
  string: string;
  number: number;
  bool: boolean;
  'list(string)': readonly Value<'string'>[];
  'list(number)': readonly Value<'number'>[];
  'list(list(string))': readonly (readonly Value<'string'>[])[];
  'map(string)': Readonly<Record<string, Value<'string'>>>;
}

/** What fits where a value of a type is wanted: a literal, or an expression. Numbers and booleans become strings. */
export type Value<T extends ValueType> = Literals[T] | Expression<T extends 'string' ? Primitive : T>;
export type Primitive = 'string' | 'number' | 'bool';
const primitives: readonly ValueType[] = ['string', 'number', 'bool'];

/** `var.role`, `local.name`: what an expression needs to exist. */
export interface Reference {
  readonly scope: 'var' | 'local' | 'build';
  readonly name: string;
}

/** A piece of a value: literal text, or HCL that goes between `${` and `}`. */
export type Part = string | { readonly hcl: string };

/** A value that Packer computes. Made by `variable`, `local`, `build`, `text` and `hcl`, never by hand. */
export class Expression<T extends ValueType = ValueType> {
  constructor(
    readonly type: T,
    readonly parts: readonly Part[],
    readonly references: readonly Reference[],
  ) {}
}

/** Text as HCL reads it literally: `${` becomes `$${`, `%{` becomes `%%{`. */
export function escape(literal: string): string {
  return literal.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** An expression as HCL template text. */
export function printExpression({ parts }: Expression): string {
  return mergeLiterals(parts)
    .map((part, index, all) =>
      typeof part === 'string' ? printLiteral(part, index < all.length - 1) : `\${${part.hcl}}`,
    )
    .join('');
}

/** Dollars at the end of literal text would turn the `${` after them into an escape: they become an expression. */
function printLiteral(literal: string, expressionFollows: boolean): string {
  const dollars = expressionFollows ? (/\$*$/.exec(literal)?.[0] ?? '') : '';
  if (dollars === '') return escape(literal);
  return `${escape(literal.slice(0, -dollars.length))}\${"${dollars}"}`;
}

/** Escapes span what was written apart: `$` and `{` from two literals are one `${`. */
function mergeLiterals(parts: readonly Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged;
}

/**
 * Text with expressions in it: text`edge-${role}`. What is between them is literal, so `\${HOME}` reaches the shell.
 * Throws `TemplateError` for a value that is neither text nor a number nor an expression of a single value.
 */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Expression<Primitive>)[]
): Expression<'string'> {
  const references = values.flatMap((value) => (value instanceof Expression ? value.references : []));
  const parts = strings.flatMap((literal, index) => [literal, ...partsOf(values, index)]);
  return new Expression(
    'string',
    parts.filter((part) => part !== ''),
    references,
  );
}

function partsOf(values: readonly unknown[], index: number): readonly Part[] {
  if (index >= values.length) return [];
  const value = values[index];
  if (value instanceof Expression && primitives.includes(value.type)) return value.parts;
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  throw new TemplateError([
    {
      where: `text, value ${index + 1}`,
      what: value instanceof Expression ? `a ${value.type}` : String(value),
      why: 'text takes strings, numbers and expressions of one string, number or bool',
      fix: "Give one of these, or join a list by hcl('string', 'join(\",\", var.names)')",
    },
  ]);
}

/**
 * Any HCL expression, for what has no helper: `hcl('string', 'formatdate("YYYYMMDD", timestamp())')`. It is passed on
 * as it is; the variables and locals that it names must be in the template.
 */
export function hcl<T extends ValueType>(type: T, expression: string): Expression<T> {
  return new Expression(type, [{ hcl: expression }], findReferences(expression));
}

function findReferences(expression: string): Reference[] {
  const outsideStrings = expression.replaceAll(/"(?:[^"\\$]|\\.|\$(?!\{))*"/g, '""');
  const found = outsideStrings.matchAll(/(?<![\w.-])(var|local|build)\.([A-Za-z_][\w-]*)/g);
  return [...found].map(([, scope, name = '']) => ({ scope: scope as Reference['scope'], name }));
}

/** Whether an expression of a type may stand where another is wanted. */
export function fits(type: ValueType, wanted: ValueType): boolean {
  return type === wanted || (wanted === 'string' && primitives.includes(type));
}
