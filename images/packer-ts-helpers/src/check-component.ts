import { type Check, checkValue, describe, isRecord } from './check-value';
import { describeComponent } from './component';
import { Expression } from './expression';
import { nearest } from './nearest';
import type { Rules } from './rules';
import type { AttributeSchema, AttributeSchemas, ComponentSchema, Target } from './schema';

/** A source, provisioner or post-processor as a caller gave it; in JavaScript it may be anything. */
export interface ComponentInput {
  readonly kind: 'source' | 'provisioner' | 'post-processor';
  readonly type: string;
  readonly attributes: unknown;
}

/** Reports attributes that the component does not have at the target, has with another type, or lacks. */
export function checkComponent(check: Check, where: string, input: ComponentInput, target: Target): void {
  const { known, found } = describeComponent(input.kind, input.type);
  if (!found) {
    return check.report({
      where,
      what: `${input.kind} ${describe(input.type)}`,
      why: `this package knows ${known.join(', ')}`,
      fix: suggest(input.type, known, 'Use one of these'),
    });
  }
  const body = input.attributes;
  if (!isRecord(body)) return reportBody(check, where, body);
  checkBody({ check, blocks: found.schema.blocks, target }, where, body, found.schema.attributes);
  checkRules(check, where, body, found.rules);
}

interface BodyCheck {
  readonly check: Check;
  readonly blocks: ComponentSchema['blocks'];
  readonly target: Target;
}

function checkBody(context: BodyCheck, where: string, body: Record<string, unknown>, schemas: AttributeSchemas): void {
  for (const [name, value] of entriesOf(body)) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    const at = `${where}.${name}`;
    if (!schema) reportUnknown(context, at, name, value, schemas);
    else if (schema.only && schema.only !== context.target) reportRelease(context, at, value, schema.only);
    else checkAttribute(context, at, value, schema);
  }
}

function checkAttribute(context: BodyCheck, where: string, value: unknown, schema: AttributeSchema): void {
  if ('type' in schema) return checkValue(context.check, where, value, schema.type);
  if (!schema.many) return checkBlock(context, where, value, schema.block);
  if (!Array.isArray(value)) return reportBody(context.check, where, value, 'a list of blocks');
  value.forEach((block, index) => checkBlock(context, `${where}[${index}]`, block, schema.block));
}

function checkBlock(context: BodyCheck, where: string, value: unknown, block: string): void {
  if (!isRecord(value)) return reportBody(context.check, where, value);
  checkBody(context, where, value, context.blocks[block] ?? {});
}

function checkRules(check: Check, where: string, body: Record<string, unknown>, rules: Rules): void {
  const present = new Set(entriesOf(body).map(([name]) => name));
  for (const name of rules.required) if (!present.has(name)) reportAbsent(check, where, name);
  for (const group of rules.oneOf) checkGroup(check, where, group, present);
  for (const [name, words] of Object.entries(rules.values)) checkWord(check, `${where}.${name}`, body[name], words);
  if (rules.communicators) checkCommunicator(check, where, body, rules.communicators);
}

function checkGroup(check: Check, where: string, group: readonly string[], present: ReadonlySet<string>): void {
  const given = group.filter((name) => present.has(name));
  if (given.length === 1) return;
  check.report({
    where,
    what: given.length === 0 ? `none of ${group.join(', ')}` : given.join(' and '),
    why: 'Packer takes exactly one of them',
    fix: given.length === 0 ? 'Add one' : 'Leave all but one out',
  });
}

function checkWord(check: Check, where: string, value: unknown, words: readonly string[]): void {
  if (typeof value !== 'string' || words.includes(value)) return;
  const why = `Packer takes ${words.join(', ')}`;
  check.report({ where, what: describe(value), why, fix: suggest(value, words, 'Use one of these') });
}

function checkCommunicator(
  check: Check,
  where: string,
  body: Record<string, unknown>,
  needs: NonNullable<Rules['communicators']>,
): void {
  const chosen = body['communicator'] ?? 'ssh';
  const names = Object.keys(needs);
  // What an expression chooses is not known yet, so neither is what it needs.
  if (chosen instanceof Expression || typeof chosen !== 'string') return;
  if (!names.includes(chosen)) return checkWord(check, `${where}.communicator`, chosen, names);
  const absent = needs[chosen as keyof typeof needs].filter((name) => body[name] === undefined);
  for (const name of absent) reportAbsent(check, where, name, `the communicator ${chosen} needs it`);
}

/** Attributes that are there: `undefined` counts as left out, as everywhere in JavaScript. */
export function entriesOf(body: object): [string, unknown][] {
  return Object.entries(body).filter(([, value]) => value !== undefined);
}

function reportUnknown({ check }: BodyCheck, where: string, name: string, value: unknown, schemas: AttributeSchemas) {
  check.report({
    where,
    what: describe(value),
    why: 'no Packer knows this attribute here',
    fix: suggest(name, Object.keys(schemas), 'Leave it out'),
  });
}

function reportRelease({ check, target }: BodyCheck, where: string, value: unknown, only: Target): void {
  const why = `Packer ${target} does not know this attribute, ${only === 'current' ? 'the current one' : only} does`;
  check.report({ where, what: describe(value), why, fix: `Leave it out, or render for target '${only}'` });
}

function reportAbsent(check: Check, where: string, name: string, why = 'Packer needs it'): void {
  check.report({ where: `${where}.${name}`, what: 'absent', why, fix: `Add ${name}` });
}

function reportBody(check: Check, where: string, value: unknown, wanted = 'an object of attributes'): void {
  check.report({ where, what: describe(value), why: `Packer takes ${wanted} here`, fix: `Give ${wanted}` });
}

function suggest(name: unknown, known: readonly string[], otherwise: string): string {
  const close = typeof name === 'string' ? nearest(name, known) : undefined;
  return close ? `Did you mean ${close}?` : otherwise;
}
