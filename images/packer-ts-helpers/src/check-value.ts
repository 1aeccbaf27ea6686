import { Expression, fits, type Reference, type ValueType } from './expression';
import type { TemplateProblem } from './problem';

/** Collects problems, and says which references may be used where the check is. */
export interface Check {
  readonly report: (problem: TemplateProblem) => void;
  /** Why a reference may not be used here, or undefined where it may. */
  readonly refuse: (reference: Reference) => { why: string; fix: string } | undefined;
}

/** Reports a value that is not of the type, or an expression that names what does not exist. */
export function checkValue(check: Check, where: string, value: unknown, type: ValueType): void {
  if (value instanceof Expression) return checkExpression(check, where, value, type);
  if (isPrimitive(type)) return checkPrimitive(check, where, value, type);
  if (type === 'map(string)') return checkMap(check, where, value);
  return checkList(check, where, value, type.slice('list('.length, -1) as ValueType);
}

function checkExpression(check: Check, where: string, value: Expression, type: ValueType): void {
  if (!fits(value.type, type)) reportType(check, where, `an expression of type ${value.type}`, type);
  for (const reference of value.references) {
    const refused = check.refuse(reference);
    if (refused) check.report({ where, what: `${reference.scope}.${reference.name}`, ...refused });
  }
}

function checkPrimitive(check: Check, where: string, value: unknown, type: ValueType): void {
  const wanted = type === 'bool' ? 'boolean' : type;
  if (typeof value !== wanted) return reportType(check, where, describe(value), type);
  if (typeof value === 'number' && !Number.isFinite(value)) reportType(check, where, String(value), type);
}

function checkMap(check: Check, where: string, value: unknown): void {
  if (!isRecord(value)) return reportType(check, where, describe(value), 'map(string)');
  for (const [key, entry] of Object.entries(value)) checkValue(check, `${where}.${key}`, entry, 'string');
}

function checkList(check: Check, where: string, value: unknown, type: ValueType): void {
  if (!Array.isArray(value)) return reportType(check, where, describe(value), `list(${type})` as ValueType);
  value.forEach((entry, index) => checkValue(check, `${where}[${index}]`, entry, type));
}

function reportType({ report }: Check, where: string, what: string, type: ValueType): void {
  report({ where, what, why: `Packer takes a ${type} here`, fix: `Give a ${type}, or an expression of that type` });
}

/** A plain object: not a list, not an expression, not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Expression);
}

export function isPrimitive(type: ValueType): boolean {
  return type === 'string' || type === 'number' || type === 'bool';
}

/** A value as an error shows it, shortened to 60 characters. */
export function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
