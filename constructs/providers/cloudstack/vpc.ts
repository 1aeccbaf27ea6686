import { Construct } from 'constructs';
import type { ITerraformDependable } from 'cdktf';
import { Network } from '../../../.gen/providers/cloudstack/network';
import { NetworkAcl } from '../../../.gen/providers/cloudstack/network-acl';
import { Vpc } from '../../../.gen/providers/cloudstack/vpc';
import { type Tier, tiers } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { aclRule } from './acl';
import { aclKey, nameOf, networkKey, tagsOf, vpcKey } from './names';
import { providerOf } from './provider';
import { privateCloudOf, settingsOf } from './settings';

/** Rule numbers: the network's own from 10, operators from 500, services from 1000. */
const siteRuleNumber = 10;

/**
 * A VPC with one network for each tier. The VPC owns the source NAT address, so that no address of a service becomes it.
 * Each tier waits for the one before: the router of a VPC applies one change after the other anyway, and concurrent
 * changes end in "resource was present, but now absent" (apache/cloudstack-terraform-provider #129, #131).
 */
export function makeVpc(scope: Construct, site: Site): Handles {
  const vpc = new Vpc(scope, 'vpc', {
    provider: providerOf(scope, site),
    name: nameOf(site),
    displayText: nameOf(site),
    cidr: site.plan.cidr,
    vpcOffering: privateCloudOf(site).vpcOffering.id,
    zone: settingsOf(site).zone.id,
    tags: tagsOf(site),
  });
  const handles: Record<string, string> = { [vpcKey]: vpc.id };
  let previous: ITerraformDependable[] = [];
  for (const tier of tiers) {
    const made = makeTier(new Construct(scope, tier), site, vpc, tier, previous);
    handles[networkKey(tier)] = made.network.id;
    handles[aclKey(tier)] = made.acl.id;
    previous = [made.network];
  }
  return handles;
}

function makeTier(scope: Construct, site: Site, vpc: Vpc, tier: Tier, previous: ITerraformDependable[]) {
  const provider = providerOf(scope, site);
  const name = nameOf(site, tier);
  const acl = new NetworkAcl(scope, 'acl', { provider, name, description: `Tier ${tier}`, vpcId: vpc.id });
  const own = { protocol: 'all', from: [site.plan.cidr], why: 'The site itself; hosts keep roles apart' } as const;
  const rules = aclRule(scope, 'rules', site, acl.id, siteRuleNumber, [own], previous);
  const network = new Network(scope, 'network', {
    provider,
    name,
    displayText: name,
    cidr: site.plan.tiers[tier].cidr,
    gateway: site.plan.tiers[tier].gateway,
    networkOffering: privateCloudOf(site).networkOffering.id,
    vpcId: vpc.id,
    aclId: acl.id,
    zone: settingsOf(site).zone.id,
    tags: tagsOf(site),
    dependsOn: [rules],
  });
  return { acl, network };
}
