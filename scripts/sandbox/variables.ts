import { Stable } from './stable';

/**
 * `TF_VAR_` values for variables that a real run must supply: those that are given, else made up from the name, the same in every run.
 * What the environment sets already is left alone.
 */
export function variableValues(
  missing: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const names = Object.keys(missing).filter((name) => environment[`TF_VAR_${name}`] === undefined);
  return Object.fromEntries(
    names.map((name) => [`TF_VAR_${name}`, given[name] ?? madeUp(name, String(missing[name]))]),
  );
}

/** Long enough for any pre-shared key or password; AWS takes letters, digits, dots and underscores in keys, and no leading 0. */
const DIGITS = 32;

function madeUp(name: string, type: string): string {
  if (type.includes('number')) return '1';
  if (type.includes('bool')) return 'false';
  if (/list|set|tuple/.test(type)) return '[]';
  if (/map|object/.test(type)) return '{}';
  return `Sandbox.${new Stable(name).hex(DIGITS)}`;
}
