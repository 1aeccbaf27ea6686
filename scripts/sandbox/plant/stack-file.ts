import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, isArray, type Json, type JsonObject } from './body';
import { refusePlanting } from './not-plantable';

export type Mode = 'managed' | 'data';

/** A resource or a data source of a stack, as its configuration has it. */
export interface Declared {
  readonly mode: Mode;
  readonly type: string;
  readonly name: string;
  /** As expressions name it, `data.` before it for a data source. */
  readonly address: string;
  readonly json: JsonObject;
}

/** The parts of `cdk.tf.json` that make up a stack. */
export interface StackFile {
  readonly declared: readonly Declared[];
  /** By name: `aws`, or `google.tokyo` with an alias. */
  readonly providers: ReadonlyMap<string, JsonObject>;
  /** Address without host by local name, in small letters: `hashicorp/aws`. */
  readonly sources: ReadonlyMap<string, string>;
  readonly variables: JsonObject;
  readonly locals: JsonObject;
  readonly outputs: JsonObject;
}

/** The provider of a resource, as the configuration names it; it is the first word of the type where nothing else is said. */
export function providerOf({ type, json: { provider } }: Declared): string {
  return typeof provider === 'string' ? provider : (type.split('_')[0] ?? type);
}

/** What belongs to a stack; of these, `moved` and `removed` mean nothing where there is no state yet. */
const SECTIONS = [
  '//',
  'terraform',
  'provider',
  'variable',
  'locals',
  'data',
  'resource',
  'output',
  'moved',
  'removed',
];
const SETTINGS = ['backend', 'required_providers', 'required_version'];
/** What Terraform would read beside `cdk.tf.json`. */
const OTHER_SOURCES = /(\.tf|\.tf\.json|\.tofu|\.tofu\.json|\.tfvars|\.tfvars\.json)$/;

/** Reads a synthesised stack. Throws `NotPlantable` for what only Terraform can do. */
export function readStack(folder: string): StackFile {
  const other = readdirSync(folder).find((name) => OTHER_SOURCES.test(name) && name !== 'cdk.tf.json');
  if (other !== undefined) refusePlanting(`the file ${other}`);
  const json = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as JsonObject;
  refuseOthers(json, SECTIONS);
  const terraform = objectAt(json, 'terraform');
  refuseOthers(terraform, SETTINGS);
  return {
    declared: [...declaredIn(objectAt(json, 'data'), 'data'), ...declaredIn(objectAt(json, 'resource'), 'managed')],
    providers: new Map(Object.entries(objectAt(json, 'provider')).flatMap(providersOf)),
    sources: sourcesOf(objectAt(terraform, 'required_providers')),
    variables: objectAt(json, 'variable'),
    locals: objectAt(json, 'locals'),
    outputs: objectAt(json, 'output'),
  };
}

function refuseOthers(json: JsonObject, known: readonly string[]): void {
  const other = Object.keys(json).find((name) => !known.includes(name));
  if (other !== undefined) refusePlanting(`the block ${other}`);
}

const objectAt = (json: JsonObject, name: string): JsonObject => asObject(json[name] ?? {}, name);

/** Sorted, so that what is made in turn is made in the same turn every time. */
function declaredIn(types: JsonObject, mode: Mode): readonly Declared[] {
  return Object.keys(types)
    .sort()
    .flatMap((type) => {
      const named = asObject(types[type], type);
      return Object.keys(named)
        .sort()
        .map((name) => {
          const address = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
          return { mode, type, name, address, json: asObject(named[name], address) };
        });
    });
}

function providersOf([local, json]: [string, Json]): readonly (readonly [string, JsonObject])[] {
  return (isArray(json) ? json : [json]).map((item) => {
    const { alias, ...block } = asObject(item, local);
    return [typeof alias === 'string' ? `${local}.${alias}` : local, block];
  });
}

function sourcesOf(required: JsonObject): ReadonlyMap<string, string> {
  const entries = Object.entries(required).map(([local, json]): [string, string] => {
    const { source } = asObject(json, local);
    const parts = (typeof source === 'string' ? source : local).toLowerCase().split('/');
    if (parts.length > 2 && parts[0] !== 'registry.terraform.io') refusePlanting(`a provider from ${parts[0]}`);
    return [local, parts.length === 1 ? `hashicorp/${parts[0]}` : parts.slice(-2).join('/')];
  });
  return new Map(entries);
}
