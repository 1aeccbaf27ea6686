import type { BilledItem, Billing, BillingRule, PlannedResource, Range } from '../contract/pricing';

/** It costs nothing by itself: what is paid for is another resource, or what flows through it. */
export const free: BillingRule = () => ({ kind: 'free' });

/** The same rule for several types. */
export const forTypes = (types: readonly string[], rule: BillingRule): Record<string, BillingRule> =>
  Object.fromEntries(types.map((type) => [type, rule]));

/** Always one of these. */
export const always =
  (...prices: readonly string[]): BillingRule =>
  () =>
    listed(prices.map((price) => item(price)));

export const listed = (items: readonly BilledItem[]): Billing => ({ kind: 'list', items });

export const unknown = (why: string): Billing => ({ kind: 'unknown', why });

export const item = (price: string, count = 1): BilledItem => ({ price, quantity: exactly(count) });

export const exactly = (count: number): Range => ({ min: count, max: count });

/** What one machine costs, as often as the fleet has it. */
export const timesAll = (items: readonly BilledItem[], count: Range): BilledItem[] =>
  items.map(({ price, quantity }) => ({
    price,
    quantity: { min: quantity.min * count.min, max: quantity.max * count.max },
  }));

/** The value at a path. Plans have a list for a block that stands once, and configurations may not: 0 is either's first. */
export function valueAt({ values }: PlannedResource, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      step === 0 && !Array.isArray(value) ? value : (value as Record<string, unknown> | null | undefined)?.[step],
    values,
  );
}

export function textAt(resource: PlannedResource, ...path: readonly (string | number)[]): string | undefined {
  const value = valueAt(resource, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Numbers of some providers come as text. */
export function numberAt(resource: PlannedResource, ...path: readonly (string | number)[]): number | undefined {
  const value = valueAt(resource, ...path);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** What a resource names by something that may be known only after apply. */
export interface Named {
  /** Attributes of the other one, any of which may be named. */
  readonly attributes: readonly string[];
  /** What is named, where it is known. */
  readonly value: string | undefined;
  /** Name of the naming one, which such pairs share, the other perhaps with a hash behind it. */
  readonly name: string | undefined;
}

/** The one of a type that a resource means: by what it names where that is known, else by name, else the only one. */
export function companion(stack: readonly PlannedResource[], type: string, named: Named): PlannedResource | undefined {
  const all = stack.filter((one) => one.type === type);
  const known = all.find((one) => named.value !== undefined && idsOf(one, named).includes(named.value));
  if (known) return known;
  const possible = named.value === undefined ? all : all.filter((one) => idsOf(one, named).length === 0);
  const alike = possible.filter((one) => isNamedAlike(textAt(one, 'name'), named.name));
  const [only] = alike.length === 1 ? alike : possible;
  return alike.length === 1 || possible.length === 1 ? only : undefined;
}

const idsOf = (resource: PlannedResource, { attributes }: Named): string[] =>
  attributes.flatMap((attribute) => textAt(resource, attribute) ?? []);

const isNamedAlike = (name: string | undefined, other: string | undefined): boolean =>
  name !== undefined && other !== undefined && (name === other || name.startsWith(`${other}-`));
