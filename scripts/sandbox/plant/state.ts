import { renameSync, writeFileSync } from 'node:fs';
import { Dynamic, isFields, isList, Precise, type Type, type Value } from '../values';
import { refusePlanting } from './not-plantable';
import { pathsInState } from './sensitive';
import type { Declared } from './stack-file';
import type { Typed } from './typed';

/** An object as it goes into a state file. */
export interface Instance {
  readonly declared: Declared;
  /** As states name providers: `provider["registry.terraform.io/hashicorp/aws"]`. */
  readonly provider: string;
  readonly schemaVersion: number;
  readonly value: Typed;
  readonly private?: Uint8Array | undefined;
  readonly dependencies: readonly string[];
  readonly createBeforeDestroy: boolean;
}

export interface Output {
  readonly value: Typed;
  readonly sensitive: boolean;
}

export interface State {
  readonly terraformVersion: string;
  readonly lineage: string;
  readonly outputs: Readonly<Record<string, Output>>;
  readonly instances: readonly Instance[];
}

/** Writes a state file (format version 4), whole or not at all. */
export function writeState(file: string, state: State): void {
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(documentOf(state), null, 2)}\n`);
  renameSync(`${file}.${process.pid}`, file);
}

/** Throws `NotPlantable` for values that JavaScript cannot write as they are. */
export function documentOf({ terraformVersion, lineage, outputs, instances }: State): object {
  return {
    ...{ version: 4, terraform_version: terraformVersion, serial: 1, lineage },
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, outputOf(output)])),
    resources: [...instances].sort(byAddress).map(resourceOf),
    check_results: null,
  };
}

function outputOf({ value: { type, value }, sensitive }: Output): object {
  return { value: stateJson(value), type, ...(sensitive ? { sensitive } : {}) };
}

function byAddress({ declared: a }: Instance, { declared: b }: Instance): number {
  const [one, other] = [a, b].map(({ mode, type, name }) => `${mode} ${type} ${name}`) as [string, string];
  return one < other ? -1 : 1;
}

function resourceOf(instance: Instance): object {
  const { mode, type, name } = instance.declared;
  return { mode, type, name, provider: instance.provider, instances: [instanceOf(instance)] };
}

function instanceOf(instance: Instance): object {
  const { value, dependencies } = instance;
  const isManaged = instance.declared.mode === 'managed';
  return {
    schema_version: instance.schemaVersion,
    attributes: stateJson(value.value),
    sensitive_attributes: pathsInState(value.marks, value.type, value.value),
    ...(instance.private ? { private: Buffer.from(instance.private).toString('base64') } : {}),
    ...(isManaged && dependencies.length ? { dependencies } : {}),
    ...(isManaged && instance.createBeforeDestroy ? { create_before_destroy: true } : {}),
  };
}

/** A value as states hold it: one of an open type with its type. */
export function stateJson(value: Value): unknown {
  if (value instanceof Dynamic) return { value: stateJson(value.value), type: value.type };
  if (value instanceof Precise) return numberOf(value.digits);
  if (isList(value)) return value.map(stateJson);
  if (!isFields(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, stateJson(value[name] ?? null)]));
}

function numberOf(digits: string): number {
  return String(Number(digits)) === digits ? Number(digits) : refusePlanting(`the number ${digits}`);
}

/** What a state file exports, by name. */
export type StateOutputs = Readonly<Record<string, { readonly value: unknown; readonly type: Type }>>;
