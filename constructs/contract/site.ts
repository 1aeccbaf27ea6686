import type { SitePlan } from './plan';

/** One of the two sides of everything redundant at a site: a rack, a zone, a power feed. */
export type Half = 'a' | 'b';
export const halves: readonly Half[] = ['a', 'b'];

/** What an adapter knows about the place that it builds in. `S` is the adapter's own settings. */
export interface Site<S = unknown> {
  /** Never changes; part of every name, address and state key. */
  readonly id: string;
  /** For people; may change and touches no resource. */
  readonly label: string;
  readonly provider: string;
  readonly profile: string;
  readonly settings: S;
  /** The topology's name. */
  readonly platform: string;
  /** Owner and cost labels: lower-case keys and values that every provider takes. */
  readonly labels: Readonly<Record<string, string>>;
  readonly plan: SitePlan;
  /** Every internal prefix of the platform lies in this block. */
  readonly supernet: string;
  /** Autonomous system number of the site's routing hub. */
  readonly asn: number;
  /** Private prefixes of the operators, for the `access` rules. */
  readonly operators: readonly string[];
  /** The hub may carry traffic between two of the site's links. @default false */
  readonly transit?: boolean;
}

/**
 * What one stack tells others: names made by the adapter, values that may be tokens. The keys of a stack are fixed by
 * the topology, whether or not anybody reads them, so that a reader that goes never changes the producer.
 */
export type Handles = Readonly<Record<string, string>>;
