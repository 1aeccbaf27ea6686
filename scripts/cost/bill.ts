import type { Provider } from '../../constructs/contract/adapter';
import type {
  BilledItem,
  Billing,
  BillingRule,
  PlannedResource,
  PriceSheet,
  Range,
} from '../../constructs/contract/pricing';
import type { SiteBilling } from '../../stacks/description/billing';
import type { CostLine, Pricing, StackResources } from './cost';
import { type Money, sum } from './money';
import { monthlyAmount, priceOf } from './sheets';

/** Terraform's own: it stands nowhere. */
const ofTerraform = ['terraform_data'];

/** Known and unknown parts of one thing's cost. */
interface Parts {
  readonly known: Money;
  readonly why: readonly string[];
}

/** What a resource costs; undefined: nothing by itself. */
export function billResource(resource: PlannedResource, stack: StackResources, pricing: Pricing): CostLine | undefined {
  if (ofTerraform.includes(resource.type)) return undefined;
  const at = placeOf(resource, stack, pricing);
  const { provider, site, rule } = at;
  const line = { address: `${stack.stack}/${resource.address}`, group: groupOf(at, stack, pricing) };
  if (!provider || !rule) return { ...line, known: {}, why: missing(resource, at) };
  const billing = rule(resource, { stack: stack.resources, site: site ?? {} });
  if (billing.kind === 'free') return undefined;
  const place = site?.place ?? provider.pricing.place(resource);
  const { known, why } = partsOf(billing, provider.pricing.sheet, place, site);
  return why.length === 0 ? { ...line, known } : { ...line, known, why: why.join('; ') };
}

function partsOf(
  billing: Exclude<Billing, { kind: 'free' }>,
  sheet: PriceSheet,
  place: string | undefined,
  site: SiteBilling | undefined,
): Parts {
  if (billing.kind === 'unknown') return { known: {}, why: [billing.why] };
  if (billing.kind === 'hardware') return hardware(billing.machines, site);
  const parts = billing.items.map((item) => listedPart(item, sheet, place));
  return { known: sum(parts.map(({ known }) => known)), why: parts.flatMap(({ why }) => why) };
}

function listedPart({ price: id, quantity }: BilledItem, sheet: PriceSheet, place: string | undefined): Parts {
  const price = priceOf(sheet, id, place);
  if (typeof price === 'string') return { known: {}, why: [price] };
  return { known: { [price.currency]: times(quantity, monthlyAmount(price)) }, why: [] };
}

/** A machine on own hardware costs its part of the contract; where that is for the site as a whole, nothing more. */
function hardware(machines: Range, site: SiteBilling | undefined): Parts {
  const contract = site?.hardware;
  if (!contract) return { known: {}, why: ['own hardware: the topology does not say what it costs (costs.hardware)'] };
  if (contract.per === 'site') return { known: {}, why: [] };
  return { known: { [contract.currency]: times(machines, contract.amount) }, why: [] };
}

const times = ({ min, max }: Range, factor: number): Range => ({ min: min * factor, max: max * factor });

interface Placed {
  readonly provider?: Provider;
  readonly site?: SiteBilling;
  /** Id of the site, where there is one that can be meant. */
  readonly id?: string;
  readonly rule?: BillingRule;
}

/**
 * Who bills a resource, and where: the provider by its type, the site among those of the stack. A stack of two sites of
 * one provider leaves that open, unless both bill alike.
 */
function placeOf({ type }: PlannedResource, { sites }: StackResources, { providers, billing }: Pricing): Placed {
  const [name, provider] = Object.entries(providers).find(([, one]) => rulesFor(one, type).length > 0) ?? [];
  if (name === undefined || !provider) return {};
  const own = sites.filter((id) => billing?.sites[id]?.provider === name);
  const [id] = own;
  const site = id === undefined ? undefined : billing?.sites[id];
  if (id !== undefined && site && own.every((other) => isAlike(site, billing?.sites[other])))
    return optional({
      provider,
      site,
      id: own.length === 1 ? id : undefined,
      rule: ruleAt(provider, type, site.profile),
    });
  const rules = new Set(rulesFor(provider, type));
  return optional({ provider, site: undefined, id: undefined, rule: rules.size === 1 ? [...rules][0] : undefined });
}

const isAlike = (one: SiteBilling, other: SiteBilling | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const rulesFor = ({ pricing }: Provider, type: string): BillingRule[] =>
  Object.values(pricing.rules).flatMap((rules) => own(rules, type) ?? []);

const ruleAt = ({ pricing }: Provider, type: string, profile: string): BillingRule | undefined =>
  own(own(pricing.rules, profile) ?? {}, type);

/** A foreign plan may name a type as the language names what every object has: `constructor`. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

function optional(placed: { readonly [K in keyof Placed]: Placed[K] | undefined }): Placed {
  return Object.fromEntries(Object.entries(placed).filter(([, value]) => value !== undefined));
}

/** Stacks of foreign plans stand for themselves: nobody knows their sites. */
function groupOf({ id }: Placed, { stack, sites }: StackResources, { billing }: Pricing): string {
  if (id !== undefined) return id;
  if (sites.length === 1) return sites[0] ?? stack;
  if (sites.length > 1) return `link ${[...sites].sort().join('-')}`;
  return billing ? 'global' : stack;
}

function missing({ type }: PlannedResource, { provider }: Placed): string {
  return provider
    ? `how ${type} is billed depends on the site, which is not known`
    : `nobody says how ${type} is billed`;
}
