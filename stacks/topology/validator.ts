import type { TSchema } from '@sinclair/typebox';
import Ajv, { type ValidateFunction } from 'ajv';
import { addressForms } from '../../constructs/util/address-schema';

/** The check that a schema stands for, the forms of addresses in it included; it keeps all errors. */
export function compileSchema(schema: TSchema): ValidateFunction {
  // Each schema is used once or twice in a run: making its code smaller takes longer than running it.
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true, code: { optimize: false } });
  for (const [name, { accepts }] of Object.entries(addressForms)) ajv.addFormat(name, accepts);
  return ajv.compile(schema);
}
