import type { Fields, Value } from './values';
import { isFields, isList, valuesAt } from './values';

/** A block that holds the last name of a path, and its place among such blocks. */
export interface Holder {
  readonly block: Fields;
  readonly name: string;
  readonly index: number;
}

/** Every text at a dotted path, lists and sets flattened, empty ones left out. */
export function textsAt(fields: Fields, path: string): readonly string[] {
  return flat(valuesAt(fields, path.split('.'))).filter(
    (value) => typeof value === 'string' && value !== '',
  ) as string[];
}

/** The blocks that hold the last name of a path. */
export function holdersOf(fields: Fields, path: string): readonly Holder[] {
  const steps = path.split('.');
  const name = steps.pop() ?? '';
  const blocks = steps.length ? flat(valuesAt(fields, steps)) : [fields];
  return blocks.filter(isFields).map((block, index) => ({ block, name, index }));
}

function flat(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value) => (isList(value) ? value : [value]));
}
