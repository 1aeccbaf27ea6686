import type { Site } from './site';

/** Amounts of different currencies are never added, and never converted. */
export type Currency = 'JPY' | 'USD';

/** What one amount buys. A `month` of machines that never stop, and a `GiB-month` of disk. */
export type PriceUnit = 'hour' | 'month' | 'GiB-month';

/** Where and when something was read. */
export interface PriceSource {
  /** Address of the page, or repository, path and commit of a file, or the name of the document. */
  readonly source: string;
  /** Day on which it was read: `2026-11-21`. */
  readonly read: string;
  /** Day of the text that was read, where it says one. */
  readonly published?: string;
}

/** A list price that was read. */
export interface KnownPrice extends PriceSource {
  /** Permanent: `machine/c6in.large`. Once for each place. */
  readonly id: string;
  /** What is paid for, for people. */
  readonly what: string;
  /** Region or zone where it holds, as the provider names it. */
  readonly place: string;
  readonly unit: PriceUnit;
  readonly currency: Currency;
  readonly amount: number;
  readonly note?: string;
}

/** A price that is needed and was not read: it has no amount. */
export interface UnreadPrice extends Pick<KnownPrice, 'id' | 'what' | 'place' | 'unit'> {
  /** Why not. */
  readonly unknown: string;
}

export type Price = KnownPrice | UnreadPrice;

/** `prices.json` in a provider's folder. */
export interface PriceSheet {
  readonly prices: readonly Price[];
}

/** A resource as a plan or a state has it. What is known only after apply is absent. */
export interface PlannedResource {
  /** `aws_lb.edges`, with the module before it where there is one. */
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Least and most: an elastic fleet costs between the two. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Things of one price: two machines, 50 GiB. The time is that of a month. */
export interface BilledItem {
  /** `Price.id`. */
  readonly price: string;
  readonly quantity: Range;
}

/** How a resource is billed. A type of which nothing is said is never taken for free. */
export type Billing =
  | { readonly kind: 'list'; readonly items: readonly BilledItem[] }
  /** By the contract for the site's own hardware, `sites.<id>.costs.hardware`. */
  | { readonly kind: 'hardware'; readonly machines: Range }
  | { readonly kind: 'free' }
  | { readonly kind: 'unknown'; readonly why: string };

/** What bills at a site go by, as plain data: it is written down when a topology is described. */
export interface BilledSite {
  /** Region or zone, as the price sheet has it; absent where there is no sheet for it. */
  readonly place?: string;
  /** Names of price ids by the ids that resources carry: offerings of a zone. */
  readonly names?: Readonly<Record<string, string>>;
  /** Machines stand on own hardware, which a contract of the topology pays for. @default false */
  readonly ownHardware?: boolean;
}

/** What a rule may look at beside the resource. */
export interface BillingContext {
  /** All resources of the stack. */
  readonly stack: readonly PlannedResource[];
  /** Empty where nobody said at which site the resource is. */
  readonly site: BilledSite;
}

export type BillingRule = (resource: PlannedResource, context: BillingContext) => Billing;

/** How one provider bills, by the types that it emits. */
export interface ProviderPricing {
  readonly sheet: PriceSheet;
  billed(site: Site): BilledSite;
  /** Region or zone that the resource itself names; asked where the site is not known. */
  place(resource: PlannedResource): string | undefined;
  /** By profile, then by Terraform resource type. */
  readonly rules: Readonly<Record<string, Readonly<Record<string, BillingRule>>>>;
}
