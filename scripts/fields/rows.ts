/** The parts of JSON Schema that topologies use. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
}

/** One field as a line of the table. */
export interface FieldRow {
  readonly path: string;
  readonly form: string;
  readonly required: boolean;
  readonly meaning: string;
}

/** Every field below a schema, in the order in which it is written. */
export function rowsOf(schema: Schema, path = ''): FieldRow[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    rowOf(field, join(path, name), required.has(name)),
    ...rowsBelow(field, join(path, name)),
  ]);
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

function rowOf(field: Schema, path: string, required: boolean): FieldRow {
  const choices = field.anyOf?.map(({ description }) => description).filter(Boolean) ?? [];
  const items = Array.isArray(field.items) ? '' : ((field.items as Schema | undefined)?.description ?? '');
  return { path, form: formOf(field), required, meaning: field.description ?? (choices.join(' ') || items) };
}

function rowsBelow(field: Schema, path: string): FieldRow[] {
  if (field.properties) return rowsOf(field, path);
  const [value] = Object.values(field.patternProperties ?? {});
  if (value) return rowsBelow(value, `${path}.<key>`);
  if (field.items && !Array.isArray(field.items)) return rowsBelow(field.items as Schema, `${path}[]`);
  const variants = field.anyOf?.filter((variant) => variant.properties) ?? [];
  return variants.flatMap((variant) => rowsOf(variant, `${path}${tagOf(variant)}`));
}

/** Which of several forms a field belongs to: `(kind vpn)`. */
function tagOf({ properties = {} }: Schema): string {
  const tag = Object.entries(properties).find(([, { const: value }]) => value !== undefined);
  return tag ? ` (${tag[0]} ${String(tag[1].const)})` : ' (otherwise)';
}

const anyKey = /^\^\(\.\*\)\$$/;

function formOf(field: Schema): string {
  if (field.const !== undefined) return `\`${JSON.stringify(field.const)}\``;
  if (field.anyOf) return [...new Set(field.anyOf.map(formOf))].join(' or ');
  const [key, value] = Object.entries(field.patternProperties ?? {})[0] ?? [];
  if (key !== undefined && value) return `map, keys${anyKey.test(key) ? ' of any form' : ` \`${key}\``}`;
  if (field.properties) return 'object';
  if (Array.isArray(field.items)) return `list of ${field.items.length}`;
  if (field.items) return `list of ${formOf(field.items as Schema)}`;
  return `${field.type ?? 'any'}${rangeOf(field)}`;
}

function rangeOf({ minimum, maximum, pattern, format }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return ` ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` from ${minimum}`;
  if (pattern === undefined) return '';
  return named[format ?? pattern] ?? ` \`${pattern}\``;
}

/** Forms and patterns that have a name. */
const named: Readonly<Record<string, string>> = {
  'ipv4-prefix': ', a prefix such as `10.64.0.0/10`',
  'ipv4-interface': ', an address such as `169.254.60.1/29`',
  ipv4: ', an IPv4 address',
  '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$': ', a date such as `2026-11-21`',
  '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$': ', a UUID',
};
