import type { TSchema } from '@sinclair/typebox';
import Ajv, { type ValidateFunction } from 'ajv';
import { addressForms } from '../../constructs/util/address-schema';

const validators = new WeakMap<TSchema, ValidateFunction>();

/**
 * The check that a schema stands for, the forms of addresses in it included; it keeps all errors. Once for each schema:
 * compiling costs more than a hundred checks.
 */
export function compileSchema(schema: TSchema): ValidateFunction {
  const made = validators.get(schema) ?? compile(schema);
  validators.set(schema, made);
  return made;
}

function compile(schema: TSchema): ValidateFunction {
  // Each schema is used once or twice in a run: making its code smaller takes longer than running it. That our schemas
  // are schemas is for tests to see; the schema of schemas is larger than most of them.
  const thrifty = { meta: false, validateSchema: false, code: { optimize: false } } as const;
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, ...thrifty });
  for (const [name, { accepts }] of Object.entries(addressForms)) ajv.addFormat(name, accepts);
  return ajv.compile(schema);
}
