import { isList } from '../values';
import { commonType, convert, isEqual } from './convert';
import { callFunction } from './functions';
import { refusePlanting } from './not-plantable';
import type { BinaryOperator, Node, Root } from './syntax';
import {
  attributeOf,
  bool,
  elementAt,
  elementsOf,
  nothing,
  number,
  numberIn,
  objectOf,
  tainted,
  text,
  tupleOf,
  withoutMarks,
  type Typed,
} from './typed';

/** What names in expressions stand for. Throws `NotPlantable` for one that stands for nothing. */
export type Lookup = (root: Root, name: string) => Typed;

/** The value of an expression. Throws `NotPlantable` where Terraform would fail, or may know more. */
export function evaluate(node: Node, lookup: Lookup, item: Typed = nothing): Typed {
  const value = (part: Node): Typed => evaluate(part, lookup, item);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'item':
      return item;
    case 'reference':
      return lookup(node.root, node.name);
    case 'template':
      return joined(node.parts.map(value));
    case 'tuple':
      return tupleOf(node.items.map(value));
    case 'object':
      return objectOf(node.items.map(([key, part]) => [keyOf(value(key)), value(part)]));
    case 'attribute':
      return attributeOf(value(node.of), node.name);
    case 'index':
      return indexed(value(node.of), value(node.key));
    case 'splat':
      return splat(value(node.of), (each) => evaluate(node.each, lookup, each));
    case 'call':
      return called(node.name, node.args.map(value), node.spread);
    case 'unary':
      return unary(node.operator, value(node.of));
    case 'binary':
      return binary(node.operator, value(node.left), value(node.right));
    case 'conditional':
      return chosen(value(node.condition), value(node.yes), value(node.no));
  }
}

function joined(parts: readonly Typed[]): Typed {
  return tainted(text(parts.map(textOf).join('')), parts);
}

/** A value as a text; null has none. */
function textOf(value: Typed): string {
  return (convert(value, 'string').value ?? refusePlanting('null in a text')) as string;
}

function keyOf(key: Typed): string {
  return key.marks.length > 0 ? refusePlanting('a sensitive key') : textOf(key);
}

function indexed(whole: Typed, key: Typed): Typed {
  if (key.marks.length > 0) refusePlanting('a sensitive index');
  return isList(whole.value)
    ? elementAt(whole, numberIn(convert(key, 'number').value))
    : attributeOf(whole, textOf(key));
}

function splat(whole: Typed, each: (item: Typed) => Typed): Typed {
  if (whole.value === null) return tupleOf([]);
  if (!isList(whole.value)) return tupleOf([each(whole)]);
  const items = elementsOf(whole).map(each);
  if (whole.type[0] === 'tuple') return tupleOf(items);
  return convert(tupleOf(items), ['list', items[0]?.type ?? refusePlanting('a splat of an empty list')]);
}

function called(name: string, args: readonly Typed[], spread: boolean): Typed {
  const all = spread ? [...args.slice(0, -1), ...elementsOf(args.at(-1) ?? nothing)] : args;
  return callFunction(name, all);
}

function unary(operator: '-' | '!', of: Typed): Typed {
  return tainted(operator === '-' ? computed(-operandOf(of)) : bool(!truth(of)), [of]);
}

function binary(operator: BinaryOperator, left: Typed, right: Typed): Typed {
  return tainted(computedBinary(operator, withoutMarks(left), withoutMarks(right)), [left, right]);
}

function computedBinary(operator: BinaryOperator, left: Typed, right: Typed): Typed {
  if (operator === '==') return bool(isEqual(left, right));
  if (operator === '!=') return bool(!isEqual(left, right));
  if (operator === '&&') return bool(truth(left) && truth(right));
  if (operator === '||') return bool(truth(left) || truth(right));
  const result = ARITHMETIC[operator](operandOf(left), operandOf(right));
  return typeof result === 'number' ? computed(result) : bool(result);
}

type Arithmetic = Exclude<BinaryOperator, '==' | '!=' | '&&' | '||'>;

const ARITHMETIC: Readonly<Record<Arithmetic, (a: number, b: number) => number | boolean>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Terraform counts with hundreds of digits; whole numbers are the same in both. */
function computed(result: number): Typed {
  return Number.isSafeInteger(result) ? number(result) : refusePlanting('a sum that is no whole number');
}

function operandOf(value: Typed): number {
  const { value: operand } = convert(value, 'number');
  return operand === null ? refusePlanting('a sum with null') : numberIn(operand);
}

function truth(value: Typed): boolean {
  return (convert(value, 'bool').value ?? refusePlanting('a condition that is null')) === true;
}

function chosen(condition: Typed, yes: Typed, no: Typed): Typed {
  const type = commonType([yes, no]) ?? refusePlanting('a condition with results of different types');
  return tainted(
    convert(truth(condition) ? yes : no, type),
    [condition].filter(({ marks }) => marks.length > 0),
  );
}

/** A condition of the configuration that must hold. */
export function holds(node: Node, lookup: Lookup): boolean {
  return truth(withoutMarks(evaluate(node, lookup)));
}
