import type { BlockFacts, TypeFacts } from '../sandbox/facts';
import { Precise, toJson, type Value } from '../sandbox/values';
import type { Installation } from './installation';
import { probePlans } from './probe-plans';
import { probeRules } from './probe-rules';
import { blockWithoutProse, withoutProse } from './render';
import type { Rules } from './samples';
import { openSubject, type Subject } from './subject';
import type { MeasuredFacts, MeasuredRule, MeasuredType } from './types';
import { knownProviders, type Used } from './used';

export interface MeasureOptions {
  readonly used: Used;
  readonly installation: Installation;
  /** Folder for the provider's socket. */
  readonly folder: string;
  /** ISO 8601 date of the reading. */
  readonly date: string;
  /** Told each type before it is asked. */
  readonly note: (type: string) => void;
}

/** Asks an installed provider for the facts of the types that are used. Throws when it does not start. */
export async function measure({ used, installation, folder, date, note }: MeasureOptions): Promise<MeasuredFacts> {
  const { schema, binary } = installation;
  const known = knownProviders[used.name];
  const subject = await openSubject({
    binary,
    folder,
    block: schema.provider.block,
    configuration: known?.configuration,
  });
  try {
    const resources: Record<string, MeasuredType> = {};
    for (const name of [...used.resources].sort()) {
      const type = schema.resource_schemas[name];
      if (!type) continue;
      note(name);
      resources[name] = await measureType(subject, name, type, known?.configuration ?? {});
    }
    return {
      provider: known?.source ?? used.name,
      version: used.version,
      read: date,
      provider_config: blockWithoutProse(schema.provider.block),
      resources,
      data_sources: dataSources(used, schema.data_source_schemas),
    };
  } finally {
    subject.close();
  }
}

/** Names in `used.json` that the provider does not have. */
export function missingTypes(used: Used, { schema }: Installation): string[] {
  const resources = used.resources.filter((name) => !schema.resource_schemas[name]);
  const data = used.dataSources.filter((name) => !schema.data_source_schemas[name]);
  return [...resources, ...data.map((name) => `data ${name}`)];
}

function dataSources(used: Used, schemas: Readonly<Record<string, TypeFacts>>): Record<string, TypeFacts> {
  const found = [...used.dataSources].sort().flatMap((name) => {
    const type = schemas[name];
    return type ? [[name, withoutProse(type)] as const] : [];
  });
  return Object.fromEntries(found);
}

type Configuration = Readonly<Record<string, string | boolean>>;

async function measureType(
  subject: Subject,
  name: string,
  type: TypeFacts,
  configuration: Configuration,
): Promise<MeasuredType> {
  const { version, block } = withoutProse(type);
  const rules = await probeRules(subject, name, block);
  const observed = await probePlans(subject, name, block, rules);
  const { top, inner } = splitDefaults(block, withoutConfiguration(observed.defaults, configuration));
  const all = withDefaults(rules, inner);
  return {
    version,
    block,
    ...(observed.force_new.length > 0 && { force_new: observed.force_new }),
    ...(Object.keys(top).length > 0 && { defaults: top }),
    ...(Object.keys(all).length > 0 && { rules: all }),
    ...(observed.computed_blocks.length > 0 && { computed_blocks: observed.computed_blocks }),
    ...(observed.unprobed.length > 0 && { unprobed: observed.unprobed }),
  };
}

type Values = Record<string, Value>;

/** What a resource takes from the made-up configuration of its provider is no default of its own. */
function withoutConfiguration(defaults: Readonly<Values>, configuration: Configuration): Values {
  const configured = Object.values(configuration).filter((value) => typeof value === 'string');
  const isConfigured = (value: Value): boolean =>
    configured.some((text) => value === text) || JSON.stringify(toJson(value)).includes('made-up');
  return Object.fromEntries(Object.entries(defaults).filter(([, value]) => !isConfigured(value)));
}

/** Defaults of the type's own attributes have a place of theirs; those in blocks are rules of their paths. */
function splitDefaults(block: BlockFacts, defaults: Readonly<Values>): { top: Values; inner: Values } {
  const own = Object.entries(defaults).filter(([path]) => block.attributes?.[path]);
  const inner = Object.entries(defaults).filter(([path]) => !block.attributes?.[path]);
  const plain = (some: [string, Value][]): Values =>
    Object.fromEntries(some.map(([path, value]) => [path, plainOf(value)]));
  return { top: plain(own), inner: plain(inner) };
}

function withDefaults(rules: Rules, defaults: Readonly<Values>): Rules {
  const all: Record<string, MeasuredRule> = { ...rules };
  for (const [path, value] of Object.entries(defaults)) all[path] = { ...all[path], default: value };
  return all;
}

/** Facts hold no number that a double does not, but for the last digit of a fraction. */
function plainOf(value: Value): Value {
  return value instanceof Precise ? Number(value.digits) : (toJson(value) as Value);
}
