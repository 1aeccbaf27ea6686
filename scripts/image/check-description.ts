import type { TSchema } from '@sinclair/typebox';
import type { Problem } from '../../constructs/contract/problem';
import { describeErrors } from '../../stacks/topology/describe-errors';
import { compileSchema } from '../../stacks/topology/validator';
import { checkSchemas, descriptionSchema } from './description-schema';

/** What is wrong with a description of an image by itself. @param path of its file */
export function checkDescription(path: string, description: object): Problem[] {
  // As JSON has it: a field without a value is none.
  const plain = JSON.parse(JSON.stringify(description)) as Record<string, unknown>;
  const checks = Array.isArray(plain['checks']) ? (plain['checks'] as readonly unknown[]) : [];
  return [
    ...judge(descriptionSchema, plain, `${path}: `, path),
    ...checkPatterns(path, plain['inputs']),
    ...checks.flatMap((check, index) => checkOne(`${path}: checks.${index}`, check)),
  ];
}

/** A regular expression is one if JavaScript takes it. */
function checkPatterns(path: string, inputs: unknown): Problem[] {
  return Object.entries(inputs ?? {}).flatMap(([name, input]: [string, { pattern?: unknown } | null]) => {
    const value = input?.pattern;
    if (typeof value !== 'string' || isExpression(value)) return [];
    const fix = 'Mend it, or leave it out.';
    return [{ path: `${path}: inputs.${name}.pattern`, message: 'is no regular expression', value, fix }];
  });
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

function checkOne(path: string, check: unknown): Problem[] {
  if (typeof check !== 'object' || check === null) return [];
  const kinds = Object.keys(checkSchemas);
  // `file` of one kind is no field of another: the first that is there says which is meant.
  const kind = kinds.find((name) => name in check);
  if (kind !== undefined) return judge(checkSchemas[kind] as TSchema, check, `${path}.`, path);
  return [
    {
      path,
      message: 'asks nothing that is known',
      value: Object.keys(check).join(', '),
      bound: `one of ${kinds.join(', ')}`,
      fix: 'Begin it with one of these fields.',
    },
  ];
}

function judge(schema: TSchema, value: unknown, before: string, whole: string): Problem[] {
  const accepts = compileSchema(schema);
  if (accepts(value)) return [];
  return describeErrors(accepts.errors ?? []).map((problem) => ({
    ...problem,
    path: problem.path === '(topology)' ? whole : `${before}${problem.path}`,
  }));
}
