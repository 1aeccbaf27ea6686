import type { Construct } from 'constructs';
import { Ipaddress } from '../../../.gen/providers/cloudstack/ipaddress';
import { type Tier, tiers } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { contains } from '../../util/cidr';
import { handle, networkKey, tagsOf, vpcKey } from './names';
import { providerOf } from './provider';
import { isPrivate, settingsOf } from './settings';

interface AddressSpec {
  readonly site: Site;
  readonly network: Handles;
  readonly tier: Tier;
  /** What the address serves, one of its kind in a stack. */
  readonly role: string;
}

/**
 * A public address of the site. In a VPC only the VPC is named, never the network, or every plan would show a change
 * (apache/cloudstack-terraform-provider #32); without a network the provider wants the zone.
 */
export function publicAddress(scope: Construct, id: string, spec: AddressSpec): Ipaddress {
  const { site, network, tier, role } = spec;
  const place = isPrivate(site) ? { vpcId: handle(network, vpcKey) } : { networkId: handle(network, networkKey(tier)) };
  return new Ipaddress(scope, id, {
    provider: providerOf(scope, site),
    zone: settingsOf(site).zone.id,
    // CloudStack gives addresses no name: the role tells two of one stack apart.
    tags: { ...tagsOf(site), role },
    // The provider cannot change an address, not even its labels: "doesn't support update" (0.5.0 and 0.6.0).
    lifecycle: { ignoreChanges: ['tags'] },
    ...place,
  });
}

/**
 * The tier that a planned address lies in.
 * @throws Error on an address outside the site's plan
 */
export function tierOf(site: Site, address: string): Tier {
  const tier = tiers.find((candidate) => contains(site.plan.tiers[candidate].cidr, `${address}/32`));
  if (!tier) throw new Error(`${address} is in no tier of site ${site.id}`);
  return tier;
}
