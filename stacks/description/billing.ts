import type { Provider } from '../../constructs/contract/adapter';
import type { BilledSite } from '../../constructs/contract/pricing';
import { sortedEntries } from '../../constructs/util/group';
import type { MonthlyCost, SiteCosts } from '../../constructs/util/price-schema';
import type { PlatformLink } from '../platform/links';
import type { Platform } from '../platform/platform';
import type { LinkPathInput } from '../topology/schema';

/** What bills go by that no resource tells: places and names of sites, and the contracts of the topology. */
export interface PlatformBilling {
  readonly sites: Readonly<Record<string, SiteBilling>>;
  /** Each with its amount, or without one where the topology says none. */
  readonly contracts: readonly ContractLine[];
}

export interface SiteBilling extends BilledSite {
  readonly provider: string;
  readonly profile: string;
  /** What is paid for own hardware; absent where the topology does not say it. */
  readonly hardware?: Hardware;
}

export type Hardware = NonNullable<SiteCosts['hardware']>;

/** What is paid for by a contract, not by a resource. */
export interface ContractLine {
  /** Where it stands, or would stand, in the topology: `sites.cage.costs.bandwidth`. */
  readonly path: string;
  /** The site whose cost it is, or the link: `link cage-gcp`. */
  readonly group: string;
  readonly what: string;
  /** Absent: the topology does not say what it costs. */
  readonly monthly?: MonthlyCost;
}

/** In the topology's own order, as all of the description. */
export function describeBilling(platform: Platform, providers: Readonly<Record<string, Provider>>): PlatformBilling {
  const places = Object.values(platform.places);
  const sites = places.map(({ site }) => {
    const { provider, profile } = site;
    const hardware = costsOf(platform, site.id)?.hardware;
    const billed = providers[provider]?.pricing.billed(site);
    return [site.id, { provider, profile, ...billed, ...(hardware && { hardware }) }] as const;
  });
  const used = places.filter(({ retired }) => !retired);
  return {
    sites: Object.fromEntries(sites),
    contracts: [
      ...used.flatMap(({ site }) => siteLines(site.id, costsOf(platform, site.id))),
      ...platform.links.filter(({ retired }) => !retired).flatMap(linkLines),
    ],
  };
}

const costsOf = ({ topology }: Platform, site: string): SiteCosts | undefined => topology.sites[site]?.costs;

/** Traffic is there wherever there is a site; own hardware has a line of its own where it is paid for as a whole. */
function siteLines(site: string, { bandwidth, hardware }: SiteCosts = {}): ContractLine[] {
  const whole = hardware?.per === 'site' ? hardware : undefined;
  const committed = bandwidth ? `, ${bandwidth.committedMbps} Mbit/s committed` : '';
  return [
    line(`sites.${site}.costs.bandwidth`, site, `traffic to the internet${committed}`, bandwidth),
    ...(whole ? [line(`sites.${site}.costs.hardware`, site, `hardware, ${whole.basis}`, whole)] : []),
  ];
}

function linkLines({ id, key, input }: PlatformLink): ContractLine[] {
  const paths = { primary: input.primary, backup: input.backup };
  return Object.entries(paths).flatMap(([path, one]) =>
    one ? pathLines(`links.${key}.${path}`, `link ${id}`, one) : [],
  );
}

function pathLines(path: string, group: string, input: LinkPathInput): ContractLine[] {
  if (input.kind === 'vpn') return [];
  if (input.kind === 'segment') return [line(`${path}.monthly`, group, 'stretched segment', input.monthly)];
  return sortedEntries(input.circuits).map(([id, circuit]) =>
    line(`${path}.circuits.${id}.monthly`, group, `circuit ${id}`, circuit.monthly),
  );
}

function line(path: string, group: string, what: string, cost: MonthlyCost | undefined): ContractLine {
  if (!cost) return { path, group, what };
  const { amount, currency, source, read } = cost;
  return { path, group, what, monthly: { amount, currency, source, read } };
}
