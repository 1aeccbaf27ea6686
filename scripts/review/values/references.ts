import { isRecord } from './json';
import { visible } from './foreign';
import { shorten } from './shorten';

/** References in the configuration of a resource, by the dotted path of the attribute; indices of blocks are left out. */
export type References = ReadonlyMap<string, readonly string[]>;

const deepest = 20;

/** @param expressions of a resource in `configuration` of `terraform show -json` */
export function referencesOf(expressions: unknown): References {
  const found = new Map<string, string[]>();
  visit(expressions, [], found);
  return new Map([...found].map(([path, references]) => [path, mostSpecific(references)]));
}

function visit(expression: unknown, path: readonly string[], found: Map<string, string[]>): void {
  if (path.length > deepest) return;
  if (Array.isArray(expression)) {
    for (const block of expression) visit(block, path, found);
    return;
  }
  if (!isRecord(expression)) return;
  const isRoot = path.length === 0;
  if (!isRoot && isExpression(expression)) {
    const key = path.join('.');
    const named: readonly unknown[] = Array.isArray(expression['references']) ? expression['references'] : [];
    const texts = named.filter((item): item is string => typeof item === 'string');
    found.set(key, [...(found.get(key) ?? []), ...texts]);
    return;
  }
  for (const [key, inner] of Object.entries(expression)) visit(inner, [...path, key], found);
}

/** `{}` is an expression without references, such as the call of a function. */
function isExpression(record: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(record);
  const { references } = record;
  const namesOnly = Array.isArray(references) && references.every((item) => typeof item === 'string');
  return keys.every((key) => (key === 'references' && namesOnly) || key === 'constant_value');
}

/** Terraform lists `aws_vpc.main` beside `aws_vpc.main.id`. */
function mostSpecific(references: readonly string[]): readonly string[] {
  const all = [...new Set(references)];
  const specific = all.filter(
    (one) => !all.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
  );
  const things = specific.filter((name) => !/^(?:each|count|path|terraform|self)\./.test(name));
  return (things.length > 0 ? things : specific).map((name) => shorten(visible(name), 120));
}

export interface Origin {
  readonly configured: boolean;
  readonly from: readonly string[];
}

/** Where the value at a path comes from. Without any references it is taken as configured, so that it is not left out. */
export function originOf(references: References | undefined, path: readonly (string | number)[]): Origin {
  if (!references) return { configured: true, from: [] };
  const wanted = path.filter((step) => typeof step === 'string').join('.');
  const found = [...references].filter(([key]) => isWithin(wanted, key) || isWithin(key, wanted));
  return { configured: found.length > 0, from: mostSpecific(found.flatMap(([, names]) => names)) };
}

const isWithin = (path: string, of: string): boolean => path === of || path.startsWith(`${of}.`);
