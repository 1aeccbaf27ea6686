import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { Construct } from 'constructs';
import { tiers, zones } from '../../contract/plan';
import type { Handles, Site } from '../../contract/site';
import { type Hub, makeHub } from './hub';
import { type Identity, makeIdentity } from './identity';
import { nameTag } from './naming';
import { providerOf } from './provider';
import { makeRoutes } from './routes';
import { groupHandle, makeTierGroups } from './security';
import { makeSubnets, reservePlannedAddresses, subnetHandle, subnetKinds } from './subnets';

/** One VPC over the site's block, with its subnets, ways out, hub, security groups and the machines' identity. */
export function network(scope: Construct, site: Site): Handles {
  const vpc = new Vpc(scope, 'vpc', {
    provider: providerOf(scope, site.id),
    cidrBlock: site.plan.cidr,
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: nameTag(site),
  });
  const subnets = makeSubnets(scope, site, vpc.id);
  reservePlannedAddresses(scope, site, subnets);
  const hub = makeHub(scope, site, vpc.id, subnets);
  makeRoutes(scope, site, {
    vpcId: vpc.id,
    subnets,
    transitGatewayId: hub.gateway.id,
    attachment: hub.attachment,
  });
  const groups = makeTierGroups(scope, site, vpc.id);
  return {
    vpc: vpc.id,
    ...Object.fromEntries(Object.entries(subnets).map(([key, subnet]) => [key, subnet.id])),
    ...Object.fromEntries(tiers.map((tier) => [groupHandle(tier), groups[tier].id])),
    ...hubHandles(hub),
    ...identityHandles(makeIdentity(scope, site)),
  };
}

export function networkHandles(): readonly string[] {
  return [
    'vpc',
    ...subnetKinds.flatMap((kind) => zones.map((zone) => subnetHandle(kind, zone))),
    ...tiers.map(groupHandle),
    'transit-gateway',
    'site-table',
    'links-table',
    'machine-role',
    'instance-profile',
  ];
}

function hubHandles(hub: Hub): Handles {
  return {
    'transit-gateway': hub.gateway.id,
    'site-table': hub.siteTable.id,
    'links-table': hub.linksTable.id,
  };
}

function identityHandles(identity: Identity): Handles {
  return { 'machine-role': identity.role.name, 'instance-profile': identity.profile.name };
}
