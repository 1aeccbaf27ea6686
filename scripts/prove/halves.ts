import type { Happening } from './order';

/**
 * Halves that were changed at the same time, or in the wrong order: half b first, then half a; what only goes away goes
 * afterwards and backwards, when all that replaces it stands.
 */
export function halvesTogether(happenings: readonly Happening[]): string[] {
  const pairs = new Set(happenings.flatMap(({ stack }) => (/-[ab]$/.test(stack) ? [stack.replace(/-[ab]$/, '')] : [])));
  return [...pairs].flatMap((system) => objectionsTo(system, happenings));
}

function objectionsTo(system: string, happenings: readonly Happening[]): string[] {
  const [a, b] = [`${system}-a`, `${system}-b`];
  const ofPair = happenings.filter(({ stack }) => stack === a || stack === b);
  const firstOfA = ofPair.findIndex(({ stack }) => stack === a);
  if (firstOfA < 0) return [];
  const afterwards = ofPair.slice(firstOfA);
  const early = afterwards.filter(({ stack, kind }) => stack === b && kind !== 'destroy').map(told);
  const back = afterwards.findIndex(({ stack }) => stack === b);
  const late = back < 0 ? [] : afterwards.slice(back).filter(({ stack }) => stack === a);
  return [
    ...early.map((what) => `${what} after half a was begun`),
    ...late.map((one) => `${told(one)} after half b was taken down`),
  ];
}

/** Whatever only goes away goes last. Stacks that make something anew destroy what it replaces when they must. */
export function destroyedEarly(happenings: readonly Happening[], replacing: readonly string[]): string[] {
  const last = happenings.map(({ kind }) => kind).lastIndexOf('create');
  return happenings
    .slice(0, Math.max(0, last))
    .filter(({ kind, stack }) => kind === 'destroy' && !replacing.includes(stack))
    .map((one) => `${told(one)} before everything new stood`);
}

const told = ({ kind, stack, type, name }: Happening): string =>
  `${kind} of ${type}${name === '' ? '' : ` ${name}`} in ${stack}`;
