import type { Scope, SimulatedAttributes, SimulatedObject, SimulatedValue } from '../../constructs/contract/simulation';
import type { CloudObject } from './objects';
import type { Fields, Value } from './values';
import { Dynamic, isFields, isList, isUnknown, Precise, valuesAt } from './values';

/** What an adapter's functions see of an object; it follows changes of `fields`. */
export class View implements SimulatedObject {
  constructor(
    readonly type: string,
    readonly scope: Scope,
    private readonly fields: Fields,
    readonly id = '',
  ) {}

  get attributes(): SimulatedAttributes {
    return simulatedFields(this.fields);
  }

  value(path: string): SimulatedValue {
    const [first] = valuesAt(this.fields, path.split('.'));
    return first === undefined ? undefined : simulated(first);
  }

  text(path: string): string {
    const value = this.value(path);
    return value === null || value === undefined || typeof value === 'object' ? '' : String(value);
  }

  number(path: string): number {
    const value = this.value(path);
    return typeof value === 'number' || typeof value === 'string' ? Number(value) || 0 : 0;
  }

  flag(path: string): boolean {
    const value = this.value(path);
    return value === true || value === 'true';
  }

  all(path: string): readonly SimulatedValue[] {
    const values = valuesAt(this.fields, path.split('.')).flatMap((value) => (isList(value) ? value : [value]));
    return values.map(simulated).filter((value) => value !== null && value !== undefined);
  }

  blocks(path: string): readonly SimulatedAttributes[] {
    const values = valuesAt(this.fields, path.split('.')).flatMap((value) => (isList(value) ? value : [value]));
    return values.filter(isFields).map(simulatedFields);
  }
}

export function viewOf(object: CloudObject): View {
  return new View(object.type, object.scope, object.attributes, object.id);
}

/** A value as an adapter sees it: unknown is undefined, numbers are numbers. */
export function simulated(value: Value): SimulatedValue {
  if (isUnknown(value)) return undefined;
  if (value instanceof Precise) return Number(value.digits);
  if (value instanceof Dynamic) return simulated(value.value);
  if (isList(value)) return value.map(simulated);
  return isFields(value) ? simulatedFields(value) : value;
}

export function simulatedFields(fields: Fields): SimulatedAttributes {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, simulated(value)]));
}

/** An adapter's value as Terraform's; undefined is null. */
export function valueFrom(value: SimulatedValue): Value {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return (value as readonly SimulatedValue[]).map(valueFrom);
  if (typeof value !== 'object') return value;
  return fieldsFrom(value as SimulatedAttributes);
}

export function fieldsFrom(attributes: SimulatedAttributes): Fields {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, valueFrom(value)]));
}
