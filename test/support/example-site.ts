import { planSite } from '../../constructs/addresses';
import type { Adapter, Provider, SiteExample } from '../../constructs/contract/adapter';
import type { Site } from '../../constructs/contract/site';

/** A profile of a registered provider, with the site that stands for it. */
export interface Enrolled {
  /** `cloudstack/idcf`. */
  readonly title: string;
  readonly name: string;
  readonly profile: string;
  readonly provider: Provider;
  readonly adapter: Adapter;
  readonly example: SiteExample;
}

/** Names of the longest kind that a topology takes, or plain ones. */
export interface Names {
  readonly platform: string;
  readonly site: string;
  readonly system: string;
}

export const plainNames: Names = { platform: 'conformance', site: 'here', system: 'live' };
/** As long as the topology's schema lets them be. */
export const longNames: Names = {
  platform: 'a-platform-name-of20',
  site: 'siteoftwelve',
  system: 'a-system-of-16-x',
};

export const owner = 'owner-of-it';
export const cost = 'cost-of-it';
const supernet = '10.64.0.0/10';
const operators = {
  sshAuthority: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE operators',
  prefixes: ['10.0.0.0/16'],
};
/** What every example can give, see `SiteExample.settings`. */
export const size = { vcpu: 4, memoryGiB: 8, diskGiB: 50, egressMbps: 2000 };
export const drainSeconds = 600;

/** The site as an adapter sees it. */
export function exampleSite({ name, profile, example }: Enrolled, names: Names = plainNames): Site {
  const { settings, adoptedNetwork, publicBlock } = example;
  return {
    id: names.site,
    label: 'Example',
    provider: name,
    profile,
    settings,
    platform: names.platform,
    labels: { platform: names.platform, site: names.site, owner, cost },
    plan: planSite({
      id: names.site,
      number: 1,
      supernet,
      vlanBase: 100,
      ...(adoptedNetwork === undefined ? {} : { adopted: adoptedNetwork }),
      ...(publicBlock === undefined ? {} : { publicBlock }),
    }),
    supernet,
    asn: 64513,
    operators: operators.prefixes,
  };
}

/** A whole platform on the example site: `live` with two shards, edges elastic where the profile can scale. */
export function exampleTopology(entry: Enrolled, names: Names = plainNames): Record<string, unknown> {
  const { name, profile, adapter, example } = entry;
  const { settings, adoptedNetwork, publicBlock } = example;
  const { site, platform, system } = names;
  const store = { kind: 's3', bucket: 'states', region: 'ap-northeast-3', failureDomain: 'elsewhere', adopted: true };
  return {
    name: platform,
    owner,
    cost,
    domain: 'example.com',
    addresses: { internal: supernet },
    operators,
    stores: { elsewhere: store },
    sites: {
      [site]: {
        ...{
          number: 1,
          label: 'Example',
          provider: name,
          profile,
          failureDomain: 'here',
          store: 'elsewhere',
          settings,
        },
        ...(adoptedNetwork === undefined ? {} : { adoptedNetwork }),
        ...(publicBlock === undefined ? {} : { publicBlock }),
      },
    },
    links: {},
    systems: {
      [system]: {
        kind: 'live',
        sites: [site],
        origin: { size },
        shards: { s1: { site }, s2: { site } },
        edge: { size, egressMbps: 1500, drainSeconds },
        edges: { [site]: adapter.elastic ? { min: 2, max: 4 } : { elastic: 'peak', count: 2 } },
      },
    },
  };
}
