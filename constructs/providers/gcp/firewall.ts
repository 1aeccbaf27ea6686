import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import type { Construct } from 'constructs';
import type { Site } from '../../contract/site';
import { nameOf, publicTag } from './names';
import { providerOf } from './provider';

export interface Opening {
  readonly name: readonly string[];
  readonly network: string;
  readonly from: readonly string[];
  readonly allow: readonly { readonly protocol: string; readonly ports?: string[] }[];
  /** Absent: every machine of the network. */
  readonly tags?: readonly string[];
  readonly why: string;
}

/** One ingress rule; what no rule names, the VPC drops. */
export function open(scope: Construct, id: string, site: Site, opening: Opening): void {
  new ComputeFirewall(scope, id, {
    provider: providerOf(scope, site),
    name: nameOf(site, opening.name),
    description: opening.why,
    network: opening.network,
    direction: 'INGRESS',
    sourceRanges: [...opening.from],
    targetTags: opening.tags ? [...new Set(opening.tags)] : undefined,
    allow: opening.allow.map(({ protocol, ports }) => ({ protocol, ports })),
  });
}

/** Openings of the whole network; a balancer opens its own listeners and health checks. */
export function networkFirewall(scope: Construct, site: Site, network: string): void {
  open(scope, 'inside', site, {
    name: ['inside'],
    network,
    from: [site.supernet],
    allow: [{ protocol: 'all' }],
    why: 'The platform inside; the firewall of each machine decides by role',
  });
  open(scope, 'public', site, {
    name: ['public'],
    network,
    from: ['0.0.0.0/0'],
    allow: [{ protocol: 'all' }],
    tags: [publicTag(site)],
    why: 'Machines with a public address; the firewall of each machine decides by role',
  });
}
