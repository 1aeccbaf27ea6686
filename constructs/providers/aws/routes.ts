import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import type { Subnet } from '@cdktf/provider-aws/lib/subnet';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { type Zone, zones } from '../../contract/plan';
import type { Site } from '../../contract/site';
import { nameTag } from './naming';
import { providerOf } from './provider';
import { publicKinds, subnetHandle, subnetKinds } from './subnets';

const anywhere = '0.0.0.0/0';

export interface RoutesInput {
  readonly vpcId: string;
  readonly subnets: Readonly<Record<string, Subnet>>;
  readonly transitGatewayId: string;
  /** Routes to the transit gateway exist only once the network is attached to it. */
  readonly attachment: ITerraformDependable;
}

/** One table for what is public, and one for each zone, whose way out is the NAT gateway of that zone. */
export function makeRoutes(scope: Construct, site: Site, input: RoutesInput): void {
  const provider = providerOf(scope, site.id);
  const gateway = new InternetGateway(scope, 'internet-gateway', {
    provider,
    vpcId: input.vpcId,
    tags: nameTag(site),
  });
  const open = makeTable(scope, site, input, 'public');
  new Route(scope, 'route-public-default', {
    provider,
    routeTableId: open.id,
    destinationCidrBlock: anywhere,
    gatewayId: gateway.id,
  });
  for (const zone of zones) makeZoneRoutes(scope, site, input, zone, gateway);
  associate(scope, site, input.subnets, open);
}

function makeZoneRoutes(scope: Construct, site: Site, input: RoutesInput, zone: Zone, gateway: InternetGateway): void {
  const provider = providerOf(scope, site.id);
  const table = makeTable(scope, site, input, `private-${zone}`);
  new Route(scope, `route-private-${zone}-default`, {
    provider,
    routeTableId: table.id,
    destinationCidrBlock: anywhere,
    natGatewayId: makeNat(scope, site, input, zone, gateway).id,
  });
  for (const kind of subnetKinds.filter((each) => !publicKinds.includes(each))) {
    const key = subnetHandle(kind, zone);
    new RouteTableAssociation(scope, `table-${key}`, {
      provider,
      routeTableId: table.id,
      subnetId: input.subnets[key]?.id ?? '',
    });
  }
}

function makeNat(scope: Construct, site: Site, input: RoutesInput, zone: Zone, gateway: InternetGateway): NatGateway {
  const provider = providerOf(scope, site.id);
  const address = new Eip(scope, `nat-address-${zone}`, {
    provider,
    domain: 'vpc',
    tags: nameTag(site, 'nat', zone),
  });
  return new NatGateway(scope, `nat-${zone}`, {
    provider,
    allocationId: address.allocationId,
    subnetId: input.subnets[subnetHandle('public', zone)]?.id ?? '',
    tags: nameTag(site, 'nat', zone),
    dependsOn: [gateway],
  });
}

/** A table with the way to the other sites: everything internal that is not in this network goes to the hub. */
function makeTable(scope: Construct, site: Site, input: RoutesInput, name: string): RouteTable {
  const provider = providerOf(scope, site.id);
  const table = new RouteTable(scope, `table-${name}`, {
    provider,
    vpcId: input.vpcId,
    tags: nameTag(site, name),
  });
  new Route(scope, `route-${name}-platform`, {
    provider,
    routeTableId: table.id,
    destinationCidrBlock: site.supernet,
    transitGatewayId: input.transitGatewayId,
    dependsOn: [input.attachment],
  });
  return table;
}

function associate(scope: Construct, site: Site, subnets: Readonly<Record<string, Subnet>>, open: RouteTable): void {
  const keys = publicKinds.flatMap((kind) => zones.map((zone) => subnetHandle(kind, zone)));
  for (const key of keys) {
    new RouteTableAssociation(scope, `table-${key}`, {
      provider: providerOf(scope, site.id),
      routeTableId: open.id,
      subnetId: subnets[key]?.id ?? '',
    });
  }
}
