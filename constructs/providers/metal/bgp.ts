import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { BgpGroup, type BgpGroupConfig } from '../../../.gen/providers/junos/bgp-group';
import { BgpNeighbor } from '../../../.gen/providers/junos/bgp-neighbor';
import { PolicyoptionsPolicyStatement } from '../../../.gen/providers/junos/policyoptions-policy-statement';
import type { JunosProvider } from '../../../.gen/providers/junos/provider';
import type { MetalSite } from './settings';

/** Sessions with one other site, on one switch. */
export interface PeerSessions {
  /** Group and policies are named by it: `cage-gcp-primary`. */
  readonly name: string;
  readonly description: string;
  /** Prefixes that are taken from the peer; everything else is not. */
  readonly prefixes: readonly string[];
  /** Prefixes of other sites that the peer is told beside the site's own block. */
  readonly transit: readonly string[];
  /** Local preference of what is taken. */
  readonly preference: number;
  readonly isBackup: boolean;
  readonly bfd: boolean;
  readonly neighbors: readonly PeerNeighbor[];
}

export interface PeerNeighbor {
  readonly id: string;
  readonly asn: number;
  readonly local: string;
  readonly remote: string;
}

/** Milliseconds, and lost packets: AWS Direct Connect takes these, a slower peer raises them (RFC 5880, 6.8.4). */
export const bfdTimers = { minimumInterval: 300, multiplier: 3 } as const;
/** Without BFD a silent peer is lost after this many seconds (keepalives every third of it). */
export const holdSeconds = 9;

/**
 * A group with its policies and neighbours. The preferred path is preferred both ways: by local preference on what comes
 * in; by MED (1000 less the preference) and, for a backup path, two more hops on what goes out.
 */
export function peerSessions(
  scope: Construct,
  id: string,
  site: MetalSite,
  provider: JunosProvider,
  spec: PeerSessions,
  dependsOn: ITerraformDependable[],
): void {
  const group = new BgpGroup(scope, `${id}-group`, {
    provider,
    name: spec.name,
    type: 'external',
    description: spec.description,
    import: [importPolicy(scope, `${id}-import`, provider, spec).name],
    export: [exportPolicy(scope, `${id}-export`, site, provider, spec).name],
    ...liveness(spec.bfd),
    dependsOn,
  });
  for (const { id: name, asn, local, remote } of spec.neighbors) {
    const config = { group: group.name, ip: remote, localAddress: local, peerAs: String(asn) };
    new BgpNeighbor(scope, `${id}-${name}`, { provider, ...config });
  }
}

function liveness(bfd: boolean): Pick<BgpGroupConfig, 'bfdLivenessDetection' | 'holdTime'> {
  return bfd ? { bfdLivenessDetection: { ...bfdTimers } } : { holdTime: holdSeconds };
}

function importPolicy(
  scope: Construct,
  id: string,
  provider: JunosProvider,
  spec: PeerSessions,
): PolicyoptionsPolicyStatement {
  return new PolicyoptionsPolicyStatement(scope, id, {
    provider,
    name: `from-${spec.name}`,
    term: [
      {
        name: 'own-prefixes',
        // Clouds announce their subnets one by one, others the whole block.
        from: { routeFilter: spec.prefixes.map((route) => ({ route, option: 'orlonger' })) },
        then: { localPreference: { action: 'none', value: spec.preference }, action: 'accept' },
      },
      { name: 'nothing-else', then: { action: 'reject' } },
    ],
  });
}

function exportPolicy(
  scope: Construct,
  id: string,
  site: MetalSite,
  provider: JunosProvider,
  spec: PeerSessions,
): PolicyoptionsPolicyStatement {
  const metric = { action: 'none', value: Math.max(0, 1000 - spec.preference) };
  const longer = spec.isBackup ? { asPathPrepend: `${site.asn} ${site.asn}` } : {};
  return new PolicyoptionsPolicyStatement(scope, id, {
    provider,
    name: `to-${spec.name}`,
    term: [
      {
        name: 'announced',
        // The site's own block is one aggregate; others come in as they were announced, whole or in parts.
        from: {
          routeFilter: [
            { route: site.plan.cidr, option: 'exact' },
            ...spec.transit.map((route) => ({ route, option: 'orlonger' })),
          ],
        },
        then: { metric, ...longer, action: 'accept' },
      },
      { name: 'nothing-else', then: { action: 'reject' } },
    ],
  });
}

const internalPolicyName = (site: MetalSite): string => `routers-of-${site.id}`;

/** What the switch says to the other switch and to the router pair: what it learned from other sites, by way of itself. */
export function internalPolicy(
  scope: Construct,
  id: string,
  site: MetalSite,
  provider: JunosProvider,
): PolicyoptionsPolicyStatement {
  return new PolicyoptionsPolicyStatement(scope, id, {
    provider,
    name: internalPolicyName(site),
    term: [
      { name: 'learned', from: { protocol: ['bgp'] }, then: { nextHop: 'self', action: 'accept' } },
      {
        name: 'own-block',
        from: { routeFilter: [{ route: site.plan.cidr, option: 'exact' }] },
        then: { nextHop: 'self', action: 'accept' },
      },
      { name: 'nothing-else', then: { action: 'reject' } },
    ],
  });
}

/** The mesh inside the site: one autonomous system, so the preference of a path is the same on every router. */
export function internalMesh(
  scope: Construct,
  id: string,
  provider: JunosProvider,
  spec: { readonly policy: string; readonly local: string; readonly peers: Readonly<Record<string, string>> },
  dependsOn: ITerraformDependable[],
): void {
  const group = new BgpGroup(scope, id, {
    provider,
    name: 'site-routers',
    type: 'internal',
    description: 'the other switch and the router pair',
    localAddress: spec.local,
    export: [spec.policy],
    holdTime: holdSeconds,
    dependsOn,
  });
  for (const [name, ip] of Object.entries(spec.peers)) {
    new BgpNeighbor(scope, `${id}-${name}`, { provider, group: group.name, ip });
  }
}
