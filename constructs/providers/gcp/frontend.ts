import { ComputeAddress } from '@cdktf/provider-google/lib/compute-address';
import { ComputeForwardingRule } from '@cdktf/provider-google/lib/compute-forwarding-rule';
import type { Construct } from 'constructs';
import type { Handles, Site } from '../../contract/site';
import { labelsOf, nameOf } from './names';
import { providerOf } from './provider';
import { gcpSite } from './settings';

/** A reserved public address of the region. */
export function publicFrontAddress(scope: Construct, site: Site, name: readonly string[]): ComputeAddress {
  return new ComputeAddress(scope, 'address', {
    provider: providerOf(scope, site),
    name: nameOf(site, name),
    region: gcpSite(site).settings.region,
    addressType: 'EXTERNAL',
    networkTier: 'PREMIUM',
    labels: labelsOf(site),
  });
}

/** A planned address in the shared quarter of the balancer tier. */
export function internalFrontAddress(
  scope: Construct,
  site: Site,
  network: Handles,
  front: { readonly name: readonly string[]; readonly slot: number },
): ComputeAddress {
  return new ComputeAddress(scope, 'address', {
    provider: providerOf(scope, site),
    name: nameOf(site, front.name),
    region: gcpSite(site).settings.region,
    addressType: 'INTERNAL',
    purpose: 'GCE_ENDPOINT',
    subnetwork: network['subnet-balancer'],
    address: site.plan.shared('balancer', front.slot),
    labels: labelsOf(site),
  });
}

export interface Rule {
  readonly name: readonly string[];
  readonly port: number;
  readonly address: string;
  readonly backendService: string;
  readonly exposure: 'public' | 'internal';
  readonly network: Handles;
}

/** The address as it arrives at the machine, whose guest agent takes it as a local one. Clients of other regions may come in. */
export function forwardingRule(scope: Construct, id: string, site: Site, rule: Rule): void {
  const internal = rule.exposure === 'internal';
  new ComputeForwardingRule(scope, id, {
    provider: providerOf(scope, site),
    name: nameOf(site, rule.name),
    region: gcpSite(site).settings.region,
    loadBalancingScheme: internal ? 'INTERNAL' : 'EXTERNAL',
    ipProtocol: 'TCP',
    ports: [String(rule.port)],
    ipAddress: rule.address,
    backendService: rule.backendService,
    network: internal ? rule.network['network'] : undefined,
    subnetwork: internal ? rule.network['subnet-balancer'] : undefined,
    allowGlobalAccess: internal ? true : undefined,
    networkTier: internal ? undefined : 'PREMIUM',
    labels: labelsOf(site),
  });
}
