import { variableValues } from '../variables';
import { asObject, expressionOf, type JsonObject } from './body';
import { convert } from './convert';
import { evaluate } from './evaluate';
import { refusePlanting } from './not-plantable';
import { marked, text, type Typed } from './typed';

const KNOWN = ['type', 'default', 'description', 'sensitive', 'nullable', '//'];

/**
 * The variables of a stack: from the environment, else their defaults, else made up as for Terraform in the sandbox.
 * @param missing those without a default, with their types
 */
export function variablesOf(
  declared: JsonObject,
  missing: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>>,
): ReadonlyMap<string, Typed> {
  const given = { ...env, ...variableValues(missing, {}, env) };
  const entries = Object.entries(declared).map(([name, json]): [string, Typed] => {
    const variable = asObject(json, name);
    const value = valueOf(name, variable, given[`TF_VAR_${name}`]);
    return [name, variable['sensitive'] === true ? marked(value) : value];
  });
  return new Map(entries);
}

function valueOf(name: string, variable: JsonObject, given: string | undefined): Typed {
  const foreign = Object.keys(variable).find((key) => !KNOWN.includes(key));
  if (foreign !== undefined) refusePlanting(`${foreign} of the variable ${name}`);
  const type = variable['type'] ?? 'string';
  if (given === undefined && variable['type'] === undefined) return evaluated(variable);
  if (type !== 'string' && type !== 'number' && type !== 'bool') refusePlanting(`the type of the variable ${name}`);
  return convert(given === undefined ? evaluated(variable) : text(given), type);
}

/** A default is plain JSON: no names mean anything in it. */
function evaluated(variable: JsonObject): Typed {
  return evaluate(expressionOf(variable['default'] ?? null), () => refusePlanting('a name in a default'));
}
