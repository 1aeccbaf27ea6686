import type { Provider } from '../../constructs/contract/adapter';
import type { PlannedResource } from '../../constructs/contract/pricing';
import { refuse } from '../../constructs/contract/problem';
import { groupBy } from '../../constructs/util/group';
import type { ContractLine, PlatformBilling } from '../../stacks/description/billing';
import { billResource } from './bill';
import { type Money, sum } from './money';
import { sheetProblems } from './sheets';

/** One stack of a plan or a state. */
export interface StackResources {
  readonly stack: string;
  /** Sites that it belongs to, as its description has them; empty for global stacks and foreign plans. */
  readonly sites: readonly string[];
  /** Managed resources only; what is not there (any more) is left out. */
  readonly resources: readonly PlannedResource[];
}

/** What to reckon with. */
export interface Pricing {
  readonly providers: Readonly<Record<string, Provider>>;
  /** `platform.json` has it; undefined for plans without a topology, whose contracts nobody knows. */
  readonly billing: PlatformBilling | undefined;
}

/** Something that is paid for: a resource, or a contract of the topology. */
export interface CostLine {
  /** `<stack>/<address>`, or the path in the topology. */
  readonly address: string;
  /** Site, `link <id>`, or `global`; the stack in a plan without a topology. */
  readonly group: string;
  /** What is known of it; the rest is in `why`. */
  readonly known: Money;
  /** Why a part or all of its cost is unknown. */
  readonly why?: string;
}

export interface Cost {
  /** By address. What is free is left out. */
  readonly lines: readonly CostLine[];
  readonly groups: Readonly<Record<string, Money>>;
  readonly total: Money;
  readonly unknown: readonly Unknown[];
  /** Part of the lines of which something is unknown, 0 to 1; 0 where nothing is paid for. */
  readonly unknownShare: number;
}

export interface Unknown {
  readonly address: string;
  readonly why: string;
}

/**
 * What resources cost in a month by list prices, and what the contracts of the topology cost: elastic fleets at their
 * least and at their most. Without tax, discounts, free tiers and what is metered by use (docs/cost.md).
 * @throws ProblemsError where a price sheet is broken
 */
export function costOf(stacks: readonly StackResources[], pricing: Pricing): Cost {
  refuse(sheetProblems(pricing.providers));
  const resources = stacks.flatMap((stack) =>
    stack.resources.flatMap((one) => billResource(one, stack, pricing) ?? []),
  );
  return summed([...resources, ...(pricing.billing?.contracts ?? []).map(contractCost)]);
}

function summed(lines: readonly CostLine[]): Cost {
  const groups = [...groupBy(lines, ({ group }) => group)].sort(([a], [b]) => (a < b ? -1 : 1));
  const unknown = unknownOf(lines);
  return {
    lines,
    groups: Object.fromEntries(groups.map(([group, own]) => [group, sum(own.map(({ known }) => known))])),
    total: sum(lines.map(({ known }) => known)),
    unknown,
    unknownShare: lines.length === 0 ? 0 : unknown.length / lines.length,
  };
}

export const unknownOf = (lines: readonly CostLine[]): Unknown[] =>
  lines.flatMap(({ address, why }) => (why === undefined ? [] : [{ address, why }]));

function contractCost({ path, group, what, monthly }: ContractLine): CostLine {
  if (!monthly) return { address: path, group, known: {}, why: `${what}: the topology does not say what it costs` };
  const { currency, amount } = monthly;
  return { address: path, group, known: { [currency]: { min: amount, max: amount } } };
}
