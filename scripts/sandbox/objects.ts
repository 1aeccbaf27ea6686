import type { Scope } from '../../constructs/contract/simulation';
import type { Fields } from './values';
import { canonical } from './values';

/** An object of the cloud as it is kept. */
export interface CloudObject {
  /** Type, world and id: no two objects share it. */
  readonly key: string;
  readonly type: string;
  readonly world: string;
  readonly id: string;
  readonly scope: Scope;
  /** JSON form of its attributes, see `toJson`. */
  readonly attributes: Fields;
  /** Hash of what it was created from: an interrupted run recognises its own objects by it. */
  readonly identity: string;
  /** How many objects of this identity were there before it. */
  readonly generation: number;
  /** Who deploys it, as far as the sandbox was told: a stack. */
  readonly owner: string;
  /** The provider session that created it. */
  readonly session: string;
  /** Whether a later call has named it, so that somebody's state is known to hold it. */
  readonly isKnown: boolean;
  readonly origin: 'terraform' | 'seed' | 'cloud';
  /** Names and addresses that no other object may have. */
  readonly claims: readonly string[];
  /** What it refers to, and therefore holds. */
  readonly holds: readonly string[];
  /** What it uses of each quota. */
  readonly uses: Readonly<Record<string, number>>;
  /** Prerequisites without which it is not there; of seeds alone. */
  readonly prerequisites?: readonly string[];
  /** The object that the cloud made it for. */
  readonly madeFor?: string;
}

/** What a test or a user has changed about the cloud itself. */
export interface Settings {
  readonly withheld: readonly string[];
  readonly quotas: Readonly<Record<string, number>>;
  readonly faults: readonly Fault[];
}

export type Operation = 'plan' | 'create' | 'update' | 'delete' | 'read' | 'data';

/** Something that goes wrong on purpose. */
export interface Fault {
  readonly id: string;
  /**
   * `fail`: an error instead of the operation; `slow`: seconds before it; `die`: the sandbox kills itself before the operation;
   * `lose`: it does the operation, then kills itself without an answer; `answer-and-die`: it answers, then kills itself.
   */
  readonly kind: 'fail' | 'slow' | 'die' | 'lose' | 'answer-and-die';
  /** Types, a trailing `*` for any ending. @default all */
  readonly types?: readonly string[];
  /** Stacks that deploy, a trailing `*` for any ending: `['idcf-*']` for a site. @default all */
  readonly owners?: readonly string[];
  /** @default create, update and delete */
  readonly operations?: readonly Operation[];
  /** Only objects whose attributes have these values. */
  readonly where?: Fields;
  /** How many times it happens in all. @default always */
  readonly times?: number;
  /** Operations that pass before it happens first. @default 0 */
  readonly after?: number;
  /** Share of operations, 0 to 1, chosen by a hash of the object and of how often it has failed. @default 1 */
  readonly probability?: number;
  readonly seed?: string;
  /** Seconds of `slow`. */
  readonly seconds?: number;
  /** What `fail` says. */
  readonly message?: string;
}

export const NO_SETTINGS: Settings = { withheld: [], quotas: {}, faults: [] };

export function keyOf(type: string, world: string, id: string): string {
  return `${type}|${world}|${id}`;
}

/** What references are compared by. */
export function holdOf(type: string, world: string, attribute: string, value: string): string {
  return `${type}|${world}|${attribute}|${value}`;
}

/** Whether a pattern with an optional `*` at its end covers a type. */
export function covers(patterns: readonly string[], type: string): boolean {
  return patterns.some((pattern) => (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type));
}

export function sameFields(object: Fields, where: Fields): boolean {
  return Object.entries(where).every(([name, value]) => canonical(object[name]) === canonical(value));
}
