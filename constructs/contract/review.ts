/**
 * What whoever reviews a plan has to know of a provider's resource types, as data and small pure functions in the provider's
 * folder. A type that is not there is taken for one that serves and keeps nothing.
 */

/** What a resource is to those who use the platform: decides what its replacement means. */
export type ResourceKind =
  /** Serves by itself. */
  | 'machine'
  /** Like machines that roll by themselves, drained. */
  | 'fleet'
  /** What the next machines of a fleet are made from. */
  | 'template'
  | 'balancer'
  /** A place behind a balancer, or on a network. */
  | 'member'
  | 'network'
  | 'firewall'
  | 'address'
  | 'name'
  | 'identity'
  | 'link'
  | 'storage'
  /** Describes, limits or scales; nothing runs through it. */
  | 'aid'
  /** Holds values for others, and nothing is made of it. */
  | 'trigger';

export type ReviewedValues = Readonly<Record<string, unknown>>;

/** Somebody may come in. */
export interface Opening {
  /** `tcp 443`, `all ports`, `read`. */
  readonly what: string;
  /** A prefix, an account, `everybody`. */
  readonly from: string;
}

/** A switch that keeps something from being lost. */
export interface Protection {
  /** Dotted path; of a block that is a list, the first element counts. */
  readonly path: string;
  /** The value that protects. @default true */
  readonly on?: unknown;
}

export interface ReviewedType {
  readonly kind: ResourceKind;
  /** Data is lost with it. */
  readonly stateful?: true;
  readonly protections?: readonly Protection[];
  /** Top-level attributes of a machine that its provider changes by stopping it. */
  readonly restarts?: readonly string[];
  /** Top-level attributes of a fleet whose change makes all of its machines anew, drained. */
  readonly rolls?: readonly string[];
  /** Top-level attributes with addresses that others know it by; public ones and such as the plan gives. */
  readonly addresses?: readonly string[];
  /** Attribute with the name that it makes known. */
  readonly name?: string;
  /** Who may come in by it. */
  readonly opens?: (values: ReviewedValues) => readonly Opening[];
  /** What it keeps out or forbids, one line each: what is not there any more is open. */
  readonly denies?: (values: ReviewedValues) => readonly string[];
  /** What it lets somebody do, one line for each permission. */
  readonly grants?: (values: ReviewedValues) => readonly string[];
}

export type ReviewedTypes = Readonly<Record<string, ReviewedType>>;

/** Words that mean everybody. */
const everybody = new Set(['*', 'any', 'internet', 'allusers', 'allauthenticatedusers']);
/** No owner has more: the largest blocks that were ever given away are a /8, and of IPv6 a /16 (IANA's registries). */
const smallest = { v4: 8, v6: 16 } as const;

/** Whether a source is everybody, or so much of the internet that it may as well be. */
export function isEverybody(source: string): boolean {
  if (everybody.has(source.toLowerCase())) return true;
  const length = /\/(\d{1,3})$/.exec(source)?.[1];
  return length !== undefined && Number(length) < (source.includes(':') ? smallest.v6 : smallest.v4);
}

/** Texts of an attribute that is a list, a set, or one text. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === 'string' ? [value] : typeof value === 'number' ? [String(value)] : [];
}

/** Blocks of an attribute, whether it holds one or a list of them. */
export function blocksOf(value: unknown): ReviewedValues[] {
  if (Array.isArray(value)) return value.flatMap(blocksOf);
  return typeof value === 'object' && value !== null ? [value as ReviewedValues] : [];
}

/** `tcp 443`, `udp 500-4500`, `all ports`. */
export function portsText(protocol: unknown, from?: unknown, to?: unknown): string {
  const name =
    protocol === '-1' || protocol === 'all' || protocol === undefined || protocol === null ? '' : String(protocol);
  const isAll = from === undefined || from === null || from === -1 || (from === 0 && (to === 0 || to === 65535));
  if (isAll) return name === '' ? 'all ports' : `${name}, all ports`;
  const range = to === undefined || to === null || to === from ? String(from) : `${String(from)}-${String(to)}`;
  return [name, range].filter(Boolean).join(' ');
}
