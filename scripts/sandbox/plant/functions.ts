import { collections } from './collection-functions';
import { refusePlanting } from './not-plantable';
import { tainted, typed, withoutMarks, type Typed } from './typed';
import { texts } from './text-functions';

/** A function of Terraform's language, for arguments that are not sensitive. */
export type TerraformFunction = (...args: readonly Typed[]) => Typed;

const FUNCTIONS: Readonly<Record<string, TerraformFunction>> = {
  ...texts,
  ...collections,
  sensitive: (value = typed('dynamic', null)) => ({ ...value, marks: [[]] }),
};

/** Those of which the result depends on every part of every argument: any that is sensitive makes it so. */
const TAINTING = new Set([...Object.keys(texts), 'one', 'sensitive']);

/** Whether a function is known here; Terraform knows more. */
export function isKnownFunction(name: string): boolean {
  return Object.hasOwn(FUNCTIONS, name);
}

export function callFunction(name: string, args: readonly Typed[]): Typed {
  const call = isKnownFunction(name) ? FUNCTIONS[name] : undefined;
  if (!call) refusePlanting(`the function ${name}`);
  const isSensitive = args.some(({ marks }) => marks.length > 0);
  if (isSensitive && !TAINTING.has(name)) refusePlanting(`${name} of something sensitive`);
  const result = call(...args.map(withoutMarks));
  return name === 'sensitive' ? result : tainted(result, args);
}
