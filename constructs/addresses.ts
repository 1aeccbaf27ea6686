import { type SitePlan, type Tier, type TierPlan, type Zone, tiers, zones } from './contract/plan';
import { ProblemsError } from './contract/problem';
import type { Half } from './contract/site';
import { addressAt, parseCidr, subdivide } from './util/cidr';

/** What the plan of one site is computed from. */
export interface SitePlanInput {
  readonly id: string;
  /** 1 to 63, permanent. */
  readonly number: number;
  /** The platform's internal block, of at least 64 site blocks of /16 (a /10). */
  readonly supernet: string;
  /** The range of an adopted network, instead of the site's own block. */
  readonly adopted?: string;
  /** The site's own public addresses, where it has any. */
  readonly publicBlock?: string;
  /** VLAN ids of the tiers count up from here. */
  readonly vlanBase: number;
}

/** Bits that number the tiers of a site: 16 slots, of which `tiers` uses the first ones. */
const tierBits = 4;
/** A tier is cut into quarters: zones a, b, c and the shared one. */
const quarterBits = 2;
/** Fixed machines start behind the addresses that clouds keep: AWS the first four of each subnet, GCP the first two. */
const reservedHead = 4;
/** AWS keeps the last address of a subnet, GCP the last two. */
const reservedTail = 2;

/**
 * The plan of one site. Every address hangs on permanent numbers only (the site's, the tier's place, the machine's
 * slot), so nothing moves when a site, a tier or a shard is added.
 */
export function planSite(input: SitePlanInput): SitePlan {
  const cidr = input.adopted ?? subdivide(input.supernet, 16 - parseCidr(input.supernet).prefix, input.number);
  const byTier = Object.fromEntries(tiers.map((tier, slot) => [tier, planTier(cidr, slot, input.vlanBase)]));
  const plan = byTier as Record<Tier, TierPlan>;
  const where = `sites.${input.id}`;
  const publicBlock = input.publicBlock;
  return {
    number: input.number,
    cidr,
    adopted: input.adopted !== undefined,
    tiers: plan,
    machine: (tier, half, slot) => machineAddress(plan[tier], tier, half, slot, where),
    shared: (tier, slot) => take(plan[tier].shared, 0, slot, `${where}, shared addresses of tier ${tier}`),
    ...(publicBlock === undefined
      ? {}
      : { public: (slot: number) => take(publicBlock, 1, slot, `${where}.publicBlock`) }),
  };
}

function planTier(site: string, slot: number, vlanBase: number): TierPlan {
  const cidr = subdivide(site, tierBits, slot);
  const quarter = (index: number): string => subdivide(cidr, quarterBits, index);
  const byZone = Object.fromEntries(zones.map((zone, index) => [zone, quarter(index)]));
  return {
    cidr,
    zones: byZone as Record<Zone, string>,
    shared: quarter(3),
    gateway: addressAt(cidr, 1),
    vlan: vlanBase + slot,
  };
}

function machineAddress(plan: TierPlan, tier: Tier, half: Half, slot: number, where: string): string {
  return take(plan.zones[half], reservedHead, slot, `${where}, machines of tier ${tier} in half ${half}`);
}

/** Address `head + slot` of a range, or the error that says how far it reaches. */
function take(cidr: string, head: number, slot: number, where: string): string {
  const block = parseCidr(cidr);
  const capacity = block.last - block.first + 1 - head - 1 - reservedTail;
  if (slot >= 1 && slot <= capacity) return addressAt(cidr, head + slot);
  throw new ProblemsError([
    {
      path: where,
      message: `the range ${cidr} has no address for slot ${slot}`,
      value: slot,
      bound: `slots 1 to ${Math.max(capacity, 0)}`,
      fix: 'Use lower numbers (shards, fleet sizes), or give the site a larger range.',
    },
  ]);
}
